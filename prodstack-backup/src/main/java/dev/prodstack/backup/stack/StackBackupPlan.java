package dev.prodstack.backup.stack;

import dev.prodstack.core.backup.BackupSource;
import dev.prodstack.core.cluster.ClusterJobs;
import java.util.List;
import java.util.Objects;

/**
 * What a backup will read. Nothing has been read yet.
 *
 * @param stack the stack
 * @param ordered parts that are read first, one after the other
 * @param others parts that are read afterwards, several at a time
 * @param warnings what is good to know before
 */
public record StackBackupPlan(String stack, List<Part> ordered, List<Part> others, List<String> warnings) {
    /** Copies the lists. */
    public StackBackupPlan {
        Objects.requireNonNull(stack, "stack");
        ordered = List.copyOf(ordered);
        others = List.copyOf(others);
        warnings = List.copyOf(warnings);
    }

    /**
     * One part.
     *
     * @param service the service's key
     * @param source what is read
     * @param nodes the nodes that it is read on; empty where any will do
     */
    public record Part(String service, BackupSource source, List<ClusterJobs.Node> nodes) {
        /** Copies the nodes. */
        public Part {
            nodes = List.copyOf(nodes);
        }

        /** Service and source, as people say it. */
        public String name() {
            return service + " " + source.name();
        }
    }
}
