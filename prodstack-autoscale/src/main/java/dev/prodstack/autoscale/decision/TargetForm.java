package dev.prodstack.autoscale.decision;

import dev.prodstack.autoscale.decision.Evidence.Each;
import dev.prodstack.autoscale.decision.Evidence.None;
import dev.prodstack.autoscale.decision.Evidence.Together;
import dev.prodstack.autoscale.decision.Finding.Asked;
import dev.prodstack.autoscale.decision.Finding.NoData;
import dev.prodstack.autoscale.decision.Finding.Verdict;
import dev.prodstack.core.scaling.Metric;
import dev.prodstack.core.scaling.ScalingRule.Targets;
import dev.prodstack.core.scaling.Signal;
import dev.prodstack.core.scaling.Signal.Reading;
import dev.prodstack.core.scaling.Tolerance;
import java.util.List;

/**
 * What the metrics of an HPA's form ask for, as {@code pkg/controller/podautoscaler/replica_calculator.go} in the
 * Kubernetes source computes it: sums and averages in whole thousandths, utilisations in whole percent, ratios and
 * counts in double precision.
 */
final class TargetForm {
    private static final long PERCENT = 100;

    private final Situation situation;
    private final Tolerance tolerance;

    private TargetForm(Situation situation, Tolerance tolerance) {
        this.situation = situation;
        this.tolerance = tolerance;
    }

    /** The largest count that a metric asks for; a reason is added for each metric. */
    static Proposal propose(Targets rule, Situation situation, Clockwork time, List<Reason> reasons) {
        TargetForm form = new TargetForm(situation, rule.tolerance());
        List<Metric> metrics = rule.metrics();
        int largest = 0;
        int valid = 0;
        for (int i = 0; i < metrics.size(); i++) {
            Metric metric = metrics.get(i);
            long fill = isShare(metric) ? Math.max(PERCENT, target(metric)) : target(metric);
            Finding finding = form.ask(metric, Evidence.of(metric.name(), metric.signal(), fill, situation, time));
            reasons.add(finding);
            if (finding instanceof Asked asked) {
                valid++;
                largest = Math.max(largest, asked.replicas());
            }
        }
        return new Proposal(largest, valid, metrics.size() - valid);
    }

    private Finding ask(Metric metric, Evidence evidence) {
        if (evidence instanceof None none) {
            return new NoData(metric.name(), metric.signal(), none.gap());
        }
        if (evidence instanceof Each each) {
            return askOfEach(metric, each.tally());
        }
        long sum = ((Together) evidence).sum();
        return metric.signal() instanceof Signal.Query query && query.reading() == Reading.VALUE
                ? askOfValue(metric, sum)
                : askOfShared(metric, sum);
    }

    /** {@code Resource} and {@code Pods} metrics. */
    private Finding askOfEach(Metric metric, Tally tally) {
        long average = tally.average(PERCENT);
        double ratio = ratio(average, metric);
        boolean countIdle = tally.unready() > 0 && ratio > 1;
        if (!countIdle && tally.missing() == 0) {
            return within(ratio)
                    ? kept(metric, average, ratio, ratio, tally, Verdict.WITHIN_TOLERANCE)
                    : asked(metric, average, ratio, ratio, tally, Verdict.MOVED, count(ratio, tally.ready()));
        }
        double assumed = ratio;
        int samples = tally.ready();
        if (ratio < 1) {
            assumed = ratio(tally.averageWithMissingFull(PERCENT), metric);
            samples += tally.missing();
        } else if (ratio > 1) {
            assumed = ratio(tally.averageWithOthersIdle(PERCENT), metric);
            samples += tally.missing() + tally.unready();
        }
        if (within(assumed)) {
            return kept(metric, average, ratio, assumed, tally, Verdict.WITHIN_TOLERANCE);
        }
        int count = count(assumed, samples);
        boolean turned = (ratio < 1 && assumed > 1) || (ratio > 1 && assumed < 1);
        boolean against = (assumed < 1 && count > situation.current()) || (assumed > 1 && count < situation.current());
        return turned || against
                ? kept(metric, average, ratio, assumed, tally, Verdict.UNCERTAIN)
                : asked(metric, average, ratio, assumed, tally, Verdict.MOVED, count);
    }

    /** {@code External} metrics with a {@code Value}. */
    private Finding askOfValue(Metric metric, long sum) {
        double ratio = (double) sum / target(metric);
        if (situation.current() == 0) {
            return askedOfAll(metric, sum, ratio, Verdict.MOVED, count(ratio, 1));
        }
        if (within(ratio)) {
            return askedOfAll(metric, sum, ratio, Verdict.WITHIN_TOLERANCE, situation.current());
        }
        return situation.replicas().size() == 0
                ? new NoData(metric.name(), metric.signal(), Gap.Kind.NO_REPLICAS)
                : askedOfAll(
                        metric,
                        sum,
                        ratio,
                        Verdict.MOVED,
                        count(ratio, situation.replicas().ready()));
    }

    /** {@code External} metrics with an {@code AverageValue}. */
    private Finding askOfShared(Metric metric, long sum) {
        double target = target(metric);
        double ratio = sum / (target * situation.existing());
        return within(ratio)
                ? askedOfAll(metric, sum, ratio, Verdict.WITHIN_TOLERANCE, situation.existing())
                : askedOfAll(metric, sum, ratio, Verdict.MOVED, count(sum / target, 1));
    }

    private boolean within(double ratio) {
        return 1 - tolerance.down() <= ratio && ratio <= 1 + tolerance.up();
    }

    private static boolean isShare(Metric metric) {
        return metric.signal() instanceof Signal.Utilization;
    }

    private static long target(Metric metric) {
        return isShare(metric)
                ? metric.target().thousandths() / Thousandths.ONE
                : metric.target().thousandths();
    }

    private static double ratio(long average, Metric metric) {
        return (double) average / target(metric);
    }

    /** The next whole number of replicas, not below zero and not beyond the range of an {@code int}. */
    private static int count(double ratio, int replicas) {
        return (int) Math.max(0, Math.ceil(ratio * replicas));
    }

    private Asked kept(Metric metric, long average, double ratio, double assumed, Tally tally, Verdict verdict) {
        return asked(metric, average, ratio, assumed, tally, verdict, situation.current());
    }

    private Asked asked(
            Metric metric, long average, double ratio, double assumed, Tally tally, Verdict verdict, int count) {
        long value = isShare(metric) ? average * Thousandths.ONE : average;
        return new Asked(metric, value, ratio, assumed, tally.coverage(), tolerance, verdict, count);
    }

    private Asked askedOfAll(Metric metric, long sum, double ratio, Verdict verdict, int count) {
        return new Asked(metric, sum, ratio, ratio, Coverage.NONE, tolerance, verdict, count);
    }
}
