package dev.prodstack.core.lint;

import dev.prodstack.core.stack.HealthCheck;
import java.time.Duration;
import java.util.Optional;

/**
 * A health check with the engine's defaults, which stand in for 0 as well.
 *
 * @param written what the file says
 */
record HealthFacts(HealthCheck written) {
    private static final Duration DEFAULT = Duration.ofSeconds(30);
    private static final int DEFAULT_RETRIES = 3;

    Duration interval() {
        return given(written.interval()).orElse(DEFAULT);
    }

    Duration timeout() {
        return given(written.timeout()).orElse(DEFAULT);
    }

    Duration startPeriod() {
        return written.startPeriod().orElse(Duration.ZERO);
    }

    int retries() {
        int retries = written.retries().orElse(DEFAULT_RETRIES);
        return retries == 0 ? DEFAULT_RETRIES : retries;
    }

    /** How long a healthy task takes to be found unhealthy when each check fails at once. */
    Duration timeToFail() {
        return Durations.times(interval(), retries());
    }

    private static Optional<Duration> given(Optional<Duration> duration) {
        return duration.filter(value -> !value.isZero());
    }
}
