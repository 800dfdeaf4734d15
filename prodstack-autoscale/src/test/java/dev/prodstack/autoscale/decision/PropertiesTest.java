package dev.prodstack.autoscale.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.autoscale.decision.Decision.Scale;
import dev.prodstack.autoscale.decision.Finding.Asked;
import dev.prodstack.autoscale.decision.Finding.NoData;
import dev.prodstack.autoscale.decision.History.Move;
import dev.prodstack.core.scaling.ReplicaRange;
import dev.prodstack.core.scaling.ScalingPolicy;
import dev.prodstack.core.scaling.ScalingRule.Targets;
import dev.prodstack.core.scaling.WhenBlind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for every policy and every situation, tried on thousands of random ones. */
class PropertiesTest {
    private static final int SITUATIONS = "full".equals(System.getProperty("prodstack.tier")) ? 200_000 : 8_000;
    private static final int TICKS = 600;
    private static final Duration TICK = Duration.ofSeconds(15);

    @Test
    void aDecisionIsWithinBounds() {
        Random random = new Random(1);
        int moves = 0;
        for (int i = 0; i < SITUATIONS; i++) {
            RandomCase drawn = RandomCase.draw(random);
            Decision decision = drawn.decide();
            ReplicaRange bounds = drawn.policy().bounds();
            boolean off = decision instanceof Decision.Inactive;
            assertThat(off || bounds.contains(decision.replicas()))
                    .as("%d: %s", i, decision)
                    .isTrue();
            moves += decision instanceof Scale ? 1 : 0;
        }
        assertThat(moves).isGreaterThan(SITUATIONS / 5);
    }

    @Test
    void moreLoadNeverMeansFewerReplicas() {
        Random random = new Random(2);
        int more = 0;
        for (int i = 0; i < SITUATIONS; i++) {
            RandomCase drawn = RandomCase.drawSettled(random);
            RandomCase heavier = drawn.heavier(random);
            Decision decision = drawn.decide();
            Decision under = heavier.decide();
            assertThat(under.replicas())
                    .as("%d: %s and under more load %s", i, decision, under)
                    .isGreaterThanOrEqualTo(decision.replicas());
            more += under.replicas() > decision.replicas() ? 1 : 0;
        }
        assertThat(more).isGreaterThan(SITUATIONS / 20);
    }

    @Test
    void aDecisionNeverGoesAgainstAllMetricsWithData() {
        Random random = new Random(3);
        int tried = 0;
        for (int i = 0; i < SITUATIONS; i++) {
            RandomCase drawn = RandomCase.draw(random);
            Decision decision = drawn.decide();
            boolean lifted = drawn.policy().rule() instanceof Targets targets
                    && targets.behavior().isEmpty();
            if (!drawn.policy().bounds().contains(decision.current()) || !hasAsked(decision)) {
                continue;
            }
            tried++;
            int lowest =
                    asked(decision).stream().mapToInt(Asked::replicas).min().orElse(Integer.MIN_VALUE);
            int highest =
                    asked(decision).stream().mapToInt(Asked::replicas).max().orElse(Integer.MAX_VALUE);
            if (lowest >= decision.current()) {
                assertThat(decision.replicas()).as("%d: %s", i, decision).isGreaterThanOrEqualTo(decision.current());
            }
            // without behavior, HPA takes up again what was recommended in the last five minutes
            if (highest <= decision.current() && !lifted) {
                assertThat(decision.replicas()).as("%d: %s", i, decision).isLessThanOrEqualTo(decision.current());
            }
        }
        assertThat(tried).isGreaterThan(SITUATIONS / 5);
    }

    private static boolean hasAsked(Decision decision) {
        return !asked(decision).isEmpty();
    }

    private static List<Asked> asked(Decision decision) {
        return decision.reasons().stream()
                .filter(Asked.class::isInstance)
                .map(Asked.class::cast)
                .toList();
    }

    @Test
    void withoutAllDataNothingIsTakenAwayUnlessAFallbackOrABoundSaysSo() {
        Random random = new Random(4);
        int blind = 0;
        for (int i = 0; i < SITUATIONS; i++) {
            RandomCase drawn = RandomCase.draw(random);
            Decision decision = drawn.decide();
            boolean gap = decision.reasons().stream().anyMatch(NoData.class::isInstance);
            boolean allowed = drawn.policy().whenBlind() instanceof WhenBlind.Replicas
                    || decision.current() > drawn.policy().bounds().max();
            if (gap && !allowed) {
                blind++;
                assertThat(decision.replicas()).as("%d: %s", i, decision).isGreaterThanOrEqualTo(decision.current());
            }
        }
        assertThat(blind).isGreaterThan(SITUATIONS / 20);
    }

    @Test
    void aDecisionDependsOnItsArgumentsAlone() {
        Random random = new Random(5);
        for (int i = 0; i < SITUATIONS / 10; i++) {
            RandomCase drawn = RandomCase.draw(random);
            assertThat(drawn.decide()).isEqualTo(drawn.decide());
        }
    }

    @Test
    void everyReasonCanBeRead() {
        Random random = new Random(6);
        for (int i = 0; i < SITUATIONS / 10; i++) {
            for (Reason reason : RandomCase.draw(random).decide().reasons()) {
                assertThat(reason.text()).isNotBlank().doesNotContain("null").doesNotEndWith(".");
                assertThat(reason.code()).matches("[A-Z][A-Za-z]+");
            }
        }
    }

    @Test
    void underConstantLoadAServiceComesToRest() {
        Random random = new Random(8);
        for (int i = 0; i < SITUATIONS / 80; i++) {
            ConstantLoad load = ConstantLoad.draw(random);
            List<Integer> counts = run(load, load.policy(), load.start());
            List<Integer> settled = counts.subList(TICKS / 2, TICKS);
            assertThat(settled).as("%d: %s: %s", i, load, counts).containsOnly(counts.get(TICKS - 1));
            assertThat(turns(counts)).as("%d: %s: %s", i, load, counts).isLessThanOrEqualTo(1);
        }
    }

    private static List<Integer> run(ConstantLoad load, ScalingPolicy policy, int start) {
        Instant now = Draft.NOW;
        History history = History.unknown();
        int current = start;
        List<Integer> counts = new ArrayList<>();
        for (int tick = 0; tick < TICKS; tick++) {
            Decision decision = Decider.decide(policy, load.situation(current, history, now), now);
            history = decision.history();
            if (decision instanceof Scale scale) {
                history = history.afterMove(new Move(now, scale.replicas() - current));
                current = scale.replicas();
            }
            counts.add(current);
            now = now.plus(TICK);
        }
        return counts;
    }

    private static int turns(List<Integer> counts) {
        int turns = 0;
        int last = 0;
        for (int i = 1; i < counts.size(); i++) {
            int direction = Integer.signum(counts.get(i) - counts.get(i - 1));
            turns += direction * last < 0 ? 1 : 0;
            last = direction == 0 ? last : direction;
        }
        return turns;
    }
}
