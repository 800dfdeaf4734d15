package dev.prodstack.autoscale.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.autoscale.decision.History.Move;
import dev.prodstack.autoscale.decision.History.Recommendation;
import dev.prodstack.core.scaling.Behavior;
import dev.prodstack.core.scaling.Behavior.Rate;
import dev.prodstack.core.scaling.Behavior.Select;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Windows, rates and bounds agree with a second, plain implementation on random histories. */
class NaivePaceTest {
    private static final int SITUATIONS = 40_000;
    private static final List<Select> SELECTS =
            List.of(Select.MAX, Select.MAX, Select.MAX, Select.MIN, Select.MIN, Select.DISABLED);

    /** The rules as the HPA's documentation tells them, one stream for each sentence. */
    private record Naive(int current, int min, int max, List<Recommendation> recommendations, List<Move> moves) {

        int with(Behavior behavior, int wanted) {
            long lowest = LongStream.concat(
                            LongStream.of(wanted), recent(behavior.up().stabilizationWindow()))
                    .min()
                    .orElseThrow();
            long highest = LongStream.concat(
                            LongStream.of(wanted), recent(behavior.down().stabilizationWindow()))
                    .max()
                    .orElseThrow();
            long stable = Math.min(Math.max(current, lowest), highest);
            if (stable > current) {
                return (int) Math.min(stable, Math.min(max, Math.max(current, most(behavior.up()))));
            }
            return stable < current
                    ? (int) Math.max(stable, Math.max(min, Math.min(current, least(behavior.down()))))
                    : current;
        }

        int without(int wanted) {
            Instant oldest = Draft.NOW.minusSeconds(300);
            long stable = LongStream.concat(
                            LongStream.of(wanted),
                            recommendations.stream()
                                    .filter(past -> !past.at().isBefore(oldest))
                                    .mapToLong(Recommendation::replicas))
                    .max()
                    .orElseThrow();
            return (int) Math.max(min, Math.min(stable, Math.min(max, Math.max(2 * current, 4))));
        }

        private LongStream recent(Duration window) {
            return recommendations.stream()
                    .filter(past -> past.at().isAfter(Draft.NOW.minus(window)))
                    .mapToLong(Recommendation::replicas);
        }

        private long most(Behavior.Direction rules) {
            return select(rules, rate -> {
                long start = start(rate);
                return rate instanceof Rate.Percent percent
                        ? (long) Math.ceil((double) start * (1 + (double) percent.percent() / 100))
                        : start + ((Rate.Replicas) rate).count();
            });
        }

        private long least(Behavior.Direction rules) {
            return -select(rules, rate -> {
                long start = start(rate);
                return -(rate instanceof Rate.Percent percent
                        ? (long) ((double) start * (1 - (double) percent.percent() / 100))
                        : start - ((Rate.Replicas) rate).count());
            });
        }

        /** The largest or smallest limit, where a larger number means a larger change. */
        private long select(Behavior.Direction rules, ToLongFunction<Rate> limit) {
            LongStream limits = rules.rates().stream().mapToLong(limit);
            return switch (rules.select()) {
                case MAX -> limits.max().orElseThrow();
                case MIN -> limits.min().orElseThrow();
                case DISABLED -> Long.MIN_VALUE + 1;
            };
        }

        private long start(Rate rate) {
            Instant from = Draft.NOW.minus(rate.period());
            return current
                    - moves.stream()
                            .filter(move -> move.at().isAfter(from))
                            .mapToLong(Move::change)
                            .sum();
        }
    }

    @Test
    void bothImplementationsAllowTheSame() {
        Random random = new Random(7);
        int held = 0;
        for (int i = 0; i < SITUATIONS; i++) {
            int min = random.nextInt(10);
            int max = Math.max(1, min + random.nextInt(40));
            int current = min + random.nextInt(max - min + 1);
            int wanted = random.nextInt(60);
            Behavior behavior = new Behavior(direction(random), direction(random));
            List<Recommendation> recommendations = new ArrayList<>();
            List<Move> moves = new ArrayList<>();
            for (int j = random.nextInt(6); j > 0; j--) {
                recommendations.add(new Recommendation(past(random), random.nextInt(60)));
                moves.add(new Move(past(random), 1 + random.nextInt(9) * (random.nextBoolean() ? 1 : -2)));
            }
            Draft draft = new Draft()
                    .bounds(min, max)
                    .current(current)
                    .wants(wanted)
                    .history(
                            History.empty().withRecommendations(recommendations).withMoves(moves));
            Naive naive = new Naive(current, min, max, recommendations, moves);
            boolean bare = random.nextInt(4) == 0;
            Decision decision =
                    (bare ? draft.withoutBehavior() : draft.behavior(behavior.up(), behavior.down())).decide();
            assertThat(decision.replicas())
                    .as("situation %d: %s wanted %d %s", i, naive, wanted, bare ? "without behavior" : behavior)
                    .isEqualTo(bare ? naive.without(wanted) : naive.with(behavior, wanted));
            held += decision.replicas() == wanted ? 0 : 1;
        }
        assertThat(held).isBetween(SITUATIONS / 4, SITUATIONS - SITUATIONS / 20);
    }

    private static Behavior.Direction direction(Random random) {
        List<Rate> rates = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            Duration period = Duration.ofSeconds(15L * (1 + random.nextInt(8)));
            rates.add(
                    random.nextBoolean()
                            ? new Rate.Percent(1 + random.nextInt(150), period)
                            : new Rate.Replicas(1 + random.nextInt(9), period));
        }
        Duration window = Duration.ofSeconds(random.nextInt(4) == 0 ? 0 : 15L * random.nextInt(24));
        return new Behavior.Direction(window, SELECTS.get(random.nextInt(SELECTS.size())), rates);
    }

    private static Instant past(Random random) {
        return Draft.NOW.minusSeconds(15L * random.nextInt(26));
    }
}
