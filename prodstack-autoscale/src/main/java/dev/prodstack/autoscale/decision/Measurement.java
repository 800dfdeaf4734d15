package dev.prodstack.autoscale.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What one metric's source said at one look. Values are in the signal's unit: a CPU, a byte, a message, a query's own.
 */
public sealed interface Measurement {

    /** There is none. */
    static Measurement failed(String why) {
        return new Failed(why);
    }

    /** One number for all replicas together. */
    static Measurement total(double value, Instant at) {
        return new Total(List.of(new Sample(value, at)));
    }

    /** Samples of single replicas, numbered from 0 to {@code replicas - 1} as in {@link Situation#replicas}. */
    static PerReplica.Builder perReplica(int replicas) {
        return new PerReplica.Builder(replicas);
    }

    /**
     * There is none: the source could not be reached or gave no usable answer.
     *
     * @param why what went wrong, as the end of a sentence that begins with the metric's name
     */
    record Failed(String why) implements Measurement {
        /** Checks that there is a reason. */
        public Failed {
            if (why.isBlank()) {
                throw new IllegalArgumentException("expected what went wrong with the measurement");
            }
        }
    }

    /**
     * Numbers for all replicas together, which are added up: one for each queue, or one for each series of a query's
     * answer. A source that knows of one it has no number for gives {@code NaN} for it, since a sum without it would be
     * too small.
     *
     * @param samples the numbers; none is no data
     */
    record Total(List<Sample> samples) implements Measurement {
        /** Copies the samples. */
        public Total {
            samples = List.copyOf(samples);
        }
    }

    /**
     * A number and when it was measured.
     *
     * @param value the number; {@code NaN} and infinite ones are no data
     * @param at when it was measured
     */
    record Sample(double value, Instant at) {
        /** Checks that there is a time. */
        public Sample {
            Objects.requireNonNull(at, "at");
        }
    }

    /**
     * Numbers of single replicas, in columns. Several for one replica are of its several containers and are added up;
     * the oldest of them says how old the sum is.
     */
    final class PerReplica implements Measurement {
        private final long[] values;
        private final long[] times;
        private final long[] windows;

        private PerReplica(long[] values, long[] times, long[] windows) {
            this.values = values;
            this.times = times;
            this.windows = windows;
        }

        /** How many replicas it is about, whether they have a sample or not. */
        public int replicas() {
            return values.length;
        }

        /** The sample of a replica in thousandths, {@link Thousandths#ABSENT} or {@link Thousandths#NOT_A_NUMBER}. */
        long value(int replica) {
            return values[replica];
        }

        long time(int replica) {
            return times[replica];
        }

        long window(int replica) {
            return windows[replica];
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof PerReplica that
                    && Arrays.equals(values, that.values)
                    && Arrays.equals(times, that.times)
                    && Arrays.equals(windows, that.windows);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(values) + Arrays.hashCode(times);
        }

        /** The samples in thousandths, those that are missing as the least number. */
        @Override
        public String toString() {
            return "PerReplica" + Arrays.toString(values);
        }

        /** Collects samples. */
        public static final class Builder {
            private final long[] values;
            private final long[] times;
            private final long[] windows;

            private Builder(int replicas) {
                values = new long[replicas];
                times = new long[replicas];
                windows = new long[replicas];
                Arrays.fill(values, Thousandths.ABSENT);
                Arrays.fill(times, Long.MAX_VALUE);
            }

            /** Adds a reading of the moment, such as a memory size. */
            public Builder add(int replica, double value, Instant at) {
                return add(replica, value, at, Duration.ZERO);
            }

            /**
             * Adds an average over a span of time, such as a CPU use.
             *
             * @param replica the replica's number
             * @param value the number; {@code NaN} and infinite ones are no data
             * @param at when the span ended
             * @param window the span; its length matters to the CPU use of new replicas
             * @throws IndexOutOfBoundsException if there is no replica of that number
             */
            public Builder add(int replica, double value, Instant at, Duration window) {
                values[replica] = Thousandths.plus(values[replica], Thousandths.of(value));
                times[replica] = Math.min(times[replica], Nanos.of(at));
                windows[replica] = Math.max(windows[replica], Nanos.of(window));
                return this;
            }

            /** The measurement of what was added. */
            public PerReplica build() {
                return new PerReplica(values.clone(), times.clone(), windows.clone());
            }
        }
    }
}
