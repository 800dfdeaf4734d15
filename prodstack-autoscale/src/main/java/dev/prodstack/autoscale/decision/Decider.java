package dev.prodstack.autoscale.decision;

import dev.prodstack.core.scaling.ScalingPolicy;
import java.time.Instant;

/**
 * Decides how many replicas a service should have.
 *
 * <pre>{@code
 * Decision decision = Decider.decide(policy, situation, now);
 * if (decision instanceof Decision.Scale scale) {
 *     swarm.scale(service, scale.replicas());
 * }
 * decision.reasons().forEach(reason -> log.info(reason.text()));
 * }</pre>
 *
 * <p>The steps, in order; the first that settles it ends the look:
 *
 * <ol>
 *   <li>A paused policy leaves the service alone.
 *   <li>So does a service that is set to 0 replicas where the policy would not bring it there.
 *   <li>A count beyond the bounds in force goes to the nearer bound, whatever the metrics say.
 *   <li>A look before an earlier one holds: the clock went back.
 *   <li>The metrics ask for a count. If none has data the service holds, or a configured fallback asks; if one has none
 *       the others may ask for more replicas, but for fewer the service holds.
 *   <li>Windows, rates and bounds limit the way there.
 *   <li>Cooldowns, and on the way down a rolling update, may put the move off.
 * </ol>
 *
 * <p>With an HPA's form of rule, steps 2, 3, 5 and 6 are those of the Kubernetes HorizontalPodAutoscaler controller,
 * {@code autoscaling/v2}. Beyond it: stale, infinite and {@code NaN} samples are no data; replicas that a rolling
 * update is busy with are unready for every metric; fallback, schedules, cooldowns, and steps 4 and 7.
 *
 * <p>A pure function: no clock, no input or output, no logging; the same arguments give the same decision.
 */
public final class Decider {
    private Decider() {}

    /**
     * Decides.
     *
     * @param policy what is wanted of the service
     * @param situation what was observed
     * @param now the time of the look
     * @throws IllegalArgumentException if a measurement does not fit the policy's signal of that name
     */
    public static Decision decide(ScalingPolicy policy, Situation situation, Instant now) {
        return new Look(policy, situation, now).decide();
    }
}
