package dev.prodstack.core.rollout;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Measurements of a new version, all taken together.
 *
 * <p>The verdicts are those of Argo Rollouts: a measurement fails if its failure condition holds, or if it has a
 * success condition that does not; it is inconclusive if it has both conditions and neither holds; else it succeeds.
 * More failures, inconclusive results or errors than their limits end the analysis. A failed analysis sends the new
 * version back, an inconclusive one pauses. Differing from Argo, <b>no data is a failure</b>, as in Flagger; an error
 * is a query that got no answer.
 *
 * @param interval the time between two rounds; above zero
 * @param rounds how many rounds, 1 or more; an analysis in the background goes on for as long as it is needed
 * @param measurements what is measured in each round; at least one
 */
public record Analysis(Duration interval, int rounds, List<Measurement> measurements) {
    /** The time between two rounds where an analysis does not say. */
    public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(30);

    /** How many rounds where an analysis does not say. */
    public static final int DEFAULT_ROUNDS = 5;

    /** Checks the ranges, and that no two measurements have the same name. */
    public Analysis {
        measurements = List.copyOf(measurements);
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("the interval between two rounds must be above zero");
        }
        if (rounds < 1) {
            throw new IllegalArgumentException("expected 1 round or more, not " + rounds);
        }
        if (measurements.isEmpty()) {
            throw new IllegalArgumentException("an analysis needs at least one measurement");
        }
        if (measurements.stream().map(Measurement::name).distinct().count() < measurements.size()) {
            throw new IllegalArgumentException("two measurements have the same name");
        }
    }

    /**
     * One measurement.
     *
     * @param name what to call it in reports; unique in its analysis
     * @param promql the Prometheus query, whose answer is one number
     * @param success the condition of success
     * @param failure the condition of failure; there is at least one of the two
     * @param limits how much is tolerated
     */
    public record Measurement(
            String name, String promql, Optional<Condition> success, Optional<Condition> failure, Limits limits) {
        /** Checks that there is a query and a condition. */
        public Measurement {
            Objects.requireNonNull(limits, "limits");
            if (name.isBlank()) {
                throw new IllegalArgumentException("a measurement needs a name");
            }
            if (promql.isBlank()) {
                throw new IllegalArgumentException("expected a PromQL query");
            }
            if (success.isEmpty() && failure.isEmpty()) {
                throw new IllegalArgumentException("a measurement needs a condition of success or of failure");
            }
        }
    }

    /**
     * How many bad results a measurement may have; one more ends the analysis.
     *
     * @param failures failed results, 0 or more
     * @param inconclusive inconclusive results, 0 or more
     * @param consecutiveErrors errors in a row, 0 or more
     */
    public record Limits(int failures, int inconclusive, int consecutiveErrors) {
        private static final Limits STANDARD = new Limits(0, 0, 4);

        /** Checks that none is negative. */
        public Limits {
            if (failures < 0 || inconclusive < 0 || consecutiveErrors < 0) {
                throw new IllegalArgumentException("a limit is not negative");
            }
        }

        /** No failure, nothing inconclusive, four errors in a row, as in Argo Rollouts. */
        public static Limits standard() {
            return STANDARD;
        }
    }
}
