package dev.prodstack.autoscale.decision;

import dev.prodstack.autoscale.decision.Restraint.Bounded;
import dev.prodstack.autoscale.decision.Restraint.End;
import dev.prodstack.core.scaling.ReplicaRange;
import dev.prodstack.core.scaling.ScalingPolicy;
import dev.prodstack.core.scaling.ScheduledBounds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The bounds in force at a look.
 *
 * @param policy whose bounds
 * @param now when
 * @param range the bounds
 */
record Bounds(ScalingPolicy policy, Instant now, ReplicaRange range) {

    static Bounds of(ScalingPolicy policy, Instant now) {
        return new Bounds(policy, now, policy.schedules().isEmpty() ? policy.bounds() : policy.boundsAt(now));
    }

    int min() {
        return range.min();
    }

    int max() {
        return range.max();
    }

    /**
     * Whether the policy itself may bring the service to no replicas at all, now or at another time. Where it may not,
     * somebody else has turned the service off.
     */
    boolean reachZero() {
        if (policy.bounds().min() == 0) {
            return true;
        }
        for (ScheduledBounds schedule : policy.schedules()) {
            if (schedule.min().orElse(1) == 0) {
                return true;
            }
        }
        return false;
    }

    Bounded cut(End end, int wanted) {
        return new Bounded(end, wanted, end == End.MIN ? min() : max(), schedules(end));
    }

    private List<String> schedules(End end) {
        List<String> names = new ArrayList<>();
        for (ScheduledBounds schedule : policy.schedules()) {
            OptionalInt its = end == End.MIN ? schedule.min() : schedule.max();
            boolean sets = its.isPresent() && its.getAsInt() == (end == End.MIN ? min() : max());
            if (sets && schedule.window().contains(now)) {
                names.add(schedule.name().orElse(schedule.window().start().toString()));
            }
        }
        return names;
    }
}
