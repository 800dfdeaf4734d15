package dev.prodstack.swarm;

/** What an engine is in a swarm. */
public sealed interface Membership {
    /**
     * A manager: it knows the cluster's state and changes it.
     *
     * @param nodeId the node's identifier
     * @param clusterId the swarm's identifier
     * @param managers how many managers the swarm has
     * @param nodes how many nodes it has, managers among them
     */
    record ManagerNode(String nodeId, String clusterId, int managers, int nodes) implements Membership {}

    /**
     * A worker: it runs tasks and cannot be asked about the cluster.
     *
     * @param nodeId the node's identifier
     */
    record WorkerNode(String nodeId) implements Membership {}

    /** No member of a swarm. */
    record NoSwarm() implements Membership {}

    /**
     * A member that is not in working order: still joining, locked after a restart, or failed.
     *
     * @param state the engine's word: pending, locked or error
     * @param reason what the engine says about it; may be empty
     */
    record Unsettled(String state, String reason) implements Membership {}
}
