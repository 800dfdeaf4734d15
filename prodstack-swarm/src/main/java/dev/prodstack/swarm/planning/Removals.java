package dev.prodstack.swarm.planning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.swarm.plan.Change;
import dev.prodstack.swarm.plan.Change.Remove;
import dev.prodstack.swarm.plan.ObjectKind;
import dev.prodstack.swarm.plan.Obstacle;
import dev.prodstack.swarm.plan.PlanOptions;
import dev.prodstack.swarm.plan.PlanOptions.Orphans;
import dev.prodstack.swarm.spec.MigrationJobs;
import dev.prodstack.swarm.state.StackState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What goes once everything else has succeeded: what the file no longer has, if asked for, and versions of secrets and
 * configs that neither a service nor a release needs any more. The version that ran just before stays, as an engine
 * that takes a service back needs its secrets and configs.
 */
final class Removals {
    private final Wishes wishes;
    private final StackState state;
    private final PlanOptions options;
    private final List<Change> orphans = new ArrayList<>();
    private final List<Change> superseded = new ArrayList<>();
    private final List<Obstacle> warnings = new ArrayList<>();

    Removals(Wishes wishes, StackState state, PlanOptions options) {
        this.wishes = wishes;
        this.state = state;
        this.options = options;
        services();
        versions(ObjectKind.SECRET, state.secrets(), secretKeys(), inUse("Secrets", "SecretName"));
        versions(ObjectKind.CONFIG, state.configs(), configKeys(), inUse("Configs", "ConfigName"));
        networks();
    }

    /** What the file no longer has. */
    List<Change> orphans() {
        return orphans;
    }

    /** Versions that no service needs any more. */
    List<Change> superseded() {
        return superseded;
    }

    List<Obstacle> warnings() {
        return warnings;
    }

    private void services() {
        Set<String> wished = new HashSet<>();
        wishes.services().forEach(service -> wished.add(service.name()));
        state.services().forEach((name, service) -> {
            if (service.path("Spec").path("Labels").has(MigrationJobs.LABEL)) {
                orphans.add(new Remove(
                        ObjectKind.SERVICE,
                        key(name),
                        name,
                        service.path("ID").asText(),
                        "left by a deploy that was ended"));
            } else if (!wished.contains(name)) {
                orphan(ObjectKind.SERVICE, name, service.path("ID").asText());
            }
        });
    }

    private void networks() {
        Set<String> wished = new HashSet<>();
        wishes.networks().values().forEach(body -> wished.add(body.path("Name").asText()));
        state.networks().forEach((name, network) -> {
            if (!wished.contains(name)) {
                orphan(ObjectKind.NETWORK, name, network.path("Id").asText());
            }
        });
    }

    private void orphan(ObjectKind kind, String name, String id) {
        if (options.orphans() == Orphans.REMOVE) {
            orphans.add(new Remove(kind, key(name), name, id, "no longer in the file"));
        } else {
            warnings.add(
                    new Obstacle(kind + " " + name, "it is no longer in the file, and stays", "--prune removes it"));
        }
    }

    private void versions(ObjectKind kind, Map<String, JsonNode> objects, Set<String> keys, Set<String> inUse) {
        Set<String> wished = new HashSet<>(inUse);
        objects.forEach((name, object) -> {
            String label =
                    object.path("Spec").path("Labels").path(Planner.KEY_LABEL).asText();
            String key = label.isEmpty() ? key(name) : label;
            if (wished.contains(name)) {
                return;
            }
            if (!keys.contains(key)) {
                orphan(kind, name, object.path("ID").asText());
            } else {
                superseded.add(new Remove(kind, key, name, object.path("ID").asText(), "superseded"));
            }
        });
    }

    private Set<String> secretKeys() {
        Set<String> keys = new HashSet<>();
        wishes.secrets().forEach(secret -> keys.add(secret.key()));
        return keys;
    }

    private Set<String> configKeys() {
        Set<String> keys = new HashSet<>();
        wishes.configs().forEach(config -> keys.add(config.key()));
        return keys;
    }

    /**
     * What services will use, use now, or would use if the engine or a person took them back; and what is wished for
     * unused.
     */
    private Set<String> inUse(String list, String field) {
        Set<String> names = new HashSet<>(wishes.kept());
        wishes.services().forEach(service -> collect(service.spec(), list, field, names));
        state.services().values().forEach(service -> {
            collect(service.path("Spec"), list, field, names);
            collect(service.path("PreviousSpec"), list, field, names);
        });
        wishes.secrets().forEach(secret -> names.add(secret.body().path("Name").asText()));
        wishes.configs().forEach(config -> names.add(config.body().path("Name").asText()));
        return names;
    }

    private static void collect(JsonNode spec, String list, String field, Set<String> names) {
        for (JsonNode reference :
                spec.path("TaskTemplate").path("ContainerSpec").path(list)) {
            names.add(reference.path(field).asText());
        }
    }

    private String key(String name) {
        String prefix = wishes.stack() + "_";
        return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }
}
