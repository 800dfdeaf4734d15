package dev.prodstack.swarm.engine;

import java.time.Duration;

/**
 * How long to wait for an engine.
 *
 * @param connect for a connection to be there
 * @param answer for an answer, from the request to the last byte; of a stream, to its first
 */
public record Deadlines(Duration connect, Duration answer) {
    /** Checks that there is time at all. */
    public Deadlines {
        if (connect.isNegative() || connect.isZero() || answer.isNegative() || answer.isZero()) {
            throw new IllegalArgumentException("a deadline is longer than nothing: " + connect + ", " + answer);
        }
    }
}
