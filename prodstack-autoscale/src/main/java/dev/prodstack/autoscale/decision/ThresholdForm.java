package dev.prodstack.autoscale.decision;

import dev.prodstack.autoscale.decision.Evidence.Each;
import dev.prodstack.autoscale.decision.Evidence.None;
import dev.prodstack.autoscale.decision.Evidence.Together;
import dev.prodstack.autoscale.decision.Finding.Compared;
import dev.prodstack.autoscale.decision.Finding.NoData;
import dev.prodstack.autoscale.decision.Finding.Place;
import dev.prodstack.autoscale.decision.Restraint.StepShortened;
import dev.prodstack.core.scaling.ScalingRule.Step;
import dev.prodstack.core.scaling.ScalingRule.Thresholds;
import dev.prodstack.core.scaling.Signal;
import dev.prodstack.core.scaling.Signal.Reading;
import dev.prodstack.core.scaling.Threshold;
import java.util.List;
import java.util.Optional;

/**
 * What the thresholds of a script's form ask for: a step up if any signal is above its upper mark, a step down if all
 * are below their lower ones.
 *
 * <p>Replicas without a sample count as idle for the upper mark, and for the lower one as using all they are given, or
 * the upper mark where a signal is no share; replicas that are not ready count as idle for the upper mark and not at
 * all for the lower one. A step down ends at the least count at which every signal, spread over fewer replicas, stays
 * at or below its upper mark: otherwise two marks close together would make the service swing.
 */
final class ThresholdForm {
    private static final long PERCENT = 100;
    private static final long WHOLE = PERCENT * Thousandths.ONE;

    private final Situation situation;
    private final List<Reason> reasons;
    private boolean above;
    private boolean allBelow = true;
    private int valid;
    private int needed;
    private Optional<Threshold> neediest = Optional.empty();

    private ThresholdForm(Situation situation, List<Reason> reasons) {
        this.situation = situation;
        this.reasons = reasons;
    }

    /**
     * The count after a step; a reason is added for each threshold.
     *
     * @param min the least count that may be, below which it is not this form that cuts a step short
     */
    static Proposal propose(Thresholds rule, Situation situation, int min, Clockwork time, List<Reason> reasons) {
        ThresholdForm form = new ThresholdForm(situation, reasons);
        List<Threshold> thresholds = rule.thresholds();
        for (int i = 0; i < thresholds.size(); i++) {
            Threshold threshold = thresholds.get(i);
            long mark = threshold.above().thousandths();
            long fill = isShare(threshold) ? Math.max(PERCENT, -Math.floorDiv(-mark, Thousandths.ONE)) : mark;
            form.compare(threshold, Evidence.of(threshold.name(), threshold.signal(), fill, situation, time));
        }
        return new Proposal(form.step(rule.step(), min), form.valid, thresholds.size() - form.valid);
    }

    private void compare(Threshold threshold, Evidence evidence) {
        if (evidence instanceof None none) {
            reasons.add(new NoData(threshold.name(), threshold.signal(), none.gap()));
            return;
        }
        valid++;
        if (evidence instanceof Each each) {
            Tally tally = each.tally();
            int counted = tally.ready() + tally.missing();
            long full = tally.averageWithMissingFull(WHOLE);
            place(threshold, tally.averageWithOthersIdle(WHOLE), tally.average(WHOLE), full, tally.coverage());
            need(threshold, (double) full * counted);
        } else {
            boolean value = threshold.signal() instanceof Signal.Query query && query.reading() == Reading.VALUE;
            long sum = ((Together) evidence).sum();
            placeSum(threshold, sum, value ? 1 : situation.existing());
            need(threshold, (double) sum * (value ? situation.current() : 1));
        }
    }

    /** With nobody to share it, any amount is too much. */
    private void placeSum(Threshold threshold, long sum, int sharers) {
        long one = sharers == 0 ? sum : sum / sharers;
        long least = sharers == 0 && sum > 0 ? Long.MAX_VALUE : one;
        place(threshold, least, one, one, Coverage.NONE);
    }

    private void place(Threshold threshold, long least, long measured, long most, Coverage coverage) {
        Place place = least > threshold.above().thousandths()
                ? Place.ABOVE
                : most < threshold.below().thousandths() ? Place.BELOW : Place.BETWEEN;
        above |= place == Place.ABOVE;
        allBelow &= place == Place.BELOW;
        reasons.add(new Compared(threshold, measured, coverage, place));
    }

    /** Notes how many replicas it takes to share an amount without one being above the mark. */
    private void need(Threshold threshold, double amount) {
        int replicas = (int) Math.ceil(amount / threshold.above().thousandths());
        if (replicas > needed) {
            needed = replicas;
            neediest = Optional.of(threshold);
        }
    }

    private int step(Step step, int min) {
        int current = situation.current();
        if (above) {
            return (int) Math.min((long) current + step.up(), Integer.MAX_VALUE);
        }
        if (!allBelow || valid == 0) {
            return current;
        }
        int down = Math.max(0, current - step.down());
        if (needed <= Math.max(down, min) || neediest.isEmpty()) {
            return down;
        }
        reasons.add(new StepShortened(neediest.get(), down, needed));
        return Math.min(current, needed);
    }

    private static boolean isShare(Threshold threshold) {
        return threshold.signal() instanceof Signal.Utilization;
    }
}
