package dev.prodstack.core.scaling;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * How fast a replica count may change, as {@code behavior} of an HPA object.
 *
 * @param up on the way up
 * @param down on the way down
 */
public record Behavior(Direction up, Direction down) {
    private static final Duration PERIOD = Duration.ofSeconds(15);

    /** Checks that nothing is missing. */
    public Behavior {
        Objects.requireNonNull(up, "up");
        Objects.requireNonNull(down, "down");
    }

    /** What HPA takes where {@code scaleUp} is not given: no window; 4 replicas or 100 % in 15 s, the larger. */
    public static Direction standardUp() {
        return new Direction(
                Duration.ZERO, Select.MAX, List.of(new Rate.Replicas(4, PERIOD), new Rate.Percent(100, PERIOD)));
    }

    /** What HPA takes where {@code scaleDown} is not given: a window of five minutes; 100 % in 15 s. */
    public static Direction standardDown() {
        return new Direction(Duration.ofMinutes(5), Select.MAX, List.of(new Rate.Percent(100, PERIOD)));
    }

    /**
     * One direction.
     *
     * @param stabilizationWindow the span of past recommendations of which the most cautious one holds; whole seconds,
     *     0 to 3600
     * @param select which of the rates holds
     * @param rates the rates; at least one
     */
    public record Direction(Duration stabilizationWindow, Select select, List<Rate> rates) {
        /** The longest window. */
        public static final Duration MAX_WINDOW = Duration.ofHours(1);

        /** Checks the window and that there is a rate. */
        public Direction {
            rates = List.copyOf(rates);
            Objects.requireNonNull(select, "select");
            if (!isWholeSeconds(stabilizationWindow, 0, MAX_WINDOW.toSeconds())) {
                throw new IllegalArgumentException(
                        "a stabilization window is a whole number of seconds from 0 to 3600");
            }
            if (rates.isEmpty()) {
                throw new IllegalArgumentException(
                        "expected at least one rate; to forbid a direction, select disabled");
            }
        }
    }

    /** Which of several rates holds. */
    public enum Select {
        /** The one that allows the largest change. */
        MAX,
        /** The one that allows the smallest change. */
        MIN,
        /** None: the count does not change in this direction. */
        DISABLED;

        /** The name as Compose files write it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The largest change within a period. */
    public sealed interface Rate {
        /** The span of time over which changes are added up; whole seconds, 1 to 1800. */
        Duration period();

        /** The longest period. */
        Duration MAX_PERIOD = Duration.ofMinutes(30);

        /**
         * A number of replicas.
         *
         * @param count the replicas, 1 or more
         * @param period the span of time
         */
        record Replicas(int count, Duration period) implements Rate {
            /** Checks the ranges. */
            public Replicas {
                check(count, period);
            }
        }

        /**
         * A percentage of the replicas at the period's start.
         *
         * @param percent the percentage, 1 or more
         * @param period the span of time
         */
        record Percent(int percent, Duration period) implements Rate {
            /** Checks the ranges. */
            public Percent {
                check(percent, period);
            }
        }

        private static void check(int change, Duration period) {
            if (change < 1) {
                throw new IllegalArgumentException("a rate is 1 or more, not " + change);
            }
            if (!isWholeSeconds(period, 1, MAX_PERIOD.toSeconds())) {
                throw new IllegalArgumentException("a rate's period is a whole number of seconds from 1 to 1800");
            }
        }
    }

    private static boolean isWholeSeconds(Duration time, long least, long most) {
        long seconds = time.toSeconds();
        return time.equals(Duration.ofSeconds(seconds)) && seconds >= least && seconds <= most;
    }
}
