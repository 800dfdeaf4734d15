package dev.prodstack.core.compose.operations;

import dev.prodstack.core.compose.read.Fields;
import dev.prodstack.core.compose.read.Place;
import dev.prodstack.core.rollout.Analysis;
import dev.prodstack.core.rollout.Analysis.Limits;
import dev.prodstack.core.rollout.Analysis.Measurement;
import dev.prodstack.core.rollout.Condition;
import dev.prodstack.core.rollout.RolloutStrategy;
import dev.prodstack.core.rollout.RolloutStrategy.Pause;
import dev.prodstack.core.rollout.RolloutStrategy.Rolling;
import dev.prodstack.core.rollout.RolloutStrategy.Step;
import dev.prodstack.core.stack.Deploy;
import dev.prodstack.core.value.GoDuration;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads {@code rollout} beside a service. */
final class RolloutReader {
    private static final String ROLLING = "rolling";
    private static final String BLUE_GREEN = "blue-green";
    private static final List<String> STRATEGIES = List.of(ROLLING, BLUE_GREEN, "canary");

    private RolloutReader() {}

    static Optional<RolloutStrategy> read(Place place, Deploy deploy) {
        Optional<RolloutStrategy> strategy = Parts.isScalar(place) ? byName(place) : inFull(place);
        Deploy.Mode mode = deploy.mode().orElse(Deploy.Mode.REPLICATED);
        if (strategy.isPresent() && strategy.get() != Rolling.ROLLING && mode != Deploy.Mode.REPLICATED) {
            place.problem(
                    "a service in mode " + mode + " cannot run in two versions side by side",
                    "write rollout: rolling, or use mode: replicated");
        }
        return strategy;
    }

    private static Optional<RolloutStrategy> byName(Place place) {
        return place.choice(STRATEGIES).flatMap(name -> {
            if (name.equals(ROLLING)) {
                return Optional.of(Rolling.ROLLING);
            }
            return name.equals(BLUE_GREEN)
                    ? Optional.of(blueGreen(Parts.empty(place)))
                    : place.wrong("a canary with its steps", "write strategy: canary and steps:");
        });
    }

    private static Optional<RolloutStrategy> inFull(Place place) {
        Fields fields = place.fields();
        Optional<String> name = fields.required("strategy", "add strategy: rolling, blue-green or canary")
                .flatMap(given -> given.choice(STRATEGIES));
        Optional<RolloutStrategy> strategy = name.flatMap(word -> switch (word) {
            case ROLLING -> Optional.of(Rolling.ROLLING);
            case BLUE_GREEN -> Optional.of(blueGreen(fields));
            default -> canary(place, fields);
        });
        if (name.isPresent()) {
            fields.end();
        }
        return strategy;
    }

    private static RolloutStrategy blueGreen(Fields fields) {
        return new RolloutStrategy.BlueGreen(
                fields.given("before_switch").flatMap(RolloutReader::analysis),
                fields.given("gate").flatMap(RolloutReader::pause),
                fields.given("after_switch").flatMap(RolloutReader::analysis),
                fields.duration("drain").orElse(RolloutStrategy.DEFAULT_DRAIN),
                fields.duration("keep_old").orElse(RolloutStrategy.BlueGreen.DEFAULT_KEEP_OLD));
    }

    private static Optional<RolloutStrategy> canary(Place place, Fields fields) {
        Optional<List<Step>> steps = fields.required("steps", "add steps: with at least one, such as - weight: 10")
                .flatMap(given -> Parts.all(given, RolloutReader::step));
        Optional<Analysis> background = fields.given("background").flatMap(RolloutReader::analysis);
        Duration drain = fields.duration("drain").orElse(RolloutStrategy.DEFAULT_DRAIN);
        return steps.flatMap(list ->
                fields.get("steps").orElse(place).made(() -> new RolloutStrategy.Canary(list, background, drain)));
    }

    private static Optional<Step> step(Place place) {
        Fields fields = place.fields();
        Optional<String> kind = Parts.kind(fields, "a step", List.of("weight", "pause", "analysis"));
        fields.end();
        return kind.flatMap(key -> {
            Place value = fields.get(key).orElseThrow();
            return switch (key) {
                case "weight" -> weight(value);
                case "pause" -> pause(value).map(Step.Wait::new);
                default -> analysis(value).map(Step.Analyze::new);
            };
        });
    }

    private static Optional<Step> weight(Place place) {
        OptionalInt percent = place.integer(1, 100);
        return percent.isPresent() ? Optional.of(new Step.SetWeight(percent.getAsInt())) : Optional.empty();
    }

    private static Optional<Pause> pause(Place place) {
        if (place.text().equals(Optional.of("until-promoted"))) {
            return Optional.of(Pause.UntilPromoted.UNTIL_PROMOTED);
        }
        return place.parsed(GoDuration::parse).flatMap(duration -> place.made(() -> new Pause.For(duration)));
    }

    private static Optional<Analysis> analysis(Place place) {
        Fields fields = place.fields();
        Duration interval = Parts.span(fields, "interval").orElse(Analysis.DEFAULT_INTERVAL);
        int rounds = fields.integer("rounds", 1, Integer.MAX_VALUE).orElse(Analysis.DEFAULT_ROUNDS);
        Optional<List<Measurement>> measurements = fields.required(
                        "measurements", "add measurements: with at least one query")
                .flatMap(given -> Parts.all(given, RolloutReader::measurement));
        fields.end();
        return measurements.flatMap(
                list -> fields.get("measurements").orElse(place).made(() -> new Analysis(interval, rounds, list)));
    }

    private static Optional<Measurement> measurement(Place place) {
        Fields fields = place.fields();
        Optional<String> name =
                fields.required("name", "add name: with what reports call it").flatMap(Place::word);
        Optional<String> query =
                fields.required("query", "add query: with a PromQL expression").flatMap(Place::word);
        Optional<Condition> success = fields.parsed("success", Condition::parse);
        Optional<Condition> failure = fields.parsed("failure", Condition::parse);
        Limits limits = limits(fields.section("limits"));
        fields.end();
        boolean conditionsRead =
                fields.has("success") == success.isPresent() && fields.has("failure") == failure.isPresent();
        return !conditionsRead
                ? Optional.empty()
                : name.flatMap(label -> query.flatMap(
                        promql -> place.made(() -> new Measurement(label, promql, success, failure, limits))));
    }

    private static Limits limits(Fields fields) {
        Limits standard = Limits.standard();
        Limits limits = new Limits(
                fields.integer("failures", 0, Integer.MAX_VALUE).orElse(standard.failures()),
                fields.integer("inconclusive", 0, Integer.MAX_VALUE).orElse(standard.inconclusive()),
                fields.integer("consecutive_errors", 0, Integer.MAX_VALUE).orElse(standard.consecutiveErrors()));
        fields.end();
        return limits;
    }
}
