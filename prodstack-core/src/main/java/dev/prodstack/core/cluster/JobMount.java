package dev.prodstack.core.cluster;

/** What of its node a job sees. */
public sealed interface JobMount {
    /** What it may do there. */
    enum Access {
        /** Read. */
        READ,
        /** Read and write. */
        WRITE
    }

    /** The path in the job's container. */
    String target();

    /** What it may do there. */
    Access access();

    /**
     * A volume, with the driver and options that the stack's services mount it with.
     *
     * @param volume its name in the cluster
     * @param target the path in the job's container
     * @param access what the job may do there
     */
    record OfVolume(String volume, String target, Access access) implements JobMount {}

    /**
     * A directory of the node, which must be there.
     *
     * @param path the path on the node
     * @param target the path in the job's container
     * @param access what the job may do there
     */
    record OfHost(String path, String target, Access access) implements JobMount {}
}
