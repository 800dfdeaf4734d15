package dev.prodstack.core.rollout;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How a new version of a service takes over from the old one. */
public sealed interface RolloutStrategy {
    /**
     * How long requests in flight have to finish after the old version gets no new ones, where a strategy is silent.
     */
    Duration DEFAULT_DRAIN = Duration.ofSeconds(30);

    /** Swarm replaces tasks group by group, as {@code deploy.update_config} says. */
    enum Rolling implements RolloutStrategy {
        /** The only way to roll. */
        ROLLING
    }

    /**
     * The new version starts beside the old one, at full size, and all traffic switches at once.
     *
     * @param beforeSwitch what the new version is measured by once all of its replicas are healthy
     * @param gate what to wait for before the switch, once the new version passed; nothing where absent
     * @param afterSwitch what it is measured by under real traffic; a failure switches back
     * @param drain how long requests in flight have after the switch
     * @param keepOld how long the old version stays, ready to switch back to, after everything passed
     */
    record BlueGreen(
            Optional<Analysis> beforeSwitch,
            Optional<Pause> gate,
            Optional<Analysis> afterSwitch,
            Duration drain,
            Duration keepOld)
            implements RolloutStrategy {
        /** How long the old version stays where a policy does not say. */
        public static final Duration DEFAULT_KEEP_OLD = Duration.ofSeconds(30);

        /** Checks that no time is negative. */
        public BlueGreen {
            Objects.requireNonNull(beforeSwitch, "beforeSwitch");
            Objects.requireNonNull(gate, "gate");
            Objects.requireNonNull(afterSwitch, "afterSwitch");
            checkTime(drain);
            checkTime(keepOld);
        }
    }

    /**
     * The new version gets a growing share of the traffic.
     *
     * @param steps the steps, in order; at least one sets a weight, and the weights ascend. After the last step the new
     *     version gets everything
     * @param background what the new version is measured by from the first weight to the last step; a failure sends it
     *     back at once
     * @param drain how long requests in flight have when a replica of the old version is taken out
     */
    record Canary(List<Step> steps, Optional<Analysis> background, Duration drain) implements RolloutStrategy {
        /** Checks the steps. */
        public Canary {
            steps = List.copyOf(steps);
            Objects.requireNonNull(background, "background");
            checkTime(drain);
            int weight = 0;
            for (Step step : steps) {
                if (step instanceof Step.SetWeight set) {
                    if (set.percent() <= weight) {
                        throw new IllegalArgumentException(
                                "the weights must ascend: " + set.percent() + " comes after " + weight);
                    }
                    weight = set.percent();
                }
            }
            if (weight == 0) {
                throw new IllegalArgumentException("a canary needs at least one step with a weight");
            }
        }
    }

    /** A step of a canary. */
    sealed interface Step {

        /**
         * Gives the new version a share of the traffic. Where nothing routes by weight, the nearest replica count
         * stands in for it, at least one of each version.
         *
         * @param percent the share in percent, 1 to 100
         */
        record SetWeight(int percent) implements Step {
            /** Checks the range. */
            public SetWeight {
                if (percent < 1 || percent > 100) {
                    throw new IllegalArgumentException("a weight is between 1 and 100 percent, not " + percent);
                }
            }
        }

        /**
         * Waits.
         *
         * @param pause for what
         */
        record Wait(Pause pause) implements Step {
            /** Checks that nothing is missing. */
            public Wait {
                Objects.requireNonNull(pause, "pause");
            }
        }

        /**
         * Measures the new version and goes on if that succeeds.
         *
         * @param analysis the measurements
         */
        record Analyze(Analysis analysis) implements Step {
            /** Checks that nothing is missing. */
            public Analyze {
                Objects.requireNonNull(analysis, "analysis");
            }
        }
    }

    /** What a rollout waits for. */
    sealed interface Pause {

        /** A pause without an end of its own. */
        enum UntilPromoted implements Pause {
            /** An operator promotes or aborts. */
            UNTIL_PROMOTED
        }

        /**
         * A while.
         *
         * @param duration how long; above zero
         */
        record For(Duration duration) implements Pause {
            /** Checks the duration. */
            public For {
                if (duration.isNegative() || duration.isZero()) {
                    throw new IllegalArgumentException("a pause must be above zero");
                }
            }
        }
    }

    private static void checkTime(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("a time is not negative");
        }
    }
}
