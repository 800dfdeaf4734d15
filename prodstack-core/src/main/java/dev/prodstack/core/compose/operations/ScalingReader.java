package dev.prodstack.core.compose.operations;

import dev.prodstack.core.compose.read.Fields;
import dev.prodstack.core.compose.read.Place;
import dev.prodstack.core.cron.CronExpression;
import dev.prodstack.core.cron.CronWindow;
import dev.prodstack.core.scaling.Behavior;
import dev.prodstack.core.scaling.Behavior.Direction;
import dev.prodstack.core.scaling.Behavior.Rate;
import dev.prodstack.core.scaling.Behavior.Select;
import dev.prodstack.core.scaling.Cooldown;
import dev.prodstack.core.scaling.Metric;
import dev.prodstack.core.scaling.ReplicaRange;
import dev.prodstack.core.scaling.ScalingPolicy;
import dev.prodstack.core.scaling.ScalingPolicy.Mode;
import dev.prodstack.core.scaling.ScalingRule;
import dev.prodstack.core.scaling.ScheduledBounds;
import dev.prodstack.core.scaling.Threshold;
import dev.prodstack.core.scaling.Tolerance;
import dev.prodstack.core.scaling.WarmUp;
import dev.prodstack.core.scaling.WhenBlind;
import dev.prodstack.core.stack.Deploy;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Reads {@code autoscale} beside a service. */
final class ScalingReader {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Deploy deploy;

    ScalingReader(Deploy deploy) {
        this.deploy = deploy;
    }

    Optional<ScalingPolicy> read(Place place) {
        Fields fields = place.fields();
        Optional<ReplicaRange> bounds = bounds(place, fields);
        bounds.ifPresent(range -> checkDeploy(place, range));
        Cooldown cooldown = cooldown(fields);
        List<ScheduledBounds> schedules = fields.items("schedules", given -> schedule(given, bounds));
        WhenBlind whenBlind = fields.given("when_metrics_fail")
                .flatMap(given -> whenBlind(given, bounds))
                .orElse(WhenBlind.Hold.HOLD);
        WarmUp warmUp = warmUp(fields.section("warm_up"));
        Duration staleAfter = Parts.span(fields, "stale_after").orElse(ScalingPolicy.DEFAULT_STALE_AFTER);
        Mode mode = fields.choice("mode", Mode.class).orElse(Mode.ACTIVE);
        Optional<ScalingRule> rule = rule(place, fields);
        fields.end();
        return bounds.flatMap(range -> rule.flatMap(moved -> place.made(
                () -> new ScalingPolicy(range, moved, cooldown, schedules, whenBlind, warmUp, staleAfter, mode))));
    }

    private static Optional<ReplicaRange> bounds(Place place, Fields fields) {
        OptionalInt min = replicas(fields.required("min", "add min: with the fewest replicas"), 0);
        OptionalInt max = replicas(fields.required("max", "add max: with the most replicas"), 1);
        return min.isPresent() && max.isPresent()
                ? place.made(() -> new ReplicaRange(min.getAsInt(), max.getAsInt()))
                : Optional.empty();
    }

    private static OptionalInt replicas(Optional<Place> place, int least) {
        return place.map(given -> given.integer(least, Integer.MAX_VALUE)).orElseGet(OptionalInt::empty);
    }

    private void checkDeploy(Place place, ReplicaRange range) {
        Deploy.Mode mode = deploy.mode().orElse(Deploy.Mode.REPLICATED);
        if (mode != Deploy.Mode.REPLICATED) {
            place.problem(
                    "a service in mode " + mode + " has no replica count to scale",
                    "remove autoscale, or use mode: replicated");
        } else if (deploy.replicas().isPresent()
                && !range.contains(deploy.replicas().getAsInt())) {
            place.problem(
                    "deploy.replicas is " + deploy.replicas().getAsInt() + ", outside min " + range.min() + " and max "
                            + range.max(),
                    "remove deploy.replicas, or set it to "
                            + range.clamp(deploy.replicas().getAsInt()));
        }
    }

