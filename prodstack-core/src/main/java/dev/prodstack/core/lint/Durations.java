package dev.prodstack.core.lint;

import dev.prodstack.core.value.GoDuration;
import java.math.BigInteger;
import java.time.Duration;

/** Arithmetic with durations from files, which may be absurdly long: it stops at the longest that Go can express. */
final class Durations {
    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private Durations() {}

    static Duration times(Duration duration, long factor) {
        return capped(nanos(duration).multiply(BigInteger.valueOf(factor)));
    }

    static Duration plus(Duration one, Duration other) {
        return capped(nanos(one).add(nanos(other)));
    }

    static String text(Duration duration) {
        return GoDuration.format(duration);
    }

    private static BigInteger nanos(Duration duration) {
        return BigInteger.valueOf(duration.toNanos());
    }

    private static Duration capped(BigInteger nanos) {
        return Duration.ofNanos(nanos.min(MAX).longValueExact());
    }
}
