package dev.prodstack.swarm.plan;

import dev.prodstack.core.value.Data;
import dev.prodstack.swarm.plan.Change.CreateConfig;
import dev.prodstack.swarm.plan.Change.CreateService;
import dev.prodstack.swarm.plan.Change.UpdateService;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a deploy would do, in the order in which it would do it.
 *
 * @param stack the stack's name
 * @param changes what would change: networks, secrets, configs, services, then what is removed
 * @param unchanged the services that stay as they are
 * @param obstacles what keeps the plan from being applied; nothing is done while there is one
 * @param warnings what a person should know before it is applied
 * @param content what the stack will be, as a release keeps it; nothing where the plan makes no release
 */
public record Plan(
        String stack,
        List<Change> changes,
        List<Unchanged> unchanged,
        List<Obstacle> obstacles,
        List<Obstacle> warnings,
        Optional<Data> content) {
    /** Copies the lists. */
    public Plan {
        Objects.requireNonNull(stack, "stack");
        changes = List.copyOf(changes);
        unchanged = List.copyOf(unchanged);
        obstacles = List.copyOf(obstacles);
        warnings = List.copyOf(warnings);
        Objects.requireNonNull(content, "content");
    }

    /** A plan that makes no release. */
    public Plan(
            String stack,
            List<Change> changes,
            List<Unchanged> unchanged,
            List<Obstacle> obstacles,
            List<Obstacle> warnings) {
        this(stack, changes, unchanged, obstacles, warnings, Optional.empty());
    }

    /**
     * A service that stays as it is.
     *
     * @param key its name in the file
     * @param name its name in the cluster
     * @param id its id
     * @param replicas why its number of replicas is not the file's, if it is not
     */
    public record Unchanged(String key, String name, String id, ReplicaChoice replicas) {}

    /** Whether applying it would do nothing. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** The bytes of the configs that are stored in the cluster; how long secrets are is nobody's business. */
    public long storedBytes() {
        return of(CreateConfig.class).stream().mapToLong(CreateConfig::size).sum();
    }

    /** The services that are created. */
    public List<CreateService> createdServices() {
        return of(CreateService.class);
    }

    /** The services that are updated. */
    public List<UpdateService> updatedServices() {
        return of(UpdateService.class);
    }

    private <T extends Change> List<T> of(Class<T> kind) {
        return changes.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
