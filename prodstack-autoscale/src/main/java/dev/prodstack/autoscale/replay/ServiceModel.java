package dev.prodstack.autoscale.replay;

import java.time.Duration;

/**
 * How a service bears load.
 *
 * <p>Its ready replicas share the load evenly, each bears up to its capacity, and what is more waits in one queue,
 * first in, first out. A replica's CPU use is the share of its capacity that it works at. One that is added bears
 * nothing while it starts; one that is taken away is gone at once, the newest first.
 *
 * @param capacity the most load one replica bears, in the trace's unit; above zero
 * @param startUp how long a replica takes from the decision until it is ready
 * @param target the share of its capacity that a replica should not work above; above 0, at most 1
 */
public record ServiceModel(double capacity, Duration startUp, double target) {
    /** Checks the ranges. */
    public ServiceModel {
        if (!(capacity > 0 && capacity < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the capacity of a replica must be above zero");
        }
        if (startUp.isNegative()) {
            throw new IllegalArgumentException("a start-up time is not negative");
        }
        if (!(target > 0 && target <= 1)) {
            throw new IllegalArgumentException("the target is a share of the capacity, above 0 and at most 1");
        }
    }

    /** The fewest replicas that bear a load without going above the target. */
    public int needed(double load) {
        return (int) Math.min(Integer.MAX_VALUE, Math.ceil(load / (capacity * target) - 1e-9));
    }
}
