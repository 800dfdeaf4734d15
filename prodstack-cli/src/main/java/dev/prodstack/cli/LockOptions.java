package dev.prodstack.cli;

import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.value.GoDuration;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What is done while somebody else is at the same stack. */
final class LockOptions {
    @Option(
            names = "--lock-timeout",
            paramLabel = "DURATION",
            description = "How long to wait while somebody else is at the stack; by default not at all.")
    private String timeout = "0s";

    /** How long to wait. */
    Duration patience() {
        return patience("--lock-timeout", timeout);
    }

    /** How long the value of an option says to wait. */
    static Duration patience(String option, String value) {
        try {
            return GoDuration.parse(value);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(option + " cannot be \"" + value + "\": " + e.getMessage(), "try 5m");
        }
    }
}
