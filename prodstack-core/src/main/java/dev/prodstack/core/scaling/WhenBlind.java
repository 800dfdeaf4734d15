package dev.prodstack.core.scaling;

/** What to do while none of the metrics can be read. No data is never taken for zero. */
public sealed interface WhenBlind {

    /** The replica count stays as it is. */
    enum Hold implements WhenBlind {
        /** The only way to hold. */
        HOLD
    }

    /**
     * A fixed replica count, from some failures in a row on.
     *
     * @param count the replicas; within the policy's bounds
     * @param afterFailures looks in a row without any valid metric before it is taken, 1 or more
     */
    record Replicas(int count, int afterFailures) implements WhenBlind {
        /** The failures in a row that are waited for where a policy does not say. */
        public static final int DEFAULT_FAILURES = 3;

        /** Checks the ranges. */
        public Replicas {
            if (count < 0) {
                throw new IllegalArgumentException("a replica count is not negative: " + count);
            }
            if (afterFailures < 1) {
                throw new IllegalArgumentException("expected 1 failure or more, not " + afterFailures);
            }
        }

        /**
         * Checks the count against a policy's bounds.
         *
         * @throws IllegalArgumentException if it lies outside
         */
        public void checkWithin(ReplicaRange bounds) {
            if (!bounds.contains(count)) {
                throw new IllegalArgumentException("the replicas to run without metrics, " + count
                        + ", must be between min " + bounds.min() + " and max " + bounds.max());
            }
        }
    }
}
