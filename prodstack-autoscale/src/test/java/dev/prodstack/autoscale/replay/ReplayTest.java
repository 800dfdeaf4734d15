package dev.prodstack.autoscale.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.prodstack.autoscale.replay.TraceFile.Content;
import dev.prodstack.core.compose.PolicyText;
import dev.prodstack.core.scaling.ScalingPolicy;
import dev.prodstack.core.yaml.SourceText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final ServiceModel MODEL = new ServiceModel(10, Duration.ofSeconds(90), 0.5);

    private static ScalingPolicy policy(String metrics) {
        return PolicyText.read(new SourceText("policy", "min: 1\nmax: 20\nmetrics: [" + metrics + "]"));
    }

    private static Trace steps(double... load) {
        return Trace.of(Instant.EPOCH, MINUTE, load);
    }

    private static Trace read(String csv, Content content) throws IOException {
        return TraceFile.read(new BufferedReader(new StringReader(csv)), content, MINUTE);
    }

    /** 10 a second come in for a minute, one replica does 5: 300 wait, which takes it a minute. */
    @Test
    void whatIsTooMuchWaitsInTheQueue() {
        Run run = Replay.of(steps(10, 0, 0), new ServiceModel(5, MINUTE, 0.5)).fixed("one", 1);
        assertThat(new double[] {run.delay(0), run.delay(1), run.delay(2)}).containsExactly(60, 0, 0);
        assertThat(run.timeAboveTarget()).isEqualTo(2 / 3.0);
        assertThat(run.replicaHours()).isCloseTo(0.05, within(1e-9));
        assertThat(run.cost(new Prices(0, 9, 2))).isCloseTo(0.1, within(1e-9));
        assertThat(run.cost(new Prices(3, 1, 2))).isCloseTo(0.15, within(1e-9));
    }

    @Test
    void theOracleIsAtTheTargetWithTheFewestReplicas() {
        Run run = Replay.of(steps(5, 25, 25.1, 0), MODEL)
                .oracle("oracle", policy("{cpu: 50%}").bounds());
        assertThat(new int[] {run.replicas(0), run.replicas(1), run.replicas(2), run.replicas(3)})
                .containsExactly(1, 5, 6, 1);
        assertThat(run.timeAboveTarget()).isZero();
    }

    /**
     * Known load, worked out by hand: 1 replica at 100 % asks for 2; these start within two looks, asking for 4 then.
     */
    @Test
    void replicasThatStartBearNothing() {
        double[] load = new double[30];
        Arrays.fill(load, 5, 30, 20);
        Run run = Replay.of(steps(load), MODEL).policy("cpu", policy("{cpu: 50%}"));
        assertThat(run.replicas(5)).isEqualTo(1);
        assertThat(run.replicas(6)).isEqualTo(2);
        assertThat(run.delay(6)).isGreaterThan(run.delay(5));
        assertThat(run.replicas(29)).isGreaterThanOrEqualTo(4);
        assertThat(run.delay(29)).isZero();
    }

    @Test
    void onlyWhatTheTraceTellsIsReplayed() {
        ScalingPolicy both = policy("{memory: 80%}, {cpu: 50%}");
        assertThat(Replay.leftOut(both)).containsExactly("memory");
        assertThatThrownBy(() -> Replay.of(steps(1), MODEL).policy("memory", policy("{memory: 80%}")))
                .hasMessageStartingWith("no metric of the policy can be replayed");
    }

    @Test
    void aLoadHoldsUntilTheNextLine() throws IOException {
        Trace trace = read(
                "time,load\n2026-01-01 00:00:30,4\n2026-01-01 00:02:00,10\n2026-01-01T00:03:00Z,2\n", Content.LOAD);
        assertThat(trace.start()).isEqualTo(Instant.parse("2026-01-01T00:00:30Z"));
        assertThat(new double[] {trace.load(0), trace.load(1), trace.load(2)}).containsExactly(4, 7, 6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-01T00:00:30Z",
                "2026-01-01T00:00:30",
                "2026-01-01 00:00:30",
                "2026-01-01T01:00:30+01:00",
                "2026-01-01T00:00:30.000Z",
                "1767225630",
                "1767225630.0"
            })
    void timesAreWrittenInSeveralWays(String time) throws IOException {
        assertThat(read(time + ",1\n2026-01-01T00:05:00Z,1\n", Content.LOAD).start())
                .isEqualTo(Instant.parse("2026-01-01T00:00:30Z"));
    }

    @Test
    void whatWasNotRecordedIsAsBefore() {
        Trace trace = Trace.recorded(Instant.EPOCH, MINUTE, new double[] {Double.NaN, 4, Double.NaN, 6});
        assertThat(trace.start()).isEqualTo(Instant.EPOCH.plus(MINUTE));
        assertThat(new double[] {trace.load(0), trace.load(1), trace.load(2)}).containsExactly(4, 4, 6);
        assertThat(trace.steps()).isEqualTo(3);
        assertThatThrownBy(() -> Trace.recorded(Instant.EPOCH, MINUTE, new double[] {Double.NaN}))
                .hasMessage("there is no number in the whole span");
        assertThatThrownBy(() ->
                        Trace.recorded(Instant.EPOCH, MINUTE, new double[] {1, Double.NaN, Double.NaN, Double.NaN}))
                .hasMessageStartingWith("3 of 4 steps have no number");
    }

    @Test
    void arrivalsAreCounted() throws IOException {
        Trace trace = read("60\n61\n62.5\n130\n", Content.ARRIVALS);
        assertThat(trace.load(0)).isEqualTo(3 / 60.0);
        assertThat(trace.load(1)).isEqualTo(1 / 60.0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1,1            | a trace has at least two lines with a time, this has 1
            1,1;2026-13-01T00:00:00Z,2 | line 2: expected a time such as
            1,1;noon,2     | line 2: expected a time such as
            2,1;1,2        | line 2: its time is before the line above
            1,1;2          | line 2: expected a load of at least 0 in the second column, found ""
            1,NaN;2,1      | line 1: expected a load
            1,-1;2,1       | line 1: expected a load
            """)
    void wrongLinesAreNamed(String csv, String message) {
        assertThatThrownBy(() -> read(csv.replace(';', '\n'), Content.LOAD)).hasMessageStartingWith(message);
    }
}
