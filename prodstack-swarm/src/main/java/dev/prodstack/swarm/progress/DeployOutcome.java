package dev.prodstack.swarm.progress;

import java.time.Duration;
import java.util.List;

/**
 * How a deploy ended.
 *
 * @param ending the way it ended
 * @param message what happened, in one sentence without a full stop; where everything runs as planned, which volumes
 *     that were to go could not be removed, else empty
 * @param failures the services that failed
 * @param took how long it took
 */
public record DeployOutcome(Ending ending, String message, List<ServiceFailure> failures, Duration took) {
    /** Copies the list. */
    public DeployOutcome {
        failures = List.copyOf(failures);
    }

    /** The ways a deploy ends. */
    public enum Ending {
        /** Everything runs as planned. */
        DONE,
        /** It failed, and what ran before runs again. */
        ROLLED_BACK,
        /** It failed, and things are left as they were at that moment, as asked. */
        LEFT,
        /** It failed, and going back failed too. */
        STUCK,
        /** The deadline passed, and things are left as they were at that moment, as asked. */
        TIMED_OUT
    }
}
