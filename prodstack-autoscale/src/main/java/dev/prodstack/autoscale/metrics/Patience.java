package dev.prodstack.autoscale.metrics;

import java.time.Duration;

/**
 * How long sources are waited for.
 *
 * @param whole for all answers of a look, repetitions included
 * @param attempt for one answer
 * @param attempts how often at most a request is sent
 */
public record Patience(Duration whole, Duration attempt, int attempts) {
    private static final Duration MOST = Duration.ofSeconds(10);

    /** Checks that there is time. */
    public Patience {
        if (whole.isNegative() || whole.isZero() || attempt.isNegative() || attempt.isZero() || attempts < 1) {
            throw new IllegalArgumentException("a deadline is longer than nothing, and asks at least once");
        }
    }

    /** Two thirds of the time between two looks, 10 seconds at most; one answer has two fifths of it. */
    public static Patience between(Duration interval) {
        Duration share = interval.multipliedBy(2).dividedBy(3);
        Duration whole = share.compareTo(MOST) < 0 ? share : MOST;
        return new Patience(whole, whole.multipliedBy(2).dividedBy(5), 3);
    }
}
