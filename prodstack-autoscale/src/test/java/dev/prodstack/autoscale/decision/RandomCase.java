package dev.prodstack.autoscale.decision;

import dev.prodstack.autoscale.decision.History.Move;
import dev.prodstack.autoscale.decision.History.Recommendation;
import dev.prodstack.core.scaling.Behavior;
import dev.prodstack.core.scaling.Behavior.Rate;
import dev.prodstack.core.scaling.Behavior.Select;
import dev.prodstack.core.scaling.Cooldown;
import dev.prodstack.core.scaling.Metric;
import dev.prodstack.core.scaling.Quantity;
import dev.prodstack.core.scaling.ReplicaRange;
import dev.prodstack.core.scaling.ScalingPolicy;
import dev.prodstack.core.scaling.ScalingPolicy.Mode;
import dev.prodstack.core.scaling.ScalingRule;
import dev.prodstack.core.scaling.ScalingRule.Step;
import dev.prodstack.core.scaling.ScalingRule.Targets;
import dev.prodstack.core.scaling.ScalingRule.Thresholds;
import dev.prodstack.core.scaling.Signal;
import dev.prodstack.core.scaling.Threshold;
import dev.prodstack.core.scaling.Tolerance;
import dev.prodstack.core.scaling.WarmUp;
import dev.prodstack.core.scaling.WhenBlind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A random policy and situation, whose loads are kept as numbers so that they can be raised.
 *
 * @param policy the policy, with the metrics {@code cpu}, {@code task}, {@code value} and {@code queue}
 * @param current the count the service is set to
 * @param herd the replicas as {@link Herd} reads them, without samples
 * @param cpu the CPU use of each replica in thousandths; negative for none
 * @param task another number of each replica; negative for none
 * @param value a number for all; negative for none
 * @param queue another number for all; negative for none
 * @param history the history
 */
