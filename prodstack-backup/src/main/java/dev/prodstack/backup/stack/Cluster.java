package dev.prodstack.backup.stack;

import dev.prodstack.core.cluster.ClusterJobs;
import dev.prodstack.core.cluster.ClusterStore;
import dev.prodstack.core.cluster.StackControl;
import java.time.Duration;

/**
 * What is needed of a cluster.
 *
 * @param jobs runs programs near data
 * @param control stops and starts services
 * @param store keeps leases and what must outlive a restart
 * @param holder who does it all, one line for people
 * @param patience how long to wait while somebody else backs the stack up or restores it; what is done on a schedule
 *     does not wait
 */
public record Cluster(ClusterJobs jobs, StackControl control, ClusterStore store, String holder, Duration patience) {
    /** Who does not wait. */
    public Cluster(ClusterJobs jobs, StackControl control, ClusterStore store, String holder) {
        this(jobs, control, store, holder, Duration.ZERO);
    }

    /** The same, for somebody who waits. */
    public Cluster waiting(Duration atMost) {
        return new Cluster(jobs, control, store, holder, atMost);
    }
}
