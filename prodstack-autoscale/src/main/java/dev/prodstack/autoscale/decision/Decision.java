package dev.prodstack.autoscale.decision;

import java.util.List;
import java.util.Objects;

/** What to do about a service's replica count, and why. */
public sealed interface Decision {

    /** The count the service is set to. */
    int current();

    /** The count it should be set to. */
    int replicas();

    /**
     * Every step that led here, in the order in which they were taken: first what the metrics asked for, then what
     * windows, rates, bounds and cooldowns did to it.
     */
    List<Reason> reasons();

    /** What to remember until the next look. After {@link Scale} was carried out: {@link History#afterMove} of it. */
    History history();

    /**
     * Set the service to another count.
     *
     * @param current the count it is set to
     * @param replicas the count it should be set to; another one
     * @param wanted the count that the metrics, or a bound that was passed, asked for
     * @param reasons every step that led here
     * @param history what to remember
     */
    record Scale(int current, int replicas, int wanted, List<Reason> reasons, History history) implements Decision {
        /** Checks that there is something to do. */
        public Scale {
            reasons = List.copyOf(reasons);
            Objects.requireNonNull(history, "history");
            if (replicas == current || replicas < 0) {
                throw new IllegalArgumentException("no move from " + current + " to " + replicas + " replicas");
            }
        }

        /** Which way. */
        public Direction direction() {
            return replicas > current ? Direction.UP : Direction.DOWN;
        }
    }

    /**
     * Leave the count as it is: it is right, or something restrains a move.
     *
     * @param current the count the service is set to
     * @param wanted the count that the metrics asked for; where it is another one, the reasons say what held it back
     * @param reasons every step that led here
     * @param history what to remember
     */
    record Keep(int current, int wanted, List<Reason> reasons, History history) implements Decision {
        /** Copies the reasons. */
        public Keep {
            reasons = List.copyOf(reasons);
            Objects.requireNonNull(history, "history");
        }

        @Override
        public int replicas() {
            return current;
        }
    }

    /**
     * Leave the count as it is, because what would be needed to decide is missing or cannot be trusted.
     *
     * @param current the count the service is set to
     * @param reasons what is missing
     * @param history what to remember
     */
    record Hold(int current, List<Reason> reasons, History history) implements Decision {
        /** Copies the reasons. */
        public Hold {
            reasons = List.copyOf(reasons);
            Objects.requireNonNull(history, "history");
        }

        @Override
        public int replicas() {
            return current;
        }
    }

    /**
     * Leave the service alone: its policy is paused, or somebody has set it to no replicas at all.
     *
     * @param current the count the service is set to
     * @param reasons which of the two
     * @param history what to remember
     */
    record Inactive(int current, List<Reason> reasons, History history) implements Decision {
        /** Copies the reasons. */
        public Inactive {
            reasons = List.copyOf(reasons);
            Objects.requireNonNull(history, "history");
        }

        @Override
        public int replicas() {
            return current;
        }
    }
}
