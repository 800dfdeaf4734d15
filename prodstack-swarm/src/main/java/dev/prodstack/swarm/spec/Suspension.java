package dev.prodstack.swarm.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.cluster.StackControl.Occasion;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * That a service has no task for a while, since a backup or a restore took them away. It is kept in the service's own
 * labels, so that whoever comes after a crash knows of it.
 *
 * @param occasion what for
 * @param replicas how many tasks the service had
 * @param nodes the ids of the nodes that they were on: swarms forget tasks of services without any
 */
public record Suspension(Occasion occasion, int replicas, List<String> nodes) {
    private static final String PURPOSE = "dev.prodstack.stopped.for";
    private static final String REPLICAS = "dev.prodstack.stopped.replicas";
    private static final String NODES = "dev.prodstack.stopped.nodes";
    private static final String RESTORE = "restore";
    private static final String BACKUP = "backup";

    /** Copies the nodes. */
    public Suspension {
        nodes = List.copyOf(nodes);
    }

    /**
     * That of a service, if there is one.
     *
     * @param spec the service's specification
     */
    public static Optional<Suspension> of(JsonNode spec) {
        JsonNode labels = spec.path("Labels");
        if (!labels.has(REPLICAS)) {
            return Optional.empty();
        }
        String nodes = labels.path(NODES).asText("");
        return Optional.of(new Suspension(
                labels.path(PURPOSE).asText(RESTORE).equals(BACKUP) ? Occasion.BACKUP : Occasion.RESTORE,
                labels.path(REPLICAS).asInt(1),
                nodes.isEmpty() ? List.of() : List.of(nodes.split(",", -1))));
    }

    /**
     * Takes a service's tasks away. Of one that has none for that reason already, what it had stays known.
     *
     * @param spec the service's specification, of replicas
     * @param nodes the ids of the nodes that its tasks are on
     */
    public static void begin(ObjectNode spec, Collection<String> nodes, Occasion occasion) {
        ObjectNode labels = spec.withObject("/Labels");
        ObjectNode mode = spec.withObject("/Mode/Replicated");
        if (!labels.has(REPLICAS)) {
            labels.put(REPLICAS, mode.path("Replicas").asText("1"));
            labels.put(NODES, String.join(",", nodes));
        }
        labels.put(PURPOSE, occasion == Occasion.BACKUP ? BACKUP : RESTORE);
        mode.put("Replicas", 0);
    }

    /** Gives a service its tasks back; one that has no suspension stays as it is. */
    public static void end(ObjectNode spec) {
        of(spec).ifPresent(its -> {
            spec.withObject("/Mode/Replicated").put("Replicas", its.replicas());
            forget(spec);
        });
    }

    /** Takes it as said that a service has the number of tasks that it is set to. */
    public static void forget(ObjectNode spec) {
        spec.withObject("/Labels").remove(List.of(PURPOSE, REPLICAS, NODES));
    }
}
