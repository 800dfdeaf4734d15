package dev.prodstack.autoscale.decision;

import dev.prodstack.core.scaling.Behavior.Rate;
import dev.prodstack.core.scaling.Threshold;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** What stands between what the metrics asked for and a move. */
public sealed interface Restraint extends Reason {

    /**
     * A stabilisation window put an earlier recommendation in place of the one of this look.
     *
     * @param direction the direction of the window
     * @param wanted the count that was asked for
     * @param held the count in its place
     * @param window the window's length
     */
    record Stabilized(Direction direction, int wanted, int held, Duration window) implements Restraint {
        @Override
        public String code() {
            return direction == Direction.UP ? "ScaleUpStabilized" : "ScaleDownStabilized";
        }

        @Override
        public String text() {
            return "window: " + held + " in place of " + wanted + ", the "
                    + (direction == Direction.UP ? "lowest" : "highest") + " that was asked for in the last "
                    + Words.span(window);
        }
    }

    /**
     * The count may not change that fast.
     *
     * @param direction which way
     * @param wanted the count that was asked for
     * @param allowed the count that is allowed now
     * @param limit what allows no more
     */
    record RateLimited(Direction direction, int wanted, int allowed, Limit limit) implements Restraint {
        @Override
        public String code() {
            return direction == Direction.UP ? "ScaleUpLimit" : "ScaleDownLimit";
        }

        @Override
        public String text() {
            return "rate: " + limit.text(direction) + ": " + allowed + " in place of " + wanted;
        }
    }

    /** What limits how fast a count may change. */
    sealed interface Limit {
        /** The limit in words. */
        String text(Direction direction);

        /**
         * A rate of the policy.
         *
         * @param rate the rate
         */
        record Configured(Rate rate) implements Limit {
            @Override
            public String text(Direction direction) {
                String amount = rate instanceof Rate.Percent percent
                        ? percent.percent() + " %"
                        : Words.replicas(((Rate.Replicas) rate).count());
                return amount + " " + direction + " in " + Words.span(rate.period());
            }
        }

        /** Limits without numbers of their own. */
        enum Fixed implements Limit {
            /** The policy's behavior forbids the direction. */
            DISABLED,
            /** A policy without behavior goes up to twice the count, or to 4, in one step. */
            DOUBLING;

            @Override
            public String text(Direction direction) {
                return this == DISABLED
                        ? "moves " + direction + " are disabled"
                        : "twice the count in one step, or 4 replicas";
            }
        }
    }

    /**
     * A bound limited the count.
     *
     * @param end which bound
     * @param wanted the count without it
     * @param bound the bound
     * @param schedules the schedules in force that set it, in their order; none if it is the policy's own
     */
    record Bounded(End end, int wanted, int bound, List<String> schedules) implements Restraint {
        /** Copies the names. */
        public Bounded {
            schedules = List.copyOf(schedules);
        }

        @Override
        public String code() {
            return end == End.MAX ? "TooManyReplicas" : "TooFewReplicas";
        }

        @Override
        public String text() {
            return "bounds: " + wanted + " is " + (end == End.MAX ? "more than max " : "less than min ") + bound
                    + (schedules.isEmpty() ? "" : " (schedule " + String.join(", ", schedules) + ")");
        }
    }

    /** One of the two bounds. */
    enum End {
        /** The fewest replicas. */
        MIN,
        /** The most replicas. */
        MAX
    }

    /**
     * A move has to wait, since the last one was not long ago.
     *
     * @param direction which way the move would go
     * @param wanted the count it would go to
     * @param last when the last move was
     * @param cooldown how long it waits
     */
    record CoolingDown(Direction direction, int wanted, Instant last, Duration cooldown) implements Restraint {
        @Override
        public String code() {
            return "Cooldown";
        }

        /** When the move may take place. */
        public Instant until() {
            return Nanos.toInstant(Nanos.plus(Nanos.of(last), Nanos.of(cooldown)));
        }

        @Override
        public String text() {
            return "cooldown: " + direction + " to " + wanted + " waits " + Words.span(cooldown)
                    + " after the last move, until " + until();
        }
    }

    /**
     * A move down has to wait until a rolling update is done: what its replicas use says little about the load.
     *
     * @param wanted the count it would go to
     * @param replacing how many replicas the update is busy with
     */
    record UpdateRunning(int wanted, int replacing) implements Restraint {
        @Override
        public String code() {
            return "UpdateInProgress";
        }

        @Override
        public String text() {
            return "update in progress: down to " + wanted + " waits while "
                    + (replacing == 1 ? "a replica is" : replacing + " replicas are") + " being replaced";
        }
    }

    /**
     * A step down was shortened, since after the whole of it a signal would be above its upper mark and call for the
     * way back.
     *
     * @param threshold the signal that needs the most replicas
     * @param wanted the count after a whole step
     * @param needed the least count at which the signal stays at or below its upper mark
     */
    record StepShortened(Threshold threshold, int wanted, int needed) implements Restraint {
        @Override
        public String code() {
            return "StepShortened";
        }

        @Override
        public String text() {
            return "at " + Words.replicas(wanted) + " " + threshold.name() + " would be above "
                    + Words.amount(threshold.signal(), threshold.above().thousandths()) + " again: it needs " + needed;
        }
    }

    /**
     * Metrics with data would take replicas away, but others have none and might need them.
     *
     * @param wanted the count they asked for
     */
    record NotAllMeasured(int wanted) implements Restraint {
        @Override
        public String code() {
            return "MetricsMissing";
        }

        @Override
        public String text() {
            return "down to " + wanted + " only when every metric has data";
        }
    }

    /**
     * This look is before an earlier one: the clock was set back, and its times are not compared before the next look.
     *
     * @param by how far back
     */
    record ClockWentBack(Duration by) implements Restraint {
        /** Checks that there is a span. */
        public ClockWentBack {
            Objects.requireNonNull(by, "by");
        }

        @Override
        public String code() {
            return "ClockWentBack";
        }

        @Override
        public String text() {
            return "the clock went back by " + Words.span(by) + ": holding for one look";
        }
    }
}