    private Optional<ScalingRule> rule(Place place, Fields fields) {
        boolean targets = fields.has("metrics");
        boolean thresholds = fields.has("thresholds");
        if (targets && thresholds) {
            place.problem("metrics and thresholds are two ways to say the same", "keep one of the two");
        }
        Optional<ScalingRule> rule = thresholds && !targets ? thresholds(place, fields) : targets(place, fields);
        if (!targets && !thresholds && !fields.hasUnknown()) {
            place.problem("nothing makes the replica count move", "add metrics: with at least one, such as - cpu: 70%");
        }
        return rule;
    }

    private Optional<ScalingRule> targets(Place place, Fields fields) {
        SignalReader signals = new SignalReader(deploy);
        Optional<List<Metric>> metrics = fields.get("metrics").flatMap(given -> Parts.all(given, signals::metric));
        fields.items("thresholds", signals::threshold);
        fields.given("step").ifPresent(step -> {
            step(step);
            step.problem("step goes with thresholds; metrics move by behavior", "remove it");
        });
        Tolerance tolerance =
                fields.given("tolerance").flatMap(ScalingReader::tolerance).orElseGet(Tolerance::standard);
        Optional<Behavior> behavior = fields.given("behavior").flatMap(ScalingReader::behavior);
        return metrics.flatMap(list ->
                fields.get("metrics").orElse(place).made(() -> new ScalingRule.Targets(list, tolerance, behavior)));
    }

    private Optional<ScalingRule> thresholds(Place place, Fields fields) {
        SignalReader signals = new SignalReader(deploy);
        Optional<List<Threshold>> thresholds =
                fields.get("thresholds").flatMap(given -> Parts.all(given, signals::threshold));
        ScalingRule.Step step =
                fields.given("step").flatMap(ScalingReader::step).orElseGet(ScalingRule.Step::one);
        for (String key : List.of("tolerance", "behavior")) {
            fields.given(key)
                    .ifPresent(
                            given -> given.problem(key + " goes with metrics; thresholds move by step", "remove it"));
        }
        return thresholds.flatMap(
                list -> fields.get("thresholds").orElse(place).made(() -> new ScalingRule.Thresholds(list, step)));
    }

    private static Optional<ScalingRule.Step> step(Place place) {
        if (Parts.isScalar(place)) {
            OptionalInt both = place.integer(1, Integer.MAX_VALUE);
            return both.isPresent()
                    ? Optional.of(new ScalingRule.Step(both.getAsInt(), both.getAsInt()))
                    : Optional.empty();
        }
        Fields fields = place.fields();
        ScalingRule.Step step = new ScalingRule.Step(
                fields.integer("up", 1, Integer.MAX_VALUE).orElse(1),
                fields.integer("down", 1, Integer.MAX_VALUE).orElse(1));
        fields.end();
        return Optional.of(step);
    }

    private static Optional<Tolerance> tolerance(Place place) {
        Tolerance standard = Tolerance.standard();
        if (Parts.isScalar(place)) {
            OptionalDouble both = place.real(0, 1);
            return both.isPresent()
                    ? Optional.of(new Tolerance(both.getAsDouble(), both.getAsDouble()))
                    : Optional.empty();
        }
        Fields fields = place.fields();
        Tolerance tolerance = new Tolerance(
                fields.real("up", 0, 1).orElse(standard.up()),
                fields.real("down", 0, 1).orElse(standard.down()));
        fields.end();
        return Optional.of(tolerance);
    }

    private static Optional<Behavior> behavior(Place place) {
        Fields fields = place.fields();
        Optional<Direction> up = direction(fields, "scale_up", Behavior.standardUp());
        Optional<Direction> down = direction(fields, "scale_down", Behavior.standardDown());
        fields.end();
        return up.flatMap(upward -> down.map(downward -> new Behavior(upward, downward)));
    }

