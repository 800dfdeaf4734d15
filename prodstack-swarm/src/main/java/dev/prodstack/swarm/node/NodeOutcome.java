package dev.prodstack.swarm.node;

import java.time.Duration;
import java.util.Objects;

/**
 * How a change of a node's availability ended.
 *
 * @param ending which way
 * @param message what it was waited for in vain, without a full stop; empty if it is done
 * @param took how long it took
 */
public record NodeOutcome(Ending ending, String message, Duration took) {
    /** Checks that nothing is missing. */
    public NodeOutcome {
        Objects.requireNonNull(ending, "ending");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(took, "took");
    }

    /** The ways it ends. */
    public enum Ending {
        /** The node is as it is to be, and what ran there runs elsewhere. */
        DONE,
        /** A task has nowhere to go. The node stays as it was to be. */
        NOWHERE_TO_GO,
        /** The deadline passed. The node stays as it was to be. */
        TIMED_OUT
    }
}
