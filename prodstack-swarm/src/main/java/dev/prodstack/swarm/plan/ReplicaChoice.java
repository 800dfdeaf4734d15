package dev.prodstack.swarm.plan;

/** How the number of replicas of a service was found. */
public sealed interface ReplicaChoice {

    /** It is what the file says, or the service has no such number. */
    enum AsWritten implements ReplicaChoice {
        /** The only one of its kind. */
        AS_WRITTEN
    }

    /**
     * An autoscaler sets it; what runs is kept, within the bounds.
     *
     * @param replicas the number that is kept
     * @param min the least the policy allows
     * @param max the most the policy allows
     */
    record Autoscaled(long replicas, long min, long max) implements ReplicaChoice {}

    /**
     * Somebody scaled it since the last deploy, and the file's number has not changed since: theirs is kept.
     *
     * @param replicas the number that is kept
     * @param written the file's number
     */
    record Scaled(long replicas, long written) implements ReplicaChoice {}
}
