package dev.prodstack.autoscale.metrics;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How fast a counter grows at the end of a span, from its raw samples: over the last 30 seconds before the latest one,
 * or since the one before it where samples come seldom. A counter that fell has begun anew from 0.
 *
 * @param perSecond the growth per second; {@code NaN} if a sample is no number
 * @param window the span from the first sample that counts to the last
 */
record CounterRate(double perSecond, Duration window) {
    private static final double SPAN = 30;
    private static final double NANOS = 1e9;

    /** A sample: its time in seconds, and the counter. */
    record Point(double seconds, double value) {}

    /** The rate, if there are two samples of different times. */
    static Optional<CounterRate> of(List<Point> points) {
        int last = points.size() - 1;
        if (last < 1) {
            return Optional.empty();
        }
        int first = last - 1;
        while (first > 0 && points.get(last).seconds() - points.get(first - 1).seconds() <= SPAN) {
            first--;
        }
        double span = points.get(last).seconds() - points.get(first).seconds();
        if (!(span > 0)) {
            return Optional.empty();
        }
        double grown = 0;
        for (int i = first + 1; i <= last; i++) {
            double value = points.get(i).value();
            double before = points.get(i - 1).value();
            grown += value < before ? value : value - before;
        }
        return Optional.of(new CounterRate(grown / span, Duration.ofNanos((long) (span * NANOS))));
    }
}
