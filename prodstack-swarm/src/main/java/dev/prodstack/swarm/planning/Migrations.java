package dev.prodstack.swarm.planning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.core.stack.Dependency.Condition;
import dev.prodstack.swarm.engine.Trees;
import dev.prodstack.swarm.plan.Change.RunJob;
import dev.prodstack.swarm.plan.Gate;
import dev.prodstack.swarm.planning.Wishes.ServiceWish;
import dev.prodstack.swarm.spec.MigrationJobs;
import dev.prodstack.swarm.state.StackState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The jobs that come before a new image of a service, and what waits for them. A job runs before anything else changes.
 * Only one that needs a service which this plan creates, as on the first deploy, has to wait for that, and holds up no
 * other service than its own.
 */
final class Migrations {
    private final Wishes wishes;
    private final StackState state;
    private final Map<String, RunJob> jobs = new LinkedHashMap<>();

    Migrations(Wishes wishes, StackState state) {
        this.wishes = wishes;
        this.state = state;
        wishes.services().forEach(this::find);
    }

    private void find(ServiceWish wish) {
        JsonNode there = state.services().get(wish.name());
        boolean sameImage = there != null && image(there.path("Spec")).equals(image(wish.spec()));
        if (!sameImage) {
            wish.migration()
                    .ifPresent(job -> jobs.put(
                            wish.key(),
                            new RunJob(
                                    wish.key() + "-migrate",
                                    MigrationJobs.name(wish.spec()),
                                    Trees.data(MigrationJobs.of(wish.spec(), wish.key(), job)),
                                    job.timeout(),
                                    created(wish.after()))));
        }
    }

    private static String image(JsonNode spec) {
        return spec.at("/TaskTemplate/ContainerSpec/Image").asText();
    }

    /** Services that are there serve already, in whatever version. */
    private List<Gate> created(List<Gate> gates) {
        return gates.stream()
                .filter(gate -> !state.services().containsKey(gate.name()))
                .toList();
    }

    List<RunJob> jobs() {
        return List.copyOf(jobs.values());
    }

    /** The services, each waiting for the jobs that have to come before it. */
    List<ServiceWish> services() {
        return wishes.services().stream()
                .map(wish -> {
                    List<Gate> gates = new ArrayList<>(wish.after());
                    jobs.forEach((key, job) -> {
                        if (job.after().isEmpty() || key.equals(wish.key())) {
                            gates.add(new Gate(job.key(), job.name(), Condition.SERVICE_COMPLETED_SUCCESSFULLY));
                        }
                    });
                    return wish.after(gates);
                })
                .toList();
    }
}
