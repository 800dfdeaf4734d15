package dev.prodstack.autoscale.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.autoscale.decision.Decision.Hold;
import dev.prodstack.autoscale.decision.Decision.Inactive;
import dev.prodstack.autoscale.decision.Decision.Keep;
import dev.prodstack.autoscale.decision.Decision.Scale;
import dev.prodstack.autoscale.decision.History.Move;
import dev.prodstack.autoscale.decision.History.Recommendation;
import dev.prodstack.autoscale.decision.Measurement.Sample;
import dev.prodstack.autoscale.decision.Measurement.Total;
import dev.prodstack.core.cron.CronExpression;
import dev.prodstack.core.cron.CronWindow;
import dev.prodstack.core.scaling.Behavior;
import dev.prodstack.core.scaling.Metric;
import dev.prodstack.core.scaling.Quantity;
import dev.prodstack.core.scaling.ScalingPolicy.Mode;
import dev.prodstack.core.scaling.ScheduledBounds;
import dev.prodstack.core.scaling.Signal;
import dev.prodstack.core.scaling.Signal.Reading;
import dev.prodstack.core.scaling.WhenBlind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The steps around the metrics: what settles a look before them, and what puts a move off after them. */
class DeciderTest {

    /** {@code UP 12}, {@code KEEP 10} and so on, and the codes of the reasons after the first. */
    private static String outcome(Decision decision) {
        return verb(decision) + " " + decision.replicas()
                + decision.reasons().stream()
                        .map(Reason::code)
                        .filter(code -> !code.equals("DesiredWithinRange") && !code.equals("MetricAsked"))
                        .map(code -> " " + code)
                        .collect(Collectors.joining());
    }

