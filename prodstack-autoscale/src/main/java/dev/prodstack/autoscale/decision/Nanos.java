package dev.prodstack.autoscale.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Times as nanoseconds since 1970, which are compared and subtracted without an object. Beyond the years 1678 and 2262
 * they stop at the end of the range.
 */
final class Nanos {
    /** In place of a time that is not known: earlier than all others. */
    static final long NONE = Long.MIN_VALUE;

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MAX_SECONDS = Long.MAX_VALUE / SECOND;

    private Nanos() {}

    static long of(Instant time) {
        return of(time.getEpochSecond(), time.getNano());
    }

    static long of(Duration span) {
        return of(span.getSeconds(), span.getNano());
    }

    private static long of(long seconds, int nanos) {
        if (seconds >= MAX_SECONDS) {
            return Long.MAX_VALUE;
        }
        return seconds <= -MAX_SECONDS ? NONE + 1 : seconds * SECOND + nanos;
    }

    static Instant toInstant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
    }

    /** The sum, or the end of the range that it passes. */
    static long plus(long a, long b) {
        long sum = a + b;
        boolean passed = ((a ^ sum) & (b ^ sum)) < 0;
        if (!passed) {
            return sum;
        }
        return a < 0 ? NONE + 1 : Long.MAX_VALUE;
    }

    /** The difference, or the end of the range that it passes. */
    static long minus(long a, long b) {
        return b == NONE ? Long.MAX_VALUE : plus(a, -b);
    }
}
