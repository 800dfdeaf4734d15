package dev.prodstack.core.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.core.cron.CronExpression;
import dev.prodstack.core.cron.CronWindow;
import dev.prodstack.core.scaling.ScalingPolicy.Mode;
import dev.prodstack.core.scaling.Signal.Basis;
import dev.prodstack.core.scaling.Signal.Resource;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalingPolicyTest {
    private static final Metric CPU =
            Metric.of(new Signal.Utilization(Resource.CPU, Basis.RESERVATION), Quantity.of(70));

    private static ScalingPolicy policy(ReplicaRange bounds, List<ScheduledBounds> schedules, WhenBlind whenBlind) {
        return new ScalingPolicy(
                bounds,
                new ScalingRule.Targets(List.of(CPU), Tolerance.standard(), Optional.empty()),
                Cooldown.standard(),
                schedules,
                whenBlind,
                WarmUp.standard(),
                ScalingPolicy.DEFAULT_STALE_AFTER,
                Mode.ACTIVE);
    }

    private static ScheduledBounds hours(int from, int to, OptionalInt min, OptionalInt max) {
        CronWindow window = new CronWindow(
                CronExpression.parse("0 " + from + " * * *"),
                CronExpression.parse("0 " + to + " * * *"),
                ZoneId.of("UTC"));
        return new ScheduledBounds(Optional.empty(), window, min, max);
    }

    /** 5-20; 8 to 18 o'clock min 10; 12 to 14 min 15; 13 to 20 max 12; 22 to 23 max 3 and min 1. */
    @ParameterizedTest
    @CsvSource({
        "07:59, 5-20",
        "08:00, 10-20",
        "12:30, 15-20",
        "13:30, 12-12",
        "15:00, 10-12",
        "18:00, 5-12",
        "20:00, 5-20",
        "22:00, 1-3",
        "23:00, 5-20"
    })
    void schedulesReplaceBounds(String time, String expected) {
        ScalingPolicy policy = policy(
                new ReplicaRange(5, 20),
                List.of(
                        hours(8, 18, OptionalInt.of(10), OptionalInt.empty()),
                        hours(12, 14, OptionalInt.of(15), OptionalInt.empty()),
                        hours(13, 20, OptionalInt.empty(), OptionalInt.of(12)),
                        hours(22, 23, OptionalInt.of(1), OptionalInt.of(3))),
                WhenBlind.Hold.HOLD);

        assertThat(policy.boundsAt(Instant.parse("2026-11-23T" + time + ":00Z")))
                .hasToString(expected);
    }

    @Test
    void refusesWhatDoesNotGoTogether() {
        ReplicaRange bounds = new ReplicaRange(5, 20);
        assertThatThrownBy(() -> policy(
                        bounds, List.of(hours(8, 18, OptionalInt.of(21), OptionalInt.empty())), WhenBlind.Hold.HOLD))
                .hasMessage("the schedule's min 21 is more than the max 20 that holds then");
        assertThatThrownBy(() -> policy(
                        bounds, List.of(hours(8, 18, OptionalInt.empty(), OptionalInt.of(4))), WhenBlind.Hold.HOLD))
                .hasMessage("the schedule's min 5 is more than the max 4 that holds then");
        assertThatThrownBy(() -> policy(bounds, List.of(), new WhenBlind.Replicas(4, 3)))
                .hasMessage("the replicas to run without metrics, 4, must be between min 5 and max 20");
        assertThatThrownBy(() -> policy(new ReplicaRange(0, 20), List.of(), WhenBlind.Hold.HOLD))
                .hasMessageStartingWith("min 0 needs a metric that is there without replicas");
        assertThatThrownBy(() -> new ScalingRule.Targets(List.of(CPU, CPU), Tolerance.standard(), Optional.empty()))
                .hasMessage("two metrics are called \"cpu\": name one of them");
        assertThatThrownBy(() -> new ScalingRule.Thresholds(List.of(), ScalingRule.Step.one()))
                .hasMessage("a scaling rule needs at least one metric or threshold");
    }

    @ParameterizedTest
    @CsvSource({"0, 1, true", "5, 5, true", "0, 0, false", "6, 5, false", "-1, 5, false"})
    void aRangeAscendsToOneOrMore(int min, int max, boolean valid) {
        if (valid) {
            assertThat(new ReplicaRange(min, max).contains(max)).isTrue();
        } else {
            assertThatThrownBy(() -> new ReplicaRange(min, max)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 5", "5, 5", "7, 7", "20, 20", "21, 20"})
    void clamps(int replicas, int expected) {
        assertThat(new ReplicaRange(5, 20).clamp(replicas)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.001, 1", ".5, 500", "100, 100000", "9223372036854775, 9223372036854775000"})
    void quantitiesAreThousandths(String text, long thousandths) {
        assertThat(Quantity.parse(text)).isEqualTo(new Quantity(thousandths));
        assertThat(Quantity.parse(new Quantity(thousandths).toString())).isEqualTo(new Quantity(thousandths));
    }

    @ParameterizedTest
    @CsvSource({
        "0.0001, expected at most three decimals",
        "-1, expected a number such as 100 or 0.5",
        "1e3, expected a number such as 100 or 0.5",
        "'', expected a number such as 100 or 0.5",
        "9999999999999999, expected a number between 0 and 9223372036854775.807"
    })
    void quantitiesHaveLimits(String text, String message) {
        assertThatThrownBy(() -> Quantity.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void quantitiesComeFromNumbers() {
        assertThat(Quantity.of(new BigDecimal("1.50"))).isEqualTo(new Quantity(1_500));
        assertThat(Quantity.of(2)).isGreaterThan(new Quantity(1_999));
        assertThatThrownBy(() -> Quantity.of(Long.MAX_VALUE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Quantity.of(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "0s, 15s, true",
        "3600s, 1s, true",
        "3601s, 15s, false",
        "0.5s, 15s, false",
        "0s, 0s, false",
        "0s, 1800s, true",
        "0s, 1801s, false",
        "0s, 1.5s, false"
    })
    void behaviorHasTheLimitsOfHpa(String window, String period, boolean valid) {
        Duration span = Duration.parse("PT" + window);
        Duration per = Duration.parse("PT" + period);
        if (valid) {
            assertThat(direction(span, per).stabilizationWindow()).isEqualTo(span);
        } else {
            assertThatThrownBy(() -> direction(span, per)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Behavior.Direction direction(Duration window, Duration period) {
        return new Behavior.Direction(window, Behavior.Select.MAX, List.of(new Behavior.Rate.Percent(100, period)));
    }
}
