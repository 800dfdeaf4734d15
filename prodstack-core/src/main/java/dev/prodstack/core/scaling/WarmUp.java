package dev.prodstack.core.scaling;

import java.time.Duration;

/**
 * How long the CPU use of a new replica does not count, since starting up is no load. These are the two settings of the
 * HPA controller, {@code --horizontal-pod-autoscaler-cpu-initialization-period} and
 * {@code --horizontal-pod-autoscaler-initial-readiness-delay}.
 *
 * @param cpuInitialization the time after its start in which a replica's sample counts only if it is ready and was
 *     ready for the whole of the sample's window
 * @param readinessDelay the time after its start in which a replica that is not ready is taken never to have been
 */
public record WarmUp(Duration cpuInitialization, Duration readinessDelay) {
    private static final WarmUp STANDARD = new WarmUp(Duration.ofMinutes(5), Duration.ofSeconds(30));

    /** Checks that neither is negative. */
    public WarmUp {
        if (cpuInitialization.isNegative() || readinessDelay.isNegative()) {
            throw new IllegalArgumentException("a warm-up time is not negative");
        }
    }

    /** Five minutes and 30 seconds, as in HPA. */
    public static WarmUp standard() {
        return STANDARD;
    }
}
