package dev.prodstack.core.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * How the replica count of one service follows its load.
 *
 * @param bounds the fewest and the most replicas
 * @param rule what makes the count move between them
 * @param cooldown how long to wait after a move
 * @param schedules times at which other bounds hold, in order
 * @param whenBlind what to do while no metric can be read
 * @param warmUp how long a new replica's CPU use does not count
 * @param staleAfter the age from which on a sample is no data; above zero
 * @param mode whether the policy acts
 */
public record ScalingPolicy(
        ReplicaRange bounds,
        ScalingRule rule,
        Cooldown cooldown,
        List<ScheduledBounds> schedules,
        WhenBlind whenBlind,
        WarmUp warmUp,
        Duration staleAfter,
        Mode mode) {
    /** The age from which on a sample is no data, where a policy does not say: four looks of 15 seconds. */
    public static final Duration DEFAULT_STALE_AFTER = Duration.ofSeconds(60);

    /** Checks what the parts ask of each other. */
    public ScalingPolicy {
        Objects.requireNonNull(cooldown, "cooldown");
        Objects.requireNonNull(warmUp, "warmUp");
        Objects.requireNonNull(mode, "mode");
        schedules = List.copyOf(schedules);
        if (staleAfter.isNegative() || staleAfter.isZero()) {
            throw new IllegalArgumentException("samples must be given some time before they are stale");
        }
        schedules.forEach(schedule -> schedule.within(bounds));
        if (whenBlind instanceof WhenBlind.Replicas fallback) {
            fallback.checkWithin(bounds);
        }
        if (bounds.min() == 0 && rule.signals().stream().allMatch(Signal::needsReplicas)) {
            throw new IllegalArgumentException(
                    "min 0 needs a metric that is there without replicas: a queue, or prometheus with reading value or average");
        }
    }

    /**
     * The bounds in force at an instant. Of the schedules that are open, the highest min and the lowest max replace the
     * policy's own; where these cross, max wins.
     */
    public ReplicaRange boundsAt(Instant now) {
        List<ScheduledBounds> open = schedules.stream()
                .filter(schedule -> schedule.window().contains(now))
                .toList();
        int max = open.stream()
                .flatMapToInt(schedule -> schedule.max().stream())
                .min()
                .orElse(bounds.max());
        int min = open.stream()
                .flatMapToInt(schedule -> schedule.min().stream())
                .max()
                .orElse(bounds.min());
        return new ReplicaRange(Math.min(min, max), max);
    }

    /** Whether a policy acts. */
    public enum Mode {
        /** It scales the service. */
        ACTIVE,
        /** It decides and reports what it would do, and does nothing. */
        DRY_RUN,
        /** It does not look at the service. */
        PAUSED;

        /** The name as Compose files write it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
