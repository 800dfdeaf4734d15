package dev.prodstack.cli.observe;

import java.time.Duration;
import java.time.Instant;

/** How long ago something was, in words: one number and one unit. */
public final class Age {
    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);
    private static final Duration TWO_HOURS = Duration.ofHours(2);
    private static final Duration TWO_DAYS = Duration.ofDays(2);

    private Age() {}

    /** The time between two instants as in {@code 12 s}, {@code 3 min}, {@code 5 h}, {@code 8 d}. */
    public static String between(Instant then, Instant now) {
        Duration age = Duration.between(then, now);
        if (age.isNegative()) {
            // Clocks of nodes differ a little.
            return "0 s";
        }
        if (age.compareTo(TWO_MINUTES) < 0) {
            return age.toSeconds() + " s";
        }
        if (age.compareTo(TWO_HOURS) < 0) {
            return age.toMinutes() + " min";
        }
        return age.compareTo(TWO_DAYS) < 0 ? age.toHours() + " h" : age.toDays() + " d";
    }
}