    private static Optional<Direction> direction(Fields parent, String key, Direction standard) {
        Optional<Place> place = parent.given(key);
        if (place.isEmpty()) {
            return Optional.of(standard);
        }
        Fields fields = place.get().fields();
        Duration window = fields.duration("stabilization_window", Duration.ZERO, Direction.MAX_WINDOW)
                .orElse(standard.stabilizationWindow());
        Select select = fields.choice("select", Select.class).orElse(standard.select());
        Optional<List<Rate>> rates = fields.given("policies")
                .map(given -> Parts.all(given, ScalingReader::rate))
                .orElse(Optional.of(standard.rates()));
        fields.end();
        return rates.flatMap(list -> place.get().made(() -> new Direction(window, select, list)));
    }

    private static Optional<Rate> rate(Place place) {
        Fields fields = place.fields();
        Optional<Duration> period =
                fields.required("period", "add period: 60s").flatMap(given -> given.duration(SECOND, Rate.MAX_PERIOD));
        Optional<String> kind = Parts.kind(fields, "a policy", List.of("replicas", "percent"));
        OptionalInt change =
                kind.map(key -> fields.integer(key, 1, Integer.MAX_VALUE)).orElseGet(OptionalInt::empty);
        fields.end();
        if (change.isEmpty() || period.isEmpty()) {
            return Optional.empty();
        }
        int count = change.getAsInt();
        Duration span = period.get();
        return place.made(() ->
                kind.equals(Optional.of("replicas")) ? new Rate.Replicas(count, span) : new Rate.Percent(count, span));
    }

    /** Behavior has windows and rates of its own, so that with it there is no cooldown unless asked for. */
    private static Cooldown cooldown(Fields fields) {
        Cooldown standard = fields.has("behavior") ? Cooldown.none() : Cooldown.standard();
        Fields section = fields.section("cooldown");
        Cooldown cooldown = new Cooldown(
                section.duration("up").orElse(standard.up()),
                section.duration("down").orElse(standard.down()));
        section.end();
        return cooldown;
    }

    private static Optional<ScheduledBounds> schedule(Place place, Optional<ReplicaRange> bounds) {
        Fields fields = place.fields();
        Optional<String> name = fields.string("name");
        Optional<CronExpression> start =
                fields.required("start", "add start: \"0 8 * * MON-FRI\"").flatMap(Parts::cron);
        Optional<CronExpression> end =
                fields.required("end", "add end: \"0 18 * * MON-FRI\"").flatMap(Parts::cron);
        ZoneId zone = Parts.zone(fields, Parts.DEFAULT_ZONE);
        OptionalInt min = fields.integer("min", 0, Integer.MAX_VALUE);
        OptionalInt max = fields.integer("max", 1, Integer.MAX_VALUE);
        fields.end();
        return start.flatMap(opens -> end.flatMap(closes -> place.made(() -> {
            ScheduledBounds schedule = new ScheduledBounds(name, new CronWindow(opens, closes, zone), min, max);
            bounds.ifPresent(schedule::within);
            return schedule;
        })));
    }

    private static Optional<WhenBlind> whenBlind(Place place, Optional<ReplicaRange> bounds) {
        if (Parts.isScalar(place)) {
            return place.text().equals(Optional.of("hold"))
                    ? Optional.of(WhenBlind.Hold.HOLD)
                    : place.wrong("hold, or a mapping with replicas", "");
        }
        Fields fields = place.fields();
        Optional<Place> given = fields.required("replicas", "add replicas:, or write when_metrics_fail: hold");
        OptionalInt count = replicas(given, 0);
        int failures =
                fields.integer("after_failures", 1, Integer.MAX_VALUE).orElse(WhenBlind.Replicas.DEFAULT_FAILURES);
        fields.end();
        if (count.isEmpty()) {
            return Optional.empty();
        }
        WhenBlind.Replicas fallback = new WhenBlind.Replicas(count.getAsInt(), failures);
        return given.orElseThrow().made(() -> {
            bounds.ifPresent(fallback::checkWithin);
            return fallback;
        });
    }

    private static WarmUp warmUp(Fields fields) {
        WarmUp standard = WarmUp.standard();
        WarmUp warmUp = new WarmUp(
                fields.duration("cpu").orElse(standard.cpuInitialization()),
                fields.duration("readiness").orElse(standard.readinessDelay()));
        fields.end();
        return warmUp;
    }
}
