package dev.prodstack.swarm.progress;

import java.time.Duration;

/**
 * How a plan is applied.
 *
 * @param deadline how long it may take until everything is healthy; going back may take as long again
 * @param onFailure what happens with what was changed when something fails
 */
public record DeployOptions(Duration deadline, OnFailure onFailure) {
    private static final Duration DEADLINE = Duration.ofMinutes(15);

    /** What happens with what was changed when something fails. */
    public enum OnFailure {
        /** It goes back to what ran before. */
        GO_BACK,
        /** It is left as it is, to be looked at. */
        LEAVE
    }

    /** A quarter of an hour; on failure everything goes back. */
    public static DeployOptions standard() {
        return new DeployOptions(DEADLINE, OnFailure.GO_BACK);
    }

    /** The same with another deadline. */
    public DeployOptions within(Duration time) {
        return new DeployOptions(time, onFailure);
    }

    /** The same with another answer to failure. */
    public DeployOptions onFailure(OnFailure answer) {
        return new DeployOptions(deadline, answer);
    }
}
