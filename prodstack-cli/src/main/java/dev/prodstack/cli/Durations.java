package dev.prodstack.cli;

import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.value.GoDuration;
import java.time.Duration;

/** Durations on the command line. */
final class Durations {
    private Durations() {}

    /**
     * The duration that an option was given.
     *
     * @throws Failure if it is none, or zero
     */
    static Duration option(String option, String word) {
        try {
            Duration duration = GoDuration.parse(word);
            if (!duration.isZero()) {
                return duration;
            }
        } catch (IllegalArgumentException e) {
            throw Failure.usage(option + " cannot be \"" + word + "\": " + e.getMessage(), "try 10s");
        }
        throw Failure.usage(option + " cannot be nothing at all", "try 10s");
    }
}
