package dev.prodstack.autoscale.decision;

import dev.prodstack.core.scaling.ScalingPolicy;
import java.time.Instant;

/**
 * The time of a look and the spans a policy measures samples against, in nanoseconds.
 *
 * @param now the time of the look
 * @param staleAfter the age from which on a sample is no data
 * @param cpuInitialization how long after its start a replica's CPU use is start-up
 * @param readinessDelay how long after its start a replica that is not ready is taken never to have been
 */
record Clockwork(long now, long staleAfter, long cpuInitialization, long readinessDelay) {

    static Clockwork of(ScalingPolicy policy, Instant now) {
        return new Clockwork(
                Nanos.of(now),
                Nanos.of(policy.staleAfter()),
                Nanos.of(policy.warmUp().cpuInitialization()),
                Nanos.of(policy.warmUp().readinessDelay()));
    }

    /** Whether a sample is too old, or as far in the future: then its clock and ours disagree. */
    boolean isStale(long sampled) {
        long age = Nanos.minus(now, sampled);
        return age >= staleAfter || age <= -staleAfter;
    }
}
