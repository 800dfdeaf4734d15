package dev.prodstack.autoscale.decision;

import dev.prodstack.autoscale.decision.Decision.Hold;
import dev.prodstack.autoscale.decision.Decision.Inactive;
import dev.prodstack.autoscale.decision.Decision.Keep;
import dev.prodstack.autoscale.decision.Decision.Scale;
import dev.prodstack.autoscale.decision.Reason.Note;
import dev.prodstack.autoscale.decision.Restraint.ClockWentBack;
import dev.prodstack.autoscale.decision.Restraint.CoolingDown;
import dev.prodstack.autoscale.decision.Restraint.End;
import dev.prodstack.autoscale.decision.Restraint.NotAllMeasured;
import dev.prodstack.autoscale.decision.Restraint.UpdateRunning;
import dev.prodstack.core.scaling.Behavior;
import dev.prodstack.core.scaling.Behavior.Rate;
import dev.prodstack.core.scaling.ScalingPolicy;
import dev.prodstack.core.scaling.ScalingPolicy.Mode;
import dev.prodstack.core.scaling.ScalingRule.Targets;
import dev.prodstack.core.scaling.ScalingRule.Thresholds;
import dev.prodstack.core.scaling.WhenBlind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** One look at one service, from the situation to the decision; {@link Decider} has the steps. */
final class Look {
    private static final int USUAL_REASONS = 8;

    private final ScalingPolicy policy;
    private final Situation situation;
    private final int current;
    private final Clockwork time;
    private final Bounds bounds;
    private final List<Reason> reasons = new ArrayList<>(USUAL_REASONS);
    private History history;

    Look(ScalingPolicy policy, Situation situation, Instant now) {
        this.policy = policy;
        this.situation = situation;
        current = situation.current();
        time = Clockwork.of(policy, now);
        bounds = Bounds.of(policy, now);
        history = situation.history();
    }

    Decision decide() {
        if (policy.mode() == Mode.PAUSED) {
            reasons.add(Note.PAUSED);
            return new Inactive(current, reasons, history);
        }
        long wentBack = Nanos.minus(history.newest(), time.now());
        if (wentBack > 0) {
            history = history.shiftedBy(-wentBack);
        }
        history = history.seen(time.now(), current);
        if (current == 0 && bounds.min() != 0 && !bounds.reachZero()) {
            reasons.add(Note.DISABLED);
            return new Inactive(current, reasons, history);
        }
        boolean clockSetsBounds = wentBack > 0 && !policy.schedules().isEmpty();
        if (!bounds.range().contains(current) && !clockSetsBounds) {
            return backWithinBounds();
        }
        if (wentBack > 0) {
            reasons.add(new ClockWentBack(Duration.ofNanos(wentBack)));
            return new Hold(current, reasons, history);
        }
        return byMetrics();
    }

    private Decision backWithinBounds() {
        End end = current > bounds.max() ? End.MAX : End.MIN;
        int bound = end == End.MAX ? bounds.max() : bounds.min();
        reasons.add(bounds.cut(end, current));
        return scale(bound, bound);
    }

    private Decision byMetrics() {
        Proposal proposal = policy.rule() instanceof Targets targets
                ? TargetForm.propose(targets, situation, time, reasons)
                : ThresholdForm.propose((Thresholds) policy.rule(), situation, bounds.min(), time, reasons);
        if (proposal.valid() == 0) {
            return blind();
        }
        history = history.blind(0);
        if (proposal.invalid() > 0 && proposal.replicas() < current) {
            reasons.add(new NotAllMeasured(proposal.replicas()));
            return new Hold(current, reasons, history);
        }
        return follow(proposal.replicas());
    }

    private Decision blind() {
        int looks = Math.min(history.blindLooks(), Integer.MAX_VALUE - 1) + 1;
        history = history.blind(looks);
        if (!(policy.whenBlind() instanceof WhenBlind.Replicas fallback)) {
            reasons.add(new Finding.Blind(looks, OptionalInt.empty(), OptionalInt.empty()));
            return new Hold(current, reasons, history);
        }
        reasons.add(
                new Finding.Blind(looks, OptionalInt.of(fallback.afterFailures()), OptionalInt.of(fallback.count())));
        return looks < fallback.afterFailures() ? new Hold(current, reasons, history) : follow(fallback.count());
    }

    /** From the count that is asked for to the one that the service may have now. */
    private Decision follow(int wanted) {
        Pace pace = new Pace(history, time.now(), current, bounds, reasons);
        int allowed;
        if (policy.rule() instanceof Targets targets) {
            allowed = targets.behavior().isPresent()
                    ? pace.withBehavior(targets.behavior().get(), wanted)
                    : pace.withoutBehavior(wanted);
        } else {
            allowed = pace.withinBounds(wanted);
        }
        history = history.recommending(time.now(), wanted, Nanos.minus(time.now(), memory()));
        if (allowed == current || isPutOff(allowed)) {
            return new Keep(current, wanted, noted(), history);
        }
        return scale(allowed, wanted);
    }

    private boolean isPutOff(int allowed) {
        Direction direction = allowed > current ? Direction.UP : Direction.DOWN;
        Duration cooldown = direction == Direction.UP
                ? policy.cooldown().up()
                : policy.cooldown().down();
        long last = history.lastMove();
        boolean cooling = last != Nanos.NONE && Nanos.minus(time.now(), last) < Nanos.of(cooldown);
        if (cooling) {
            reasons.add(new CoolingDown(direction, allowed, Nanos.toInstant(last), cooldown));
        }
        int replacing = situation.replicas().replacing();
        boolean updating = direction == Direction.DOWN && replacing > 0;
        if (updating) {
            reasons.add(new UpdateRunning(allowed, replacing));
        }
        return cooling || updating;
    }

    private Decision scale(int replicas, int wanted) {
        return new Scale(current, replicas, wanted, noted(), history);
    }

    private List<Reason> noted() {
        if (policy.mode() == Mode.DRY_RUN) {
            reasons.add(Note.DRY_RUN);
        }
        return reasons;
    }

    /** The longest span that a rule of the policy looks back to. */
    private long memory() {
        Duration longest = Pace.WINDOW;
        longest = later(longest, policy.cooldown().up());
        longest = later(longest, policy.cooldown().down());
        if (policy.rule() instanceof Targets targets && targets.behavior().isPresent()) {
            Behavior behavior = targets.behavior().get();
            longest = later(longest, memory(behavior.up()));
            longest = later(longest, memory(behavior.down()));
        }
        return Nanos.of(longest);
    }

    private static Duration memory(Behavior.Direction rules) {
        Duration longest = rules.stabilizationWindow();
        List<Rate> rates = rules.rates();
        for (int i = 0; i < rates.size(); i++) {
            longest = later(longest, rates.get(i).period());
        }
        return longest;
    }

    private static Duration later(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
