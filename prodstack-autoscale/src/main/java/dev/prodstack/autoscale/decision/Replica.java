package dev.prodstack.autoscale.decision;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One replica (task) of a service as it was seen.
 *
 * @param state what it is doing
 * @param started when it started
 * @param readiness whether it is ready; absent if it never reported
 * @param requests what it is given
 */
public record Replica(State state, Optional<Instant> started, Optional<Readiness> readiness, Requests requests) {
    /** Checks that nothing is missing. */
    public Replica {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(started, "started");
        Objects.requireNonNull(readiness, "readiness");
        Objects.requireNonNull(requests, "requests");
    }

    /** What a replica is doing. */
    public enum State {
        /** It has been asked for and does not run yet. */
        PENDING,
        /** It runs. */
        RUNNING,
        /**
         * A rolling update is busy with it: it is on its way out for a replica of the new version, or is that one on
         * its way in. What it uses is the update's work, not load.
         */
        REPLACING,
        /** It has failed. */
        FAILED,
        /** It has been told to stop. */
        DELETING
    }

    /**
     * Whether a replica is ready, and since when.
     *
     * @param status ready or not
     * @param since when this last changed
     */
    public record Readiness(Status status, Instant since) {
        /** Checks that nothing is missing. */
        public Readiness {
            Objects.requireNonNull(status, "status");
            Objects.requireNonNull(since, "since");
        }
    }

    /** Ready or not. */
    public enum Status {
        /** It takes work. */
        READY,
        /** It does not take work. */
        UNREADY
    }
}