    private static String verb(Decision decision) {
        if (decision instanceof Scale scale) {
            return scale.direction().name();
        }
        return decision instanceof Keep ? "KEEP" : decision instanceof Hold ? "HOLD" : "INACTIVE";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // current, wanted, min, max
                "10  | 12 | 1  | 100 | UP 12",
                "10  | 7  | 1  | 100 | DOWN 7",
                "10  | 10 | 1  | 100 | KEEP 10 WithinTolerance",
                // beyond a bound: to the bound, whatever the metric asks for
                "101 | 7  | 1  | 100 | DOWN 100 TooManyReplicas",
                "101 | 0  | 1  | 100 | DOWN 100 TooManyReplicas",
                "100 | 7  | 1  | 100 | DOWN 7",
                "4   | 1  | 5  | 100 | UP 5 TooFewReplicas",
                "4   | 50 | 5  | 100 | UP 5 TooFewReplicas",
                "5   | 50 | 5  | 100 | UP 50",
                // set to 0
                "0   | 50 | 1  | 100 | INACTIVE 0 ScalingDisabled",
                "0   | 50 | 0  | 100 | UP 50",
                "0   | 0  | 0  | 100 | KEEP 0",
                "1   | 0  | 0  | 100 | DOWN 0",
                "1   | 0  | 1  | 100 | KEEP 1 TooFewReplicas",
            })
    void boundsComeFirst(int current, int wanted, int min, int max, String expected) {
        Decision decision =
                new Draft().bounds(min, max).current(current).wants(wanted).decide();
        assertThat(outcome(decision)).isEqualTo(expected);
    }

    @Test
    void boundsNeedNoMetric() {
        Draft draft = new Draft().bounds(1, 8).cooldown(600, 600).moved("-1:+5");
        assertThat(outcome(draft.decide())).isEqualTo("DOWN 8 TooManyReplicas");
    }

    @ParameterizedTest
    @CsvSource({"PAUSED, INACTIVE 10 Paused", "DRY_RUN, UP 12 DryRun", "ACTIVE, UP 12"})
    void modes(Mode mode, String expected) {
        assertThat(outcome(new Draft().mode(mode).wants(12).decide())).isEqualTo(expected);
    }

    @Test
    void aPausedPolicyRemembersWhatItKnew() {
        History history = History.empty().withRecommendations(List.of(new Recommendation(Draft.NOW, 4)));
        Decision decision = new Draft().mode(Mode.PAUSED).history(history).decide();
        assertThat(decision.history()).isEqualTo(history);
    }

    private static Draft twoMetrics() {
        return new Draft()
                .rule(Draft.rule(
                        Optional.of(new Behavior(Draft.FREE, Draft.FREE)),
                        new Metric("a", Draft.SHARED, Quantity.of(1)),
                        new Metric("b", Draft.SHARED, Quantity.of(1))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12   | 15   | UP 15",
                "7    | 12   | UP 12",
                "7    | 10   | KEEP 10 WithinTolerance",
                "7    | 4    | DOWN 7",
                "12   | NaN  | UP 12 FailedGetExternalMetric",
                "10   | NaN  | KEEP 10 WithinTolerance FailedGetExternalMetric",
                "7    | NaN  | HOLD 10 FailedGetExternalMetric MetricsMissing",
                "NaN  | 9    | HOLD 10 FailedGetExternalMetric MetricsMissing",
                "NaN  | 11   | UP 11 FailedGetExternalMetric",
                "NaN  | NaN  | HOLD 10 FailedGetExternalMetric FailedGetExternalMetric MetricsMissing",
                "Infinity | -Infinity | HOLD 10 FailedGetExternalMetric FailedGetExternalMetric MetricsMissing",
            })
    void theLargestOfSeveralMetricsHolds(double a, double b, String expected) {
        Decision decision = twoMetrics()
                .measured("a", Measurement.total(a, Draft.NOW))
                .measured("b", Measurement.total(b, Draft.NOW))
                .decide();
        assertThat(outcome(decision)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // age of a sample in seconds, and the policy's limit
                "0       | 60 | DOWN 5",
                "59.999  | 60 | DOWN 5",
                "60      | 60 | HOLD 10 FailedGetExternalMetric MetricsMissing",
                "3600    | 60 | HOLD 10 FailedGetExternalMetric MetricsMissing",
                "90      | 91 | DOWN 5",
                "-59.999 | 60 | DOWN 5",
                "-60     | 60 | HOLD 10 FailedGetExternalMetric MetricsMissing",
            })
    void staleSamplesAreNoData(double age, int limit, String expected) {
        Instant at = Draft.NOW.minusMillis(Math.round(age * 1_000));
        Decision decision = new Draft()
                .staleAfter(Duration.ofSeconds(limit))
                .measured("wanted", Measurement.total(5, at))
                .decide();
        assertThat(outcome(decision)).isEqualTo(expected);
    }

    @Test
    void whatWasNotMeasuredOrAnsweredEmptyIsNoData() {
        String held = "HOLD 10 FailedGetExternalMetric MetricsMissing";
        assertThat(outcome(new Draft().decide())).isEqualTo(held);
        assertThat(outcome(new Draft().measured("wanted", new Total(List.of())).decide()))
                .isEqualTo(held);
        assertThat(outcome(new Draft()
                        .measured("wanted", Measurement.failed("no answer"))
                        .decide()))
                .isEqualTo(held);
        assertThat(outcome(new Draft()
                        .measured(
                                "wanted",
                                new Total(List.of(new Sample(5, Draft.NOW), new Sample(5, Draft.NOW.minusSeconds(60)))))
                        .decide()))
                .isEqualTo(held);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // fallback count, after failures, failures so far
                "15 | 3 | 0 | HOLD 10 FailedGetExternalMetric MetricsMissing",
                "15 | 3 | 1 | HOLD 10 FailedGetExternalMetric MetricsMissing",
                "15 | 3 | 2 | UP 15 FailedGetExternalMetric Fallback",
                "15 | 3 | 9 | UP 15 FailedGetExternalMetric Fallback",
                "15 | 1 | 0 | UP 15 FailedGetExternalMetric Fallback",
                "6  | 3 | 2 | DOWN 6 FailedGetExternalMetric Fallback",
                "10 | 3 | 2 | KEEP 10 FailedGetExternalMetric Fallback",
            })
    void theFallbackFollowsAfterItsFailures(int count, int after, int failures, String expected) {
        Decision decision = new Draft()
                .whenBlind(new WhenBlind.Replicas(count, after))
                .history(History.empty().withBlindLooks(failures))
                .decide();
        assertThat(outcome(decision)).isEqualTo(expected);
        assertThat(decision.history().blindLooks()).isEqualTo(failures + 1);
    }

    @Test
    void theFallbackKeepsToWindowsRatesBoundsAndCooldowns() {
        Draft down = new Draft()
                .whenBlind(new WhenBlind.Replicas(6, 1))
                .behavior(Draft.FREE, PaceTest.direction("300 max 99/1"))
                .recommended("-100:9");
        assertThat(outcome(down.decide())).isEqualTo("DOWN 9 FailedGetExternalMetric Fallback ScaleDownStabilized");
        Draft up = new Draft()
                .whenBlind(new WhenBlind.Replicas(50, 1))
                .behavior(PaceTest.direction("0 max 4/15"), Draft.FREE);
        assertThat(outcome(up.decide())).isEqualTo("UP 14 FailedGetExternalMetric Fallback ScaleUpLimit");
        Draft waiting = new Draft()
                .whenBlind(new WhenBlind.Replicas(6, 1))
                .cooldown(0, 300)
                .moved("-100:+1");
        assertThat(outcome(waiting.decide())).isEqualTo("KEEP 10 FailedGetExternalMetric Fallback Cooldown");
    }

    @Test
    void theFallbackNeverOverrulesAMetricWithData() {
        Decision decision = twoMetrics()
                .whenBlind(new WhenBlind.Replicas(3, 1))
                .history(History.empty().withBlindLooks(5))
                .measured("a", Measurement.total(12, Draft.NOW))
                .decide();
        assertThat(outcome(decision)).isEqualTo("UP 12 FailedGetExternalMetric");
        assertThat(decision.history().blindLooks()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // cooldowns up and down, wanted, moves
                "0  | 300 | 7  |                  | DOWN 7",
                "0  | 300 | 7  | -300:+4          | DOWN 7",
                "0  | 300 | 7  | -299.999:+4      | KEEP 10 Cooldown",
                "0  | 300 | 7  | -299.999:-4      | KEEP 10 Cooldown",
                "0  | 300 | 7  | -900:+4 -10:+1   | KEEP 10 Cooldown",
                "0  | 300 | 7  | -10:+1 -900:+4   | KEEP 10 Cooldown",
                "0  | 300 | 12 | -1:+4            | UP 12",
                "60 | 0   | 12 | -59.999:-4       | KEEP 10 Cooldown",
                "60 | 0   | 12 | -60:-4           | UP 12",
                "60 | 0   | 7  | -1:+4            | DOWN 7",
                "60 | 300 | 10 | -1:+4            | KEEP 10 WithinTolerance",
            })
    void cooldownsWaitAfterAnyMove(int up, int down, int wanted, String moves, String expected) {
        Decision decision = new Draft()
                .cooldown(up, down)
                .wants(wanted)
                .moved(moves == null ? "" : moves)
                .decide();
        assertThat(outcome(decision)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12 | 2*-:replacing 8*-      | UP 12",
                "7  | 2*-:replacing 8*-      | KEEP 10 UpdateInProgress",
                "7  | 10*-                   | DOWN 7",
                "7  | 2*-:pending 8*-        | DOWN 7",
                "7  | 2*-:deleting 8*-       | DOWN 7",
            })
    void aRollingUpdatePutsOffTheWayDown(int wanted, String herd, String expected) {
        Decision decision =
                new Draft().replicas(Herd.of(herd).replicas()).wants(wanted).decide();
        assertThat(outcome(decision)).isEqualTo(expected);
    }

    private static ScheduledBounds officeHours(OptionalInt min, OptionalInt max) {
        return new ScheduledBounds(
                Optional.of("office"),
                new CronWindow(
                        CronExpression.parse("0 8 * * *"),
                        CronExpression.parse("0 18 * * *"),
                        ZoneId.of("Europe/Berlin")),
                min,
                max);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // in winter Berlin is an hour ahead of UTC
                "2026-11-23T06:59:59Z | 10 | 7  | 12 |    | DOWN 7",
                "2026-11-23T07:00:00Z | 10 | 7  | 12 |    | UP 12 TooFewReplicas",
                "2026-11-23T07:00:00Z | 12 | 7  | 12 |    | KEEP 12 TooFewReplicas",
                "2026-11-23T16:59:59Z | 12 | 7  | 12 |    | KEEP 12 TooFewReplicas",
                "2026-11-23T17:00:00Z | 12 | 7  | 12 |    | DOWN 7",
                "2026-11-23T07:00:00Z | 10 | 50 |    | 20 | UP 20 TooManyReplicas",
                "2026-11-23T07:00:00Z | 30 | 50 |    | 20 | DOWN 20 TooManyReplicas",
                "2026-11-23T17:00:00Z | 10 | 50 |    | 20 | UP 50",
                // the policy itself brings the service to 0 at times, so 0 is not somebody's switch
                "2026-11-23T17:00:00Z | 0  | 0  | 0  |    | UP 1 TooFewReplicas",
            })
    void schedulesChangeTheBounds(Instant now, int current, int wanted, Integer min, Integer max, String expected) {
        ScheduledBounds schedule = officeHours(
                min == null ? OptionalInt.empty() : OptionalInt.of(min),
                max == null ? OptionalInt.empty() : OptionalInt.of(max));
        Decision decision = new Draft()
                .at(now)
                .schedule(schedule)
                .current(current)
                .wants(wanted)
                .decide();
        assertThat(outcome(decision)).isEqualTo(expected);
    }

    @Test
    void aBoundNamesTheScheduleThatSetIt() {
        CronWindow night = new CronWindow(
                CronExpression.parse("0 22 * * *"), CronExpression.parse("0 4 * * *"), ZoneId.of("Europe/Berlin"));
        Decision decision = new Draft()
                .at(Instant.parse("2026-11-23T08:00:00Z"))
                .schedule(new ScheduledBounds(Optional.of("night"), night, OptionalInt.of(12), OptionalInt.empty()))
                .schedule(officeHours(OptionalInt.of(12), OptionalInt.empty()))
                .decide();
        assertThat(decision.reasons().get(0).text()).isEqualTo("bounds: 10 is less than min 12 (schedule office)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // wanted, recommended and moved in what was now the future
                "12 | 60:12         |         | HOLD 10 ClockWentBack",
                "7  | 60:7          |         | HOLD 10 ClockWentBack",
                "7  |               | 60:+4   | HOLD 10 ClockWentBack",
                "7  | -60:7 0.001:7 |         | HOLD 10 ClockWentBack",
                "7  | -60:7 0:7     | 0:+4    | DOWN 7",
            })
    void aClockThatGoesBackHoldsForOneLook(int wanted, String recommended, String moved, String expected) {
        Draft draft = new Draft()
                .wants(wanted)
                .recommended(recommended == null ? "" : recommended)
                .moved(moved == null ? "" : moved);
        assertThat(outcome(draft.decide())).isEqualTo(expected);
    }

    @Test
    void afterTheClockWentBackEverythingIsAsLongAgoAsItWas() {
        Draft hourAgo = new Draft()
                .cooldown(0, 300)
                .wants(7)
                .recommended("3540:9 3600:8")
                .moved("3500:+4")
                .history(new Draft()
                        .recommended("3540:9 3600:8")
                        .moved("3500:+4")
                        .situation()
                        .history()
                        .withLooks(Optional.empty(), Optional.of(Draft.NOW.plusSeconds(3_600))));
        History history = hourAgo.decide().history();
        assertThat(history.recommendations())
                .containsExactly(new Recommendation(Draft.NOW.minusSeconds(60), 9), new Recommendation(Draft.NOW, 8));
        assertThat(history.moves()).containsExactly(new Move(Draft.NOW.minusSeconds(100), 4));
        assertThat(history.lastLook()).contains(Draft.NOW);
        Draft next = new Draft()
                .at(Draft.NOW.plusSeconds(15))
                .cooldown(0, 300)
                .wants(7)
                .history(history);
        assertThat(outcome(next.decide())).isEqualTo("KEEP 10 Cooldown");
    }

    @Test
    void whileTheClockIsInDoubtBoundsThatHangOnItWait() {
        Draft draft = new Draft()
                .at(Instant.parse("2026-11-23T08:00:00Z"))
                .schedule(officeHours(OptionalInt.of(12), OptionalInt.empty()))
                .history(History.empty().withLooks(Optional.empty(), Optional.of(Draft.NOW)));
        assertThat(outcome(draft.decide())).isEqualTo("HOLD 10 ClockWentBack");
        Draft without = new Draft()
                .bounds(12, 20)
                .history(History.empty().withLooks(Optional.empty(), Optional.of(Draft.NOW.plusSeconds(9))));
        assertThat(outcome(without.decide())).isEqualTo("UP 12 TooFewReplicas");
    }

    @Test
    void withNothingKnownTheCurrentCountStandsForTheWindowAndTheLastMove() {
        Draft window = new Draft()
                .behavior(Draft.FREE, PaceTest.direction("300 max 99/1"))
                .history(History.unknown())
                .wants(7);
        assertThat(outcome(window.decide())).isEqualTo("KEEP 10 ScaleDownStabilized");
        assertThat(outcome(window.withoutBehavior().decide())).isEqualTo("KEEP 10 ScaleDownStabilized");
        Draft cooldown = new Draft().cooldown(30, 300).history(History.unknown());
        assertThat(outcome(cooldown.wants(7).decide())).isEqualTo("KEEP 10 Cooldown");
        assertThat(outcome(cooldown.wants(12).decide())).isEqualTo("KEEP 10 Cooldown");
        History history = cooldown.decide().history();
        assertThat(history.firstLook()).contains(Draft.NOW);
        assertThat(history.recommendations())
                .containsExactly(new Recommendation(Draft.NOW, 10), new Recommendation(Draft.NOW, 12));
        Draft later = new Draft()
                .cooldown(30, 300)
                .history(history)
                .at(Draft.NOW.plusSeconds(30))
                .wants(12);
        assertThat(outcome(later.decide())).isEqualTo("UP 12");
    }

    @Test
    void whatIsRememberedIsTheCountBeforeWindowsRatesAndBounds() {
        Decision decision = new Draft()
                .bounds(1, 20)
                .behavior(PaceTest.direction("60 max 4/15"), Draft.FREE)
                .recommended("-30:12")
                .wants(50)
                .decide();
        assertThat(outcome(decision)).isEqualTo("UP 12 ScaleUpStabilized");
        assertThat(decision.history().recommendations()).contains(new Recommendation(Draft.NOW, 50));
    }

    @Test
    void whatNoRuleLooksBackToIsForgotten() {
        Decision decision = new Draft()
                .recommended("-300.001:4 -300:5 -1:6")
                .moved("-300.001:+4 -300:+5")
                .wants(7)
                .decide();
        assertThat(decision.history().recommendations())
                .extracting(Recommendation::replicas)
                .containsExactly(5, 6, 7);
        assertThat(decision.history().moves()).extracting(Move::change).containsExactly(5);
        Decision longer = new Draft()
                .behavior(Draft.FREE, PaceTest.direction("900 max 4/1800"))
                .recommended("-1800.001:4 -1800:5")
                .wants(7)
                .decide();
        assertThat(longer.history().recommendations())
                .extracting(Recommendation::replicas)
                .containsExactly(5, 7);
    }

    @Test
    void holdingRemembersNoRecommendation() {
        Decision decision = new Draft().recommended("-30:12").decide();
        assertThat(decision).isInstanceOf(Hold.class);
        assertThat(decision.history().recommendations()).hasSize(1);
        assertThat(decision.history().lastLook()).contains(Draft.NOW);
    }

    @Test
    void aServiceSetToZeroIsLeftAlone() {
        assertThat(new Draft().current(0).decide()).isInstanceOf(Inactive.class);
    }

    @Test
    void aMeasurementMustFitItsSignal() {
        assertThatThrownBy(() -> new Draft()
                        .measured("wanted", Measurement.perReplica(0).build())
                        .decide())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("wanted is measured for all replicas together");
        Metric perTask = new Metric("m", new Signal.Query("q", Reading.PER_TASK), Quantity.of(1));
        assertThatThrownBy(() -> new Draft()
                        .metrics(perTask)
                        .measured("m", Measurement.total(1, Draft.NOW))
                        .decide())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("m is measured for each replica");
    }

    @Test
    void theSameArgumentsGiveTheSameDecision() {
        Draft draft = new Draft().recommended("-30:12").moved("-20:+1").wants(12);
        assertThat(draft.decide()).isEqualTo(draft.decide());
    }
}
