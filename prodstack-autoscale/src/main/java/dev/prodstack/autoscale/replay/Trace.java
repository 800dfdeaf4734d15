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
