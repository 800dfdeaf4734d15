package dev.prodstack.swarm.progress;

import java.time.Duration;

/**
 * How a plan is applied.
 *
 * @param deadline how long it may take until everything is healthy; going back may take as long again
 * @param onFailure what happens with what was changed when something fails
 * @param keepReleases how many releases the cluster remembers, 1 or more
 */
public record DeployOptions(Duration deadline, OnFailure onFailure, int keepReleases) {
    /** How many releases are kept where nobody says. */
    public static final int KEPT_RELEASES = 10;

    private static final Duration DEADLINE = Duration.ofMinutes(15);

    /** Checks the range. */
    public DeployOptions {
        if (keepReleases < 1) {
            throw new IllegalArgumentException("1 release or more is kept, not " + keepReleases);
        }
    }

    /** What happens with what was changed when something fails. */
    public enum OnFailure {
        /** It goes back to what ran before. */
        GO_BACK,
        /** It is left as it is, to be looked at. */
        LEAVE
    }

    /** A quarter of an hour; on failure everything goes back. */
    public static DeployOptions standard() {
        return new DeployOptions(DEADLINE, OnFailure.GO_BACK, KEPT_RELEASES);
    }

    /** The same with another deadline. */
    public DeployOptions within(Duration time) {
        return new DeployOptions(time, onFailure, keepReleases);
    }

    /** The same with another answer to failure. */
    public DeployOptions onFailure(OnFailure answer) {
        return new DeployOptions(deadline, answer, keepReleases);
    }

    /** The same with another number of releases kept. */
    public DeployOptions keeping(int releases) {
        return new DeployOptions(deadline, onFailure, releases);
    }
}
