package dev.prodstack.core.compose.operations;

import dev.prodstack.core.cron.CronExpression;
import dev.prodstack.core.cron.CronWindow;
import dev.prodstack.core.rollout.Analysis;
import dev.prodstack.core.rollout.Condition;
import dev.prodstack.core.rollout.Migration;
import dev.prodstack.core.rollout.RolloutStrategy;
import dev.prodstack.core.rollout.RolloutStrategy.Pause;
import dev.prodstack.core.rollout.RolloutStrategy.Step;
import dev.prodstack.core.scaling.Behavior;
import dev.prodstack.core.scaling.Behavior.Rate;
import dev.prodstack.core.scaling.Cooldown;
import dev.prodstack.core.scaling.Metric;
import dev.prodstack.core.scaling.MetricSources;
import dev.prodstack.core.scaling.MetricSources.Credentials;
import dev.prodstack.core.scaling.MetricSources.Endpoint;
import dev.prodstack.core.scaling.Quantity;
import dev.prodstack.core.scaling.ReplicaRange;
import dev.prodstack.core.scaling.ScalingPolicy;
import dev.prodstack.core.scaling.ScalingRule;
import dev.prodstack.core.scaling.ScheduledBounds;
import dev.prodstack.core.scaling.Signal;
import dev.prodstack.core.scaling.Signal.Basis;
import dev.prodstack.core.scaling.Signal.QueueCount;
import dev.prodstack.core.scaling.Signal.Reading;
import dev.prodstack.core.scaling.Signal.Resource;
import dev.prodstack.core.scaling.Threshold;
import dev.prodstack.core.scaling.Tolerance;
import dev.prodstack.core.scaling.WarmUp;
import dev.prodstack.core.scaling.WhenBlind;
import dev.prodstack.core.stack.Operations;
import dev.prodstack.core.stack.StackOperations;
import dev.prodstack.core.value.HttpAddress;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/** Makes operations of every kind, valid in the stack of {@link Snippet}. */
final class PolicyGenerator {
    private final Draw draw;
    private final BackupGenerator backups;

    PolicyGenerator(long seed) {
        this.draw = new Draw(new Random(seed));
        this.backups = new BackupGenerator(draw);
    }

    Operations operations() {
        return new Operations(
                draw.maybe(this::policy),
                draw.maybe(backups::policy),
                rollout(),
                draw.maybe(this::migration),
                new LinkedHashSet<>(draw.some(() -> draw.of("moving-tag", "no-cpu-limit", "x9-b"), 0)));
    }

    StackOperations stackOperations() {
        return new StackOperations(
                new MetricSources(draw.span(), draw.maybe(this::endpoint), draw.maybe(this::endpoint)),
                draw.maybe(backups::plan),
                new LinkedHashSet<>(draw.some(() -> draw.of("moving-tag", "no-cpu-limit", "x9-b"), 0)));
    }

    private Endpoint endpoint() {
        Credentials credentials = draw.of(
                Credentials.None.NONE,
                new Credentials.Basic(draw.of("admin", "12", "a b"), draw.password()),
                new Credentials.Bearer(draw.password()));
        return new Endpoint(
                HttpAddress.parse("https://metrics.example.com:9090/prom"), credentials, draw.maybe(draw::path));
    }

    private ScalingPolicy policy() {
        int min = 1 + draw.below(20);
        ReplicaRange bounds = new ReplicaRange(min, min + draw.below(50));
        return new ScalingPolicy(
                bounds,
                draw.toss() ? targets() : thresholds(),
                new Cooldown(draw.time(), draw.time()),
                draw.some(() -> schedule(bounds), 0),
                draw.toss() ? WhenBlind.Hold.HOLD : new WhenBlind.Replicas(bounds.max(), 1 + draw.below(9)),
                new WarmUp(draw.time(), draw.time()),
                draw.span(),
                draw.of(ScalingPolicy.Mode.values()));
    }

    private ScheduledBounds schedule(ReplicaRange bounds) {
        CronExpression start = draw.cron();
        CronExpression end = draw.cron();
        while (end.equals(start)) {
            end = draw.cron();
        }
        CronWindow window = new CronWindow(start, end, draw.zone());
        OptionalInt min = draw.number(bounds.min());
        OptionalInt max = min.isEmpty() ? OptionalInt.of(bounds.max() + 1) : draw.number(bounds.max());
        return new ScheduledBounds(draw.maybe(draw::text), window, min, max);
    }

