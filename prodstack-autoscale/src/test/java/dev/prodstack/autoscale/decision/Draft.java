package dev.prodstack.autoscale.decision;

import dev.prodstack.autoscale.decision.History.Move;
import dev.prodstack.autoscale.decision.History.Recommendation;
import dev.prodstack.core.scaling.Behavior;
import dev.prodstack.core.scaling.Cooldown;
import dev.prodstack.core.scaling.Metric;
import dev.prodstack.core.scaling.Quantity;
import dev.prodstack.core.scaling.ReplicaRange;
import dev.prodstack.core.scaling.ScalingPolicy;
import dev.prodstack.core.scaling.ScalingPolicy.Mode;
import dev.prodstack.core.scaling.ScalingRule;
import dev.prodstack.core.scaling.ScheduledBounds;
import dev.prodstack.core.scaling.Signal;
import dev.prodstack.core.scaling.Signal.Reading;
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

/**
 * A policy and a situation under construction. It starts as a service of 10 replicas between 1 and 1000, with no
 * windows, rates, cooldowns or history in the way, and one metric, {@code wanted}, that asks for its own value.
 */
final class Draft {
    static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    static final Signal.Query SHARED = new Signal.Query("load", Reading.AVERAGE);
    static final Behavior.Direction FREE = new Behavior.Direction(
            Duration.ZERO, Behavior.Select.MAX, List.of(new Behavior.Rate.Replicas(1_000_000, Duration.ofSeconds(1))));

    private ReplicaRange bounds = new ReplicaRange(1, 1_000);
    private ScalingRule rule = rule(Optional.of(new Behavior(FREE, FREE)), wanted());
    private Cooldown cooldown = Cooldown.none();
    private final List<ScheduledBounds> schedules = new ArrayList<>();
    private WhenBlind whenBlind = WhenBlind.Hold.HOLD;
    private WarmUp warmUp = WarmUp.standard();
    private Duration staleAfter = ScalingPolicy.DEFAULT_STALE_AFTER;
    private Mode mode = Mode.ACTIVE;

    private int current = 10;
    private Optional<Integer> existing = Optional.empty();
    private List<Replica> replicas = List.of();
    private final Map<String, Measurement> measurements = new HashMap<>();
    private History history = History.empty();
    private Instant now = NOW;

    private static Metric wanted() {
        return new Metric("wanted", SHARED, Quantity.of(1));
    }

    static ScalingRule.Targets rule(Optional<Behavior> behavior, Metric... metrics) {
        return new ScalingRule.Targets(List.of(metrics), new Tolerance(0, 0), behavior);
    }

    Draft bounds(int min, int max) {
        bounds = new ReplicaRange(min, max);
        return this;
    }

    Draft rule(ScalingRule other) {
        rule = other;
        return this;
    }

    Draft behavior(Behavior.Direction up, Behavior.Direction down) {
        return rule(rule(Optional.of(new Behavior(up, down)), wanted()));
    }

    Draft withoutBehavior() {
        return rule(rule(Optional.empty(), wanted()));
    }

    /** These metrics, with the tolerance of 0.1 and nothing else in the way. */
    Draft metrics(Metric... metrics) {
        return rule(
                new ScalingRule.Targets(List.of(metrics), Tolerance.standard(), Optional.of(new Behavior(FREE, FREE))));
    }

    Draft cooldown(int up, int down) {
        cooldown = new Cooldown(Duration.ofSeconds(up), Duration.ofSeconds(down));
        return this;
    }

    Draft schedule(ScheduledBounds schedule) {
        schedules.add(schedule);
        return this;
    }

    Draft whenBlind(WhenBlind other) {
        whenBlind = other;
        return this;
    }

    Draft warmUp(int initialization, int delay) {
        warmUp = new WarmUp(Duration.ofSeconds(initialization), Duration.ofSeconds(delay));
        return this;
    }

    Draft staleAfter(Duration other) {
        staleAfter = other;
        return this;
    }

    Draft mode(Mode other) {
        mode = other;
        return this;
    }

    Draft current(int count) {
        current = count;
        return this;
    }

    Draft existing(int count) {
        existing = Optional.of(count);
        return this;
    }

    Draft replicas(List<Replica> list) {
        replicas = list;
        return this;
    }

    /** The metric {@code wanted} asks for this count. */
    Draft wants(int count) {
        return measured("wanted", Measurement.total(count, now));
    }

    Draft measured(String metric, Measurement measurement) {
        measurements.put(metric, measurement);
        return this;
    }

    Draft history(History other) {
        history = other;
        return this;
    }

    /** Earlier recommendations as {@code -60:12 -30:9}: seconds before now and counts. */
    Draft recommended(String list) {
        history = history.withRecommendations(entries(list).stream()
                .map(entry -> new Recommendation(entry.at(), entry.number()))
                .toList());
        return this;
    }

    /** Earlier moves as {@code -60:+4 -30:-2}: seconds before now and changes. */
    Draft moved(String list) {
        history = history.withMoves(entries(list).stream()
                .map(entry -> new Move(entry.at(), entry.number()))
                .toList());
        return this;
    }

    Draft at(Instant time) {
        now = time;
        return this;
    }

    ScalingPolicy policy() {
        return new ScalingPolicy(bounds, rule, cooldown, schedules, whenBlind, warmUp, staleAfter, mode);
    }

    Situation situation() {
        return new Situation(current, existing.orElse(current), Replicas.of(replicas), measurements, history);
    }

    Decision decide() {
        return Decider.decide(policy(), situation(), now);
    }

    private record Entry(Instant at, int number) {}

    private static List<Entry> entries(String list) {
        List<Entry> entries = new ArrayList<>();
        for (String item : list.isBlank() ? new String[0] : list.strip().split(" +", -1)) {
            String[] parts = item.split(":", -1);
            entries.add(new Entry(
                    NOW.plusMillis(Math.round(Double.parseDouble(parts[0]) * 1_000)), Integer.parseInt(parts[1])));
        }
        return entries;
    }
}
