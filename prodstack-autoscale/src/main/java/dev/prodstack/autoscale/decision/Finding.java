package dev.prodstack.autoscale.decision;

import dev.prodstack.core.scaling.Metric;
import dev.prodstack.core.scaling.Signal;
import dev.prodstack.core.scaling.Threshold;
import dev.prodstack.core.scaling.Tolerance;
import java.util.OptionalInt;

/** What one look found: what the metrics asked for, or that they have no data. */
public sealed interface Finding extends Reason {

    /**
     * A metric asked for a count.
     *
     * @param metric the metric with its target
     * @param value what was measured, in thousandths of the signal's unit: a percentage or an average where the signal
     *     is one, the sum otherwise
     * @param ratio how many times the target that is; infinite or {@code NaN} where there is no replica to share a sum
     * @param assumed the ratio after replicas without a sample were filled in on the careful side; equal to
     *     {@code ratio} where none were
     * @param coverage how the replicas were sorted
     * @param tolerance how far off 1 the ratio may be
     * @param verdict how the count follows from the ratio
     * @param replicas the count
     */
    record Asked(
            Metric metric,
            long value,
            double ratio,
            double assumed,
            Coverage coverage,
            Tolerance tolerance,
            Verdict verdict,
            int replicas)
            implements Finding {
        @Override
        public String code() {
            return verdict.code;
        }

        @Override
        public String text() {
            Signal signal = metric.signal();
            String counted = coverage.text();
            return metric.name() + ": " + Words.amount(signal, value) + ", target "
                    + Words.amount(signal, metric.target().thousandths())
                    + (Words.isPerReplica(signal) ? " a replica" : "")
                    + (counted.isEmpty() ? "" : " (" + counted + ")") + ": " + conclusion();
        }

        private String conclusion() {
            return switch (verdict) {
                case MOVED -> "asks for " + Words.replicas(replicas);
                case WITHIN_TOLERANCE ->
                    "within the tolerance of " + Words.percent(tolerance.up()) + " above and "
                            + Words.percent(tolerance.down()) + " below, asks to stay at " + replicas;
                case UNCERTAIN ->
                    "asks to stay at " + replicas + ", since those that do not count could turn the direction round";
            };
        }
    }

    /** How a count follows from a metric's ratio. */
    enum Verdict {
        /** The ratio is off its target, and the count follows it. */
        MOVED("MetricAsked"),
        /** The ratio is near enough to its target. */
        WITHIN_TOLERANCE("WithinTolerance"),
        /** With careful numbers for the replicas without a sample, the ratio or the count goes the other way. */
        UNCERTAIN("DirectionUncertain");

        private final String code;

        Verdict(String code) {
            this.code = code;
        }
    }

    /**
     * A signal was compared with its marks.
     *
     * @param threshold the signal with its marks
     * @param value what was measured, in thousandths of the signal's unit, a share or an average for each replica where
     *     the signal is one
     * @param coverage how the replicas were sorted
     * @param place where the value lies
     */
    record Compared(Threshold threshold, long value, Coverage coverage, Place place) implements Finding {
        @Override
        public String code() {
            return place.code;
        }

        @Override
        public String text() {
            Signal signal = threshold.signal();
            String counted = coverage.text();
            String value = threshold.name() + ": " + Words.amount(signal, this.value)
                    + (Words.isPerReplica(signal) ? " a replica" : "")
                    + (counted.isEmpty() ? "" : " (" + counted + ")");
            String above = Words.amount(signal, threshold.above().thousandths());
            String below = Words.amount(signal, threshold.below().thousandths());
            return switch (place) {
                case ABOVE -> value + " is above " + above;
                case BETWEEN -> value + " is between " + below + " and " + above;
                case BELOW -> value + " is below " + below;
            };
        }
    }

    /** Where a signal lies with regard to its marks. */
    enum Place {
        /** Above the upper mark. */
        ABOVE("AboveThreshold"),
        /** On a mark or between the two. */
        BETWEEN("BetweenThresholds"),
        /** Below the lower mark. */
        BELOW("BelowThreshold");

        private final String code;

        Place(String code) {
            this.code = code;
        }
    }

    /**
     * A metric has no data.
     *
     * @param metric the metric's name
     * @param signal what should have been measured
     * @param gap why there is none
     */
    record NoData(String metric, Signal signal, Gap gap) implements Finding {
        @Override
        public String code() {
            if (signal instanceof Signal.Utilization || signal instanceof Signal.Usage) {
                return "FailedGetResourceMetric";
            }
            return signal.needsReplicas() ? "FailedGetPodsMetric" : "FailedGetExternalMetric";
        }

        @Override
        public String text() {
            return metric + ": no data, " + gap.text();
        }
    }

    /**
     * No metric has data.
     *
     * @param looks how many looks in a row this one makes
     * @param fallbackAfter how many of them a fallback waits for; absent if none is configured
     * @param fallback the fallback's count; absent if none is configured
     */
    record Blind(int looks, OptionalInt fallbackAfter, OptionalInt fallback) implements Finding {
        @Override
        public String code() {
            return fallbackAfter.isPresent() && looks >= fallbackAfter.getAsInt() ? "Fallback" : "MetricsMissing";
        }

        @Override
        public String text() {
            String looked = "no metric has data (" + looks + (looks == 1 ? " look" : " looks in a row") + ")";
            if (fallbackAfter.isEmpty() || fallback.isEmpty()) {
                return looked + ": holding";
            }
            String count = "the fallback of " + Words.replicas(fallback.getAsInt());
            return code().equals("Fallback")
                    ? looked + ": " + count + " is asked for"
                    : looked + ": holding, " + count + " follows after " + fallbackAfter.getAsInt();
        }
    }
}
