package dev.prodstack.core.scaling;

import java.time.Duration;

/**
 * How long to wait after any move of the replica count, up or down, before the next one.
 *
 * @param up before the next move up
 * @param down before the next move down
 */
public record Cooldown(Duration up, Duration down) {
    private static final Duration DEFAULT_DOWN = Duration.ofMinutes(5);

    /** Checks that neither is negative. */
    public Cooldown {
        if (up.isNegative() || down.isNegative()) {
            throw new IllegalArgumentException("a cooldown is not negative");
        }
    }

    /** No waiting on the way up, five minutes on the way down. */
    public static Cooldown standard() {
        return new Cooldown(Duration.ZERO, DEFAULT_DOWN);
    }

    /** No waiting at all. */
    public static Cooldown none() {
        return new Cooldown(Duration.ZERO, Duration.ZERO);
    }
}
