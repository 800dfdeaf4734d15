package dev.prodstack.backup.stack;

import dev.prodstack.core.cluster.ClusterException;
import java.util.Set;

/**
 * Jobs of a backup or restore whose command was killed. They go on, and a restore's would write beside those of the one
 * that takes its place.
 */
final class LeftJobs {
    /** For what jobs are made by whoever has the {@link StackClaim}, and by nobody else. */
    private static final Set<String> CLAIMED = Set.of(
            "restore",
            "recover",
            "settle",
            "await",
            "volume",
            "inside",
            "postgres",
            "redis",
            "rabbitmq",
            "s3",
            "prometheus",
            "base",
            "fold",
            "swarm",
            "secrets",
            "manifest",
            "retention",
            "offsite");

    private LeftJobs() {}

    /**
     * Ends them; for who has the claim.
     *
     * @throws ClusterException if the cluster cannot be asked
     */
    static void end(Cluster cluster, String stack) {
        cluster.jobs().removeOrphans(stack);
        cluster.jobs().end(stack, CLAIMED);
    }
}
