package dev.prodstack.autoscale.replay;

import java.time.Duration;

/** The load that waits. */
final class Queue {
    private static final double MOST_DELAY = 1e9;

    private final double capacity;
    private final double seconds;
    private double length;

    Queue(ServiceModel model, Duration step) {
        capacity = model.capacity();
        seconds = step.toMillis() / 1_000.0;
    }

    /** Lets a step's load in and works at it; the share of the ready replicas' capacity that it takes. */
    double work(double load, int ready) {
        double waiting = length + load * seconds;
        double most = capacity * ready * seconds;
        double done = Math.min(waiting, most);
        length = waiting - done;
        return most == 0 ? (waiting > 0 ? 1 : 0) : done / most;
    }

    /** What waits, in the trace's unit times seconds: requests, where the trace has requests per second. */
    double length() {
        return length;
    }

    /** How long the last in the queue waits with so many replicas, in seconds. */
    double delay(int ready) {
        return length == 0 ? 0 : ready == 0 ? MOST_DELAY : Math.min(MOST_DELAY, length / (capacity * ready));
    }
}