record RandomCase(
        ScalingPolicy policy,
        int current,
        List<Replica> herd,
        List<Long> cpu,
        List<Long> task,
        double value,
        double queue,
        History history) {
    private static final String[] STATES = {"", "", "", "", ":pending", ":failed", ":deleting", ":replacing"};

    /** Anything may be the case. */
    static RandomCase draw(Random random) {
        int size = random.nextInt(12);
        int current = random.nextInt(3) > 0 ? size : random.nextInt(14);
        StringBuilder herd = new StringBuilder();
        for (int i = 0; i < size; i++) {
            herd.append("-/1000").append(STATES[random.nextInt(STATES.length)]);
            if (random.nextInt(4) == 0) {
                herd.append(":started=")
                        .append(random.nextInt(400))
                        .append(":unready=")
                        .append(random.nextInt(400));
            }
            herd.append(' ');
        }
        return draw(random, size, current, herd.toString(), 5);
    }

    /** The count is that of the replicas, which run or are pending and of which some may lack samples. */
    static RandomCase drawSettled(Random random) {
        int size = 1 + random.nextInt(12);
        StringBuilder herd = new StringBuilder();
        boolean pending = random.nextInt(3) == 0;
        for (int i = 0; i < size; i++) {
            herd.append(pending && random.nextInt(4) == 0 ? "-/1000:pending " : "-/1000 ");
        }
        RandomCase drawn = draw(random, size, size, herd.toString(), 9);
        return pending ? drawn.withoutValue() : drawn;
    }

    private static RandomCase draw(Random random, int size, int current, String herd, int oftenMeasured) {
        double level = 0.2 + 1.8 * random.nextDouble();
        List<Long> cpu = new ArrayList<>();
        List<Long> task = new ArrayList<>();
        boolean cpuFails = random.nextInt(8) == 0;
        for (int i = 0; i < size; i++) {
            boolean has = random.nextInt(oftenMeasured) > 0;
            cpu.add(has && !cpuFails ? Math.round(500 * level * (0.7 + 0.6 * random.nextDouble())) : -1);
            task.add(has ? Math.round(100 * level * (0.7 + 0.6 * random.nextDouble())) : -1);
        }
        boolean noQueue = random.nextInt(2 * oftenMeasured) == 0;
        return new RandomCase(
                policy(random),
                current,
                Herd.of(herd).replicas(),
                cpu,
                task,
                random.nextInt(2 * oftenMeasured) == 0 ? -1 : level * random.nextDouble(),
                noQueue ? -1 : level * 10 * current * random.nextDouble(),
                history(random));
    }

    /** A value is spread over the ready replicas alone, in HPA too, so that a higher one may ask for fewer. */
    private RandomCase withoutValue() {
        return new RandomCase(policy, current, herd, cpu, task, -1, queue, history);
    }

    /** The same with some of the numbers raised. */
    RandomCase heavier(Random random) {
        return new RandomCase(
                policy,
                current,
                herd,
                raised(cpu, random),
                raised(task, random),
                value < 0 ? value : value * (1 + random.nextDouble()),
                queue < 0 ? queue : queue + random.nextInt(30),
                history);
    }

    private static List<Long> raised(List<Long> numbers, Random random) {
        return numbers.stream()
                .map(number -> number < 0 || random.nextBoolean() ? number : number + random.nextInt(200))
                .toList();
    }

    Decision decide() {
        Map<String, Measurement> measurements = new HashMap<>();
        measurements.put("cpu", samples(cpu));
        measurements.put("task", samples(task));
        measurements.put("value", Measurement.total(value < 0 ? Double.NaN : value, Draft.NOW));
        measurements.put("queue", queue < 0 ? Measurement.failed("no answer") : Measurement.total(queue, Draft.NOW));
        Situation situation = new Situation(current, current, Replicas.of(herd), measurements, history);
        return Decider.decide(policy, situation, Draft.NOW);
    }

    private static Measurement samples(List<Long> numbers) {
        Measurement.PerReplica.Builder samples = Measurement.perReplica(numbers.size());
        for (int i = 0; i < numbers.size(); i++) {
            if (numbers.get(i) >= 0) {
                samples.add(i, numbers.get(i) / 1_000d, Draft.NOW);
            }
        }
        return samples.build();
    }

    private static ScalingPolicy policy(Random random) {
        int min = random.nextInt(6);
        int max = Math.max(1, min + random.nextInt(20));
        WhenBlind blind = random.nextInt(3) == 0
                ? new WhenBlind.Replicas(min + random.nextInt(max - min + 1), 1 + random.nextInt(3))
                : WhenBlind.Hold.HOLD;
        return new ScalingPolicy(
                new ReplicaRange(min, max),
                random.nextInt(3) > 0 ? targets(random) : thresholds(random),
                random.nextInt(3) > 0
                        ? Cooldown.none()
                        : new Cooldown(Duration.ofSeconds(random.nextInt(60)), Duration.ofSeconds(random.nextInt(300))),
                List.of(),
                blind,
                WarmUp.standard(),
                ScalingPolicy.DEFAULT_STALE_AFTER,
                random.nextInt(10) == 0 ? Mode.DRY_RUN : Mode.ACTIVE);
    }

    private static List<Signal> signals(Random random) {
        List<Signal> signals = new ArrayList<>();
        for (String text : List.of("cpu 1", "task 1", "value 1", "shared 1")) {
            signals.add(TargetFormTest.metric(text).signal());
        }
        while (signals.size() > 1 && random.nextInt(3) > 0) {
            signals.remove(random.nextInt(signals.size()));
        }
        return signals.stream().allMatch(Signal::needsReplicas)
                ? List.of(signals.get(0), TargetFormTest.metric("shared 1").signal())
                : signals;
    }

    private static String name(Signal signal) {
        return signal.label().replace("prometheus ", "").replace("shared", "queue");
    }

    private static Quantity target(Signal signal) {
        return switch (name(signal)) {
            case "cpu" -> Quantity.of(50);
            case "task" -> new Quantity(100);
            case "value" -> new Quantity(500);
            default -> Quantity.of(5);
        };
    }

    private static ScalingRule targets(Random random) {
        Optional<Behavior> behavior = random.nextInt(4) == 0
                ? Optional.empty()
                : Optional.of(new Behavior(direction(random), direction(random)));
        List<Metric> metrics = signals(random).stream()
                .map(signal -> new Metric(name(signal), signal, target(signal)))
                .toList();
        return new Targets(metrics, new Tolerance(random.nextInt(3) / 10d, random.nextInt(3) / 10d), behavior);
    }

    private static ScalingRule thresholds(Random random) {
        List<Threshold> thresholds = signals(random).stream()
                .map(signal -> new Threshold(
                        name(signal),
                        signal,
                        target(signal),
                        new Quantity(target(signal).thousandths() / 2_000 * 1_000)))
                .toList();
        return new Thresholds(thresholds, new Step(1 + random.nextInt(4), 1 + random.nextInt(4)));
    }

    private static Behavior.Direction direction(Random random) {
        if (random.nextBoolean()) {
            return Draft.FREE;
        }
        Duration period = Duration.ofSeconds(15L * (1 + random.nextInt(4)));
        Rate rate = random.nextBoolean()
                ? new Rate.Replicas(1 + random.nextInt(4), period)
                : new Rate.Percent(10 + random.nextInt(150), period);
        Select select = random.nextInt(10) == 0 ? Select.DISABLED : Select.MAX;
        return new Behavior.Direction(Duration.ofSeconds(15L * random.nextInt(20)), select, List.of(rate));
    }

    private static History history(Random random) {
        if (random.nextInt(8) == 0) {
            return History.unknown();
        }
        List<Recommendation> recommendations = new ArrayList<>();
        List<Move> moves = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            Instant at = Draft.NOW.minusSeconds(random.nextInt(400));
            recommendations.add(new Recommendation(at, random.nextInt(20)));
            moves.add(new Move(at, random.nextBoolean() ? 1 : -2));
        }
        return History.empty()
                .withRecommendations(recommendations)
                .withMoves(random.nextBoolean() ? moves : List.of())
                .withBlindLooks(random.nextInt(3));
    }
}
