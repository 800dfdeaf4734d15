package dev.prodstack.autoscale.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.autoscale.decision.Finding.Asked;
import dev.prodstack.autoscale.decision.NaiveHpa.Drawn;
import dev.prodstack.autoscale.decision.NaiveHpa.Kind;
import dev.prodstack.autoscale.decision.Replica.Readiness;
import dev.prodstack.autoscale.decision.Replica.State;
import dev.prodstack.autoscale.decision.Replica.Status;
import dev.prodstack.autoscale.decision.Requests.Container;
import dev.prodstack.autoscale.decision.Requests.Share;
import dev.prodstack.core.scaling.Behavior;
import dev.prodstack.core.scaling.Metric;
import dev.prodstack.core.scaling.Quantity;
import dev.prodstack.core.scaling.ScalingRule.Targets;
import dev.prodstack.core.scaling.Signal;
import dev.prodstack.core.scaling.Signal.Basis;
import dev.prodstack.core.scaling.Signal.Reading;
import dev.prodstack.core.scaling.Signal.Resource;
import dev.prodstack.core.scaling.Tolerance;
import dev.prodstack.core.scaling.WarmUp;
import dev.prodstack.core.value.ByteSize;
import dev.prodstack.core.value.CpuCount;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The calculation and its second implementation agree on random situations. */
class NaiveHpaTest {
    private static final int SITUATIONS = 40_000;
    private static final int INITIALIZATION = 120;
    private static final int DELAY = 10;
    private static final List<State> STATES = List.of(State.values());

    @ParameterizedTest
    @EnumSource(Kind.class)
    void bothImplementationsAskForTheSame(Kind kind) {
        Random random = new Random(kind.name().hashCode());
        Map<Boolean, Integer> answers = new TreeMap<>();
        Map<Finding.Verdict, Integer> verdicts = new EnumMap<>(Finding.Verdict.class);
        for (int i = 0; i < SITUATIONS; i++) {
            Round round = Round.draw(random, kind);
            OptionalInt expected = round.naive().replicas(kind, round.target());
            Reason found = round.draft().decide().reasons().get(0);
            OptionalInt asked = found instanceof Asked answer ? OptionalInt.of(answer.replicas()) : OptionalInt.empty();
            assertThat(asked)
                    .as("situation %d: %s target %d", i, round.naive(), round.target())
                    .isEqualTo(expected);
            answers.merge(expected.isPresent(), 1, Integer::sum);
            if (found instanceof Asked answer) {
                verdicts.merge(answer.verdict(), 1, Integer::sum);
            }
        }
        assertThat(answers).containsOnlyKeys(true, false);
        assertThat(verdicts).containsOnlyKeys(Finding.Verdict.values());
    }

    /** One random situation in the form of either implementation. */
    private record Round(Draft draft, NaiveHpa naive, long target) {

        static Round draw(Random random, Kind kind) {
            int size = random.nextInt(9);
            int current = 1 + (random.nextInt(3) == 0 ? random.nextInt(12) : Math.max(0, size - 1));
            boolean share = kind == Kind.CPU_SHARE || kind == Kind.MEMORY_SHARE;
            long target = share ? 1 + random.nextInt(150) : 1 + random.nextInt(random.nextBoolean() ? 5 : 500);
            long level = Math.max(1, Math.round(target * (0.4 + 1.2 * random.nextDouble())));
            Tolerance tolerance = new Tolerance(random.nextInt(4) / 10d, random.nextInt(4) / 10d);
            WarmUp warmUp = new WarmUp(Duration.ofSeconds(INITIALIZATION), Duration.ofSeconds(DELAY));
            Map<String, Replica> replicas = new TreeMap<>();
            Map<String, Drawn> samples = new TreeMap<>();
            Map<String, Long> requests = new TreeMap<>();
            Measurement.PerReplica.Builder measured = Measurement.perReplica(size);
            for (int i = 0; i < size; i++) {
                String name = "r" + i;
                long request = (kind == Kind.MEMORY_SHARE ? 1_000L : 100L) * (1 + random.nextInt(20));
                Replica replica = replica(random, request);
                replicas.put(name, replica);
                requests.put(name, request);
                if (random.nextInt(6) > 0) {
                    long scale = share ? request * level / 100 : level;
                    Drawn drawn = new Drawn(
                            random.nextInt(8) == 0 ? 0 : Math.round(scale * (0.7 + 0.6 * random.nextDouble())),
                            Draft.NOW.minusSeconds(random.nextInt(4)),
                            Duration.ofSeconds(random.nextInt(3) * 10L));
                    samples.put(name, drawn);
                    measured.add(i, drawn.thousandths() / 1_000d, drawn.at(), drawn.window());
                }
            }
            Draft draft = new Draft()
                    .rule(new Targets(
                            List.of(metric(kind, target)),
                            tolerance,
                            Optional.of(new Behavior(Draft.FREE, Draft.FREE))))
                    .warmUp(INITIALIZATION, DELAY)
                    .current(current)
                    .replicas(List.copyOf(replicas.values()))
                    .measured("m", measured.build());
            NaiveHpa naive = new NaiveHpa(replicas, samples, requests, current, tolerance, warmUp, Draft.NOW);
            return new Round(draft, naive, target);
        }

        private static Replica replica(Random random, long request) {
            State state = random.nextInt(3) > 0 ? State.RUNNING : STATES.get(random.nextInt(STATES.size()));
            int age = random.nextBoolean() ? 110 + random.nextInt(20) : random.nextInt(600);
            Optional<Instant> started =
                    random.nextInt(12) == 0 ? Optional.empty() : Optional.of(Draft.NOW.minusSeconds(age));
            int turned = random.nextBoolean() ? Math.max(0, age - 8 - random.nextInt(5)) : random.nextInt(age + 1);
            Status status = random.nextInt(4) == 0 ? Status.UNREADY : Status.READY;
            Optional<Readiness> readiness = random.nextInt(12) == 0
                    ? Optional.empty()
                    : Optional.of(new Readiness(status, Draft.NOW.minusSeconds(turned)));
            Share given = Share.of(new CpuCount(request * 1_000_000), new ByteSize(request / 1_000));
            return new Replica(state, started, readiness, Requests.of(new Container(given, given)));
        }

        private static Metric metric(Kind kind, long target) {
            return switch (kind) {
                case CPU_SHARE ->
                    new Metric("m", new Signal.Utilization(Resource.CPU, Basis.RESERVATION), Quantity.of(target));
                case MEMORY_SHARE ->
                    new Metric("m", new Signal.Utilization(Resource.MEMORY, Basis.LIMIT), Quantity.of(target));
                case CPU_USE -> new Metric("m", new Signal.Usage(Resource.CPU), new Quantity(target));
                case TASK -> new Metric("m", new Signal.Query("q", Reading.PER_TASK), new Quantity(target));
            };
        }
    }
}
