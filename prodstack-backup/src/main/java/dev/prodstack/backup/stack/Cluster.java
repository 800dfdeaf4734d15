package dev.prodstack.backup.stack;

import dev.prodstack.core.cluster.ClusterJobs;
import dev.prodstack.core.cluster.ClusterStore;
import dev.prodstack.core.cluster.StackControl;

/**
 * What is needed of a cluster.
 *
 * @param jobs runs programs near data
 * @param control stops and starts services
 * @param store keeps leases and what must outlive a restart
 * @param holder who does it all, one line for people
 */
public record Cluster(ClusterJobs jobs, StackControl control, ClusterStore store, String holder) {}
