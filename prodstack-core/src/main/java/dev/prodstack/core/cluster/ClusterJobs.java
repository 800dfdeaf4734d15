package dev.prodstack.core.cluster;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Runs programs once, near data that only some of a cluster's nodes have. Safe for several threads. */
public interface ClusterJobs {

    /**
     * Runs a job, and waits for its end. Whatever comes of it, nothing of it stays in the cluster.
     *
     * @param lines is told each line of its standard output as it comes, from a thread of its own
     * @return how it ended; that it failed is a return value
     * @throws ClusterException if the cluster cannot be asked, or does not take the job
     */
    JobResult run(JobOrder order, Consumer<String> lines);

    /**
     * The nodes on which a volume of a stack has data: those of the tasks that mount it, or that did last. One node,
     * any, is enough for a volume that is the same on all.
     *
     * @param volume its name in the cluster
     * @return the nodes in the order of their names; empty if no task ever mounted it
     * @throws ClusterException if the cluster cannot be asked
     */
    List<Node> nodesWith(String stack, String volume);

    /**
     * Removes what is left of jobs whose owners are gone: those past their deadline.
     *
     * @return how many there were
     * @throws ClusterException if the cluster cannot be asked
     */
    int removeOrphans(String stack);

    /**
     * Ends the jobs of a stack that are for one of some purposes, whoever asked for them and whether these are still
     * there.
     *
     * @return how many there were
     * @throws ClusterException if the cluster cannot be asked
     */
    int end(String stack, Set<String> purposes);

    /**
     * A node.
     *
     * @param id the cluster's identifier of it
     * @param name its name
     */
    record Node(String id, String name) {}
}
