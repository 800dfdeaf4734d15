package dev.prodstack.bench;

import dev.prodstack.autoscale.decision.History;
import dev.prodstack.autoscale.decision.History.Move;
import dev.prodstack.autoscale.decision.History.Recommendation;
import dev.prodstack.autoscale.decision.Measurement;
import dev.prodstack.autoscale.decision.Replica;
import dev.prodstack.autoscale.decision.Replica.Readiness;
import dev.prodstack.autoscale.decision.Replica.State;
import dev.prodstack.autoscale.decision.Replica.Status;
import dev.prodstack.autoscale.decision.Replicas;
import dev.prodstack.autoscale.decision.Requests;
import dev.prodstack.autoscale.decision.Requests.Container;
import dev.prodstack.autoscale.decision.Requests.Share;
import dev.prodstack.autoscale.decision.Situation;
import dev.prodstack.core.scaling.Behavior;
import dev.prodstack.core.scaling.Cooldown;
import dev.prodstack.core.scaling.Metric;
import dev.prodstack.core.scaling.Quantity;
import dev.prodstack.core.scaling.ReplicaRange;
import dev.prodstack.core.scaling.ScalingPolicy;
import dev.prodstack.core.scaling.ScalingPolicy.Mode;
import dev.prodstack.core.scaling.ScalingRule.Targets;
import dev.prodstack.core.scaling.Signal;
import dev.prodstack.core.scaling.Signal.Basis;
import dev.prodstack.core.scaling.Signal.QueueCount;
import dev.prodstack.core.scaling.Signal.Resource;
import dev.prodstack.core.scaling.Tolerance;
import dev.prodstack.core.scaling.WarmUp;
import dev.prodstack.core.scaling.WhenBlind;
import dev.prodstack.core.value.ByteSize;
import dev.prodstack.core.value.CpuCount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Services to decide about: three metrics (CPU, memory, a queue), and 300 s of recommendations and moves at one look
 * every 15 s. Of the replicas, some start up, some lack a sample and some are being replaced. Equal seeds make equal
 * fleets.
 */
final class Fleet {
    static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    private static final Signal QUEUE = new Signal.Queue(List.of("jobs"), "/", QueueCount.READY_AND_UNACKED);
    private static final Duration WINDOW = Duration.ofSeconds(30);
    private static final int LOOKS = 20;

    private Fleet() {}

    static ScalingPolicy policy() {
        return new ScalingPolicy(
                new ReplicaRange(5, 500),
                new Targets(
                        List.of(
                                new Metric(
                                        "cpu",
                                        new Signal.Utilization(Resource.CPU, Basis.RESERVATION),
                                        Quantity.of(70)),
                                new Metric(
                                        "memory",
                                        new Signal.Utilization(Resource.MEMORY, Basis.LIMIT),
                                        Quantity.of(80)),
                                new Metric("queue", QUEUE, Quantity.of(100))),
                        Tolerance.standard(),
                        Optional.of(new Behavior(Behavior.standardUp(), Behavior.standardDown()))),
                Cooldown.standard(),
                List.of(),
                WhenBlind.Hold.HOLD,
                WarmUp.standard(),
                ScalingPolicy.DEFAULT_STALE_AFTER,
                Mode.ACTIVE);
    }

    static List<Situation> situations(int services, int replicas) {
        Random random = new Random(services);
        List<Situation> situations = new ArrayList<>(services);
        for (int i = 0; i < services; i++) {
            situations.add(situation(random, replicas));
        }
        return situations;
    }

    static Situation situation(Random random, int count) {
        double level = 0.5 + random.nextDouble();
        Share share = Share.of(CpuCount.parse("0.5"), ByteSize.parse("512M"));
        Requests requests = Requests.of(new Container(share, share));
        List<Replica> replicas = new ArrayList<>(count);
        Measurement.PerReplica.Builder cpu = Measurement.perReplica(count);
        Measurement.PerReplica.Builder memory = Measurement.perReplica(count);
        for (int i = 0; i < count; i++) {
            Instant started = NOW.minusSeconds(20 + random.nextInt(7_200));
            replicas.add(new Replica(
                    random.nextInt(30) == 0 ? State.REPLACING : State.RUNNING,
                    Optional.of(started),
                    Optional.of(new Readiness(Status.READY, started.plusSeconds(15))),
                    requests));
            if (random.nextInt(30) > 0) {
                Instant at = NOW.minusMillis(random.nextInt(15_000));
                cpu.add(i, 0.35 * level * (0.8 + 0.4 * random.nextDouble()), at, WINDOW);
                memory.add(i, 400e6 * level * (0.8 + 0.4 * random.nextDouble()), at);
            }
        }
        return new Situation(
                count,
                count,
                Replicas.of(replicas),
                Map.of(
                        "cpu",
                        cpu.build(),
                        "memory",
                        memory.build(),
                        "queue",
                        Measurement.total(100 * count * level * random.nextDouble(), NOW.minusSeconds(3))),
                history(random, count));
    }

    private static History history(Random random, int count) {
        List<Recommendation> recommendations = new ArrayList<>();
        List<Move> moves = new ArrayList<>();
        for (int i = LOOKS; i > 0; i--) {
            Instant at = NOW.minusSeconds(15L * i);
            recommendations.add(new Recommendation(at, count - 10 + random.nextInt(20)));
            if (i % 4 == 0) {
                moves.add(new Move(at, random.nextBoolean() ? 2 : -1));
            }
        }
        return History.empty()
                .withRecommendations(recommendations)
                .withMoves(moves)
                .withLooks(Optional.of(NOW.minusSeconds(86_400)), Optional.of(NOW.minusSeconds(15)));
    }
}
