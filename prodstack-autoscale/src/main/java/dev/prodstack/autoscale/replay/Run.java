package dev.prodstack.autoscale.replay;

import java.util.Arrays;

/** What came of one way to choose replica counts. */
public final class Run {
    private final String name;
    private final double stepHours;
    private final double target;
    private final int[] replicas;
    private final double[] use;
    private final double[] delay;

    Run(String name, Trace trace, double target) {
        this.name = name;
        this.target = target;
        stepHours = trace.step().toMillis() / 3_600_000.0;
        replicas = new int[trace.steps()];
        use = new double[trace.steps()];
        delay = new double[trace.steps()];
    }

    void put(int step, int count, double share, double seconds) {
        replicas[step] = count;
        use[step] = share;
        delay[step] = seconds;
    }

    /** What to call it. */
    public String name() {
        return name;
    }

    /** The replicas that are paid for in a step, those that start among them. */
    public int replicas(int step) {
        return replicas[step];
    }

    /** How long what arrives at the end of a step waits, in seconds. */
    public double delay(int step) {
        return delay[step];
    }

    /** What all replicas together run, in hours. */
    public double replicaHours() {
        return Arrays.stream(replicas).asLongStream().sum() * stepHours;
    }

    /** How often the count changes. */
    public int moves() {
        int moves = 0;
        for (int i = 1; i < replicas.length; i++) {
            moves += replicas[i] == replicas[i - 1] ? 0 : 1;
        }
        return moves;
    }

    /** The share of the time in which the ready replicas work above the target. */
    public double timeAboveTarget() {
        return Arrays.stream(use).filter(share -> share > target + 1e-9).count() / (double) use.length;
    }

    /** The mean of the queue's delay over time, in seconds. */
    public double meanDelay() {
        return Arrays.stream(delay).average().orElse(0);
    }

    /** The delay that is not exceeded in 99 % of the time, in seconds. */
    public double delay99() {
        double[] sorted = delay.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(sorted.length * 0.99) - 1];
    }

    /** The longest delay, in seconds. */
    public double longestDelay() {
        return Arrays.stream(delay).max().orElse(0);
    }

    /** What it costs. */
    public double cost(Prices prices) {
        double cost = 0;
        for (int count : replicas) {
            cost += prices.reserved() * prices.reservedPrice()
                    + Math.max(0, count - prices.reserved()) * prices.onDemandPrice();
        }
        return cost * stepHours;
    }
}