    private ScalingRule targets() {
        List<Metric> metrics = new ArrayList<>();
        for (Signal signal : draw.some(this::signal, 1)) {
            Quantity target = value(signal, 1);
            boolean named = metrics.stream().anyMatch(metric -> metric.name().equals(signal.label())) || draw.toss();
            metrics.add(named ? new Metric("m" + metrics.size(), signal, target) : Metric.of(signal, target));
        }
        return new ScalingRule.Targets(
                metrics,
                new Tolerance(draw.below(100) / 100.0, draw.below(1000) / 1000.0),
                draw.maybe(() -> new Behavior(direction(), direction())));
    }

    private ScalingRule thresholds() {
        List<Threshold> thresholds = new ArrayList<>();
        for (Signal signal : draw.some(this::signal, 1)) {
            Quantity below = value(signal, 0);
            Quantity above = new Quantity(below.thousandths() + 1_000);
            thresholds.add(new Threshold("t" + thresholds.size(), signal, above, below));
        }
        return new ScalingRule.Thresholds(thresholds, new ScalingRule.Step(1 + draw.below(5), 1 + draw.below(5)));
    }

    /** The stack has no reservation of memory, of which there could be a percentage. */
    private Signal signal() {
        return draw.of(
                new Signal.Utilization(Resource.CPU, draw.of(Basis.values())),
                new Signal.Utilization(Resource.MEMORY, Basis.LIMIT),
                new Signal.Usage(draw.of(Resource.values())),
                new Signal.Queue(draw.names(1), draw.text(), draw.of(QueueCount.values())),
                new Signal.Query(draw.text(), draw.of(Reading.values())));
    }

    private Quantity value(Signal signal, int least) {
        boolean whole = signal instanceof Signal.Utilization || signal instanceof Signal.Usage;
        return whole ? Quantity.of(least + draw.below(200)) : new Quantity(least + draw.below(5_000_000));
    }

    private Behavior.Direction direction() {
        return new Behavior.Direction(
                Duration.ofSeconds(draw.below(3601)),
                draw.of(Behavior.Select.values()),
                draw.some(
                        () -> {
                            Duration period = Duration.ofSeconds(1 + draw.below(1800));
                            return draw.of(
                                    new Rate.Percent(1 + draw.below(300), period),
                                    new Rate.Replicas(1 + draw.below(30), period));
                        },
                        1));
    }

    private RolloutStrategy rollout() {
        return switch (draw.below(3)) {
            case 0 -> RolloutStrategy.Rolling.ROLLING;
            case 1 ->
                new RolloutStrategy.BlueGreen(
                        draw.maybe(this::analysis),
                        draw.maybe(this::pause),
                        draw.maybe(this::analysis),
                        draw.time(),
                        draw.time());
            default -> new RolloutStrategy.Canary(steps(), draw.maybe(this::analysis), draw.time());
        };
    }

    private List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (int weight = 1 + draw.below(50); weight <= 100; weight += 1 + draw.below(50)) {
            steps.add(new Step.SetWeight(weight));
            if (draw.toss()) {
                steps.add(draw.toss() ? new Step.Wait(pause()) : new Step.Analyze(analysis()));
            }
        }
        return steps;
    }

    private Pause pause() {
        return draw.toss() ? Pause.UntilPromoted.UNTIL_PROMOTED : new Pause.For(draw.span());
    }

    private Analysis analysis() {
        List<Analysis.Measurement> measurements = new ArrayList<>();
        for (String query : draw.some(draw::text, 1)) {
            Optional<Condition> success = draw.maybe(this::condition);
            Optional<Condition> failure = success.isEmpty() ? Optional.of(condition()) : draw.maybe(this::condition);
            measurements.add(new Analysis.Measurement(
                    "m" + measurements.size(),
                    query,
                    success,
                    failure,
                    new Analysis.Limits(draw.below(3), draw.below(3), draw.below(9))));
        }
        return new Analysis(draw.span(), 1 + draw.below(20), measurements);
    }

    private Condition condition() {
        return new Condition(
                draw.of(Condition.Comparison.values()), BigDecimal.valueOf(draw.below(4_000) - 2_000L, draw.below(6)));
    }

    private Migration migration() {
        return new Migration(job(), draw.maybe(this::job));
    }

    private Migration.Job job() {
        return new Migration.Job(
                draw.some(draw::text, 1),
                draw.toss() ? Map.of() : Map.of("A", draw.text(), "B", ""),
                draw.span(),
                1 + draw.below(5));
    }
}
