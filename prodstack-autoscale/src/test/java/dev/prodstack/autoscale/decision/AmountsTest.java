package dev.prodstack.autoscale.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.autoscale.decision.Measurement.Failed;
import dev.prodstack.autoscale.decision.Requests.Container;
import dev.prodstack.autoscale.decision.Requests.Share;
import dev.prodstack.core.scaling.Signal.Basis;
import dev.prodstack.core.scaling.Signal.Resource;
import dev.prodstack.core.value.ByteSize;
import dev.prodstack.core.value.CpuCount;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times and amounts in longs, up to the ends of their ranges, and the shapes that hold them. */
class AmountsTest {
    private static final long MAX = Long.MAX_VALUE;
    private static final long MIN = Long.MIN_VALUE;

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 0",
        "1970-01-01T00:00:01.000000002Z, 1000000002",
        "1969-12-31T23:59:59.999999999Z, -1",
        "2262-04-11T23:47:15.999999999Z, 9223372035999999999",
        "2262-04-11T23:47:17Z, 9223372036854775807",
        "+1000000000-12-31T23:59:59.999999999Z, 9223372036854775807",
        "-1000000000-01-01T00:00:00Z, -9223372036854775807",
    })
    void instantsAsNanoseconds(Instant time, long nanos) {
        assertThat(Nanos.of(time)).isEqualTo(nanos);
    }

    @Test
    void timesStopAtTheEndsOfTheRange() {
        assertThat(Nanos.plus(MAX, 1)).isEqualTo(MAX);
        assertThat(Nanos.plus(MIN + 1, -5)).isEqualTo(MIN + 1);
        assertThat(Nanos.plus(3, -5)).isEqualTo(-2);
        assertThat(Nanos.minus(5, MIN)).isEqualTo(MAX);
        assertThat(Nanos.minus(-5, MAX)).isEqualTo(MIN + 1);
        assertThat(Nanos.of(Duration.ofSeconds(MAX))).isEqualTo(MAX);
        assertThat(Nanos.toInstant(-1)).isEqualTo(Instant.ofEpochSecond(-1, 999_999_999));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.3, 300",
        "0.29, 290",
        "1.001, 1001",
        "0.0004, 0",
        "0.0006, 1",
        "-2.5, -2500",
        "1e300, 9223372036854775807",
        "-1e300, -9223372036854775806",
    })
    void numbersAsThousandths(double number, long thousandths) {
        assertThat(Thousandths.of(number)).isEqualTo(thousandths);
    }

    @Test
    void whatIsNoNumberStaysNone() {
        for (double number : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThat(Thousandths.of(number)).isEqualTo(Thousandths.NOT_A_NUMBER);
        }
        assertThat(Thousandths.plus(Thousandths.ABSENT, 5)).isEqualTo(5);
        assertThat(Thousandths.plus(5, Thousandths.ABSENT)).isEqualTo(5);
        assertThat(Thousandths.plus(5, Thousandths.NOT_A_NUMBER)).isEqualTo(Thousandths.NOT_A_NUMBER);
        assertThat(Thousandths.plus(Thousandths.NOT_A_NUMBER, 5)).isEqualTo(Thousandths.NOT_A_NUMBER);
        assertThat(Thousandths.plus(Thousandths.NOT_A_NUMBER, Thousandths.ABSENT))
                .isEqualTo(Thousandths.NOT_A_NUMBER);
        assertThat(Thousandths.plus(MAX, MAX)).isEqualTo(MAX);
        assertThat(Thousandths.isAmount(Thousandths.plus(MIN + 2, -9))).isTrue();
        assertThat(Thousandths.isAmount(Thousandths.NOT_A_NUMBER)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "7, 100, 3, 233",
        "-7, 100, 3, -233",
        // a thousand tasks of a terabyte, in thousandths of a byte, times a hundred
        "1000000000000000000, 100, 2000000000000000000, 50",
        "9223372036854775807, 100000, 9223372036854775807, 100000",
        "9223372036854775807, 100, 1, 9223372036854775807",
    })
    void sharesOfLargeAmounts(long value, long factor, long divisor, long expected) {
        assertThat(Thousandths.scaled(value, factor, divisor)).isEqualTo(expected);
    }

    @Test
    void requestsAreAddedUpInThousandthsRoundedUp() {
        Share some = Share.of(new CpuCount(1_000_001), new ByteSize(3));
        Share cpuOnly = new Share(Optional.of(new CpuCount(500_000_000)), Optional.empty());
        Requests two = new Requests(List.of(new Container(some, cpuOnly), new Container(some, cpuOnly)));
        assertThat(two.thousandths(Resource.CPU, Basis.RESERVATION)).isEqualTo(4);
        assertThat(two.thousandths(Resource.MEMORY, Basis.RESERVATION)).isEqualTo(6_000);
        assertThat(two.thousandths(Resource.CPU, Basis.LIMIT)).isEqualTo(1_000);
        assertThat(two.thousandths(Resource.MEMORY, Basis.LIMIT)).isEqualTo(Requests.ABSENT);
        assertThat(Requests.none().thousandths(Resource.CPU, Basis.LIMIT)).isEqualTo(Requests.ABSENT);
        Share huge = Share.of(new CpuCount(1), new ByteSize(MAX));
        assertThat(Requests.of(new Container(huge, huge)).thousandths(Resource.MEMORY, Basis.LIMIT))
                .isEqualTo(MAX);
    }

    @Test
    void replicasGiveBackWhatTheyWereMadeOf() {
        List<Replica> list = Herd.of("-/1000 -/500:pending -:started=never:ready=never -/1:failed -/2:deleting "
                        + "-/3:replacing:unready=9:started=7")
                .replicas();
        assertThat(Replicas.of(list).toList()).isEqualTo(list);
        assertThat(Replicas.of(list)).isEqualTo(Replicas.of(list)).hasSameHashCodeAs(Replicas.of(list));
        assertThat(Replicas.of(list)).isNotEqualTo(Replicas.of(list.subList(0, 3)));
    }

    @Test
    void measurementsAreEqualIfTheirNumbersAre() {
        Measurement one = Measurement.perReplica(2).add(1, 3.5, Draft.NOW).build();
        assertThat(one)
                .isEqualTo(Measurement.perReplica(2).add(1, 3.5, Draft.NOW).build())
                .isNotEqualTo(Measurement.perReplica(2).add(0, 3.5, Draft.NOW).build())
                .isNotEqualTo(Measurement.perReplica(2)
                        .add(1, 3.5, Draft.NOW.plusNanos(1))
                        .build());
    }

    @Test
    void ofSeveralSamplesTheOldestAndTheWidestCount() {
        Instant then = Draft.NOW.minusSeconds(60);
        Duration wide = Duration.ofSeconds(30);
        Measurement.PerReplica both = Measurement.perReplica(2)
                .add(0, 1.5, Draft.NOW)
                .add(0, 2, then, wide)
                .add(1, 2, then, wide)
                .add(1, 1.5, Draft.NOW)
                .build();
        for (int replica = 0; replica < 2; replica++) {
            assertThat(both.value(replica)).isEqualTo(3_500);
            assertThat(both.time(replica)).isEqualTo(Nanos.of(then));
            assertThat(both.window(replica)).isEqualTo(Nanos.of(wide));
        }
    }

    @Test
    void aSituationIsAboutItsReplicas() {
        Replicas none = Replicas.of(List.of());
        Map<String, Measurement> foreign =
                Map.of("cpu", Measurement.perReplica(3).build());
        assertThatThrownBy(() -> new Situation(3, 3, none, foreign, History.empty()))
                .hasMessage("the measurement of cpu is about 3 replicas, the situation has 0");
        assertThatThrownBy(() -> new Situation(-1, 0, none, Map.of(), History.empty()))
                .hasMessageContaining("current -1");
        assertThatThrownBy(() -> new Failed(" ")).hasMessageContaining("expected what went wrong");
        assertThatThrownBy(() -> Measurement.perReplica(1).add(1, 1, Draft.NOW))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
