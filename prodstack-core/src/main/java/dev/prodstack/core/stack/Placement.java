package dev.prodstack.core.stack;

import java.util.List;
import java.util.OptionalLong;

/**
 * On which nodes the tasks of a service run.
 *
 * @param constraints expressions that a node must satisfy, such as {@code node.labels.disk==ssd}
 * @param preferences node attributes over whose values tasks are spread evenly, such as {@code node.labels.zone}
 * @param maxReplicasPerNode the most tasks on one node; no limit where absent
 */
public record Placement(List<String> constraints, List<String> preferences, OptionalLong maxReplicasPerNode) {
    /** Copies the lists. */
    public Placement {
        constraints = List.copyOf(constraints);
        preferences = List.copyOf(preferences);
    }
}
