package dev.prodstack.backup.storage.s3;

import java.time.Duration;

/**
 * How often a request is repeated, and when. Before the n-th repetition passes a random time between zero and
 * {@code first * 2^(n-1)}, but no more than {@code longest} ("full jitter", Brooker, Exponential Backoff And Jitter,
 * 2015).
 *
 * @param attempts the first included, 1 or more
 * @param first the longest time before the first repetition
 * @param longest the longest time before any
 */
public record Retries(int attempts, Duration first, Duration longest) {
    /** Bridges about two minutes on average, and four at most. */
    public static final Retries USUAL = new Retries(14, Duration.ofMillis(250), Duration.ofSeconds(30));

    /** Checks the ranges. */
    public Retries {
        if (attempts < 1) {
            throw new IllegalArgumentException("expected 1 attempt or more");
        }
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("expected a time before the first repetition, and none shorter after");
        }
    }
}
