package dev.prodstack.autoscale;

/** Where the policies of a stack come from. Asked before each look, as they may change with every deploy. */
@FunctionalInterface
public interface PolicySource {

    /**
     * The policies as they are now.
     *
     * @throws UnreadablePolicies if they cannot be read; the ones before go on to hold
     * @throws dev.prodstack.core.cluster.ClusterException if they are in the cluster and it cannot be asked
     */
    ScaledStack read();

    /** There are no policies that could be read. The message says where and why. */
    final class UnreadablePolicies extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** What is wrong, and what to do, on one line. */
        public UnreadablePolicies(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
