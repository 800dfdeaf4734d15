package dev.prodstack.autoscale.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** Load over time, in steps of one length. */
public final class Trace {
    private final Instant start;
    private final Duration step;
    private final double[] load;

    private Trace(Instant start, Duration step, double[] load) {
        this.start = start;
        this.step = step;
        this.load = load;
    }

    /**
     * A trace.
     *
     * @param start when its first step begins
     * @param step the length of a step; above zero
     * @param load the load in each step; at least one, finite and not negative
     */
    public static Trace of(Instant start, Duration step, double[] load) {
        if (step.isNegative() || step.isZero()) {
            throw new IllegalArgumentException("a step must be above zero");
        }
        if (load.length == 0) {
            throw new IllegalArgumentException("a trace has at least one step");
        }
        if (!Arrays.stream(load).allMatch(value -> value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a load is a number of at least 0");
        }
        return new Trace(start, step, load.clone());
    }

    /**
     * A trace of what was recorded, with gaps: steps without a number, which have the load of the step before, as no
     * data is not no load. The first step with a number is the first of the trace.
     *
     * @param load the load in each step, {@code NaN} where none is known
     * @throws IllegalArgumentException if there is no number at all, or more steps lack one than have one
     */
    public static Trace recorded(Instant start, Duration step, double[] load) {
        int first = 0;
        while (first < load.length && Double.isNaN(load[first])) {
            first++;
        }
        if (first == load.length) {
            throw new IllegalArgumentException("there is no number in the whole span");
        }
        double[] filled = Arrays.copyOfRange(load, first, load.length);
        int gaps = 0;
        for (int i = 1; i < filled.length; i++) {
            if (Double.isNaN(filled[i])) {
                filled[i] = filled[i - 1];
                gaps++;
            }
        }
        if (gaps > filled.length / 2) {
            throw new IllegalArgumentException(
                    gaps + " of " + filled.length + " steps have no number, too many to say anything");
        }
        return of(start.plus(step.multipliedBy(first)), step, filled);
    }

    /** When the first step begins. */
    public Instant start() {
        return start;
    }

    /** The length of a step. */
    public Duration step() {
        return step;
    }

    /** How many steps there are. */
    public int steps() {
        return load.length;
    }

    /** The load in a step. */
    public double load(int index) {
        return load[index];
    }

    /** The highest load. */
    public double peak() {
        return Arrays.stream(load).max().orElse(0);
    }

    /** The mean load. */
    public double mean() {
        return Arrays.stream(load).average().orElse(0);
    }

    /** How long it is. */
    public double hours() {
        return load.length * (step.toMillis() / 3_600_000.0);
    }
}
