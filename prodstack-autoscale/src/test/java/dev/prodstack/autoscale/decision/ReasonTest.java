package dev.prodstack.autoscale.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.core.scaling.Metric;
import dev.prodstack.core.scaling.Quantity;
import dev.prodstack.core.scaling.ScalingPolicy.Mode;
import dev.prodstack.core.scaling.ScalingRule.Step;
import dev.prodstack.core.scaling.ScalingRule.Thresholds;
import dev.prodstack.core.scaling.Signal;
import dev.prodstack.core.scaling.Signal.Basis;
import dev.prodstack.core.scaling.Signal.QueueCount;
import dev.prodstack.core.scaling.Signal.Reading;
import dev.prodstack.core.scaling.Signal.Resource;
import dev.prodstack.core.scaling.Threshold;
import dev.prodstack.core.scaling.WhenBlind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What operators read. */
class ReasonTest {
    private static final Signal QUEUE = new Signal.Queue(List.of("celery"), "/", QueueCount.READY_AND_UNACKED);

    private static List<String> texts(Decision decision) {
        return decision.reasons().stream().map(Reason::text).toList();
    }

    @Test
    void aQueueThatGrowsDuringAnUpdate() {
        Draft draft = new Draft()
                .bounds(10, 50)
                .current(18)
                .metrics(Metric.of(QUEUE, Quantity.of(100)))
                .measured("queue celery", TargetFormTest.total("2310 40"));
        assertThat(texts(draft.decide()))
                .containsExactly(
                        "queue celery: 2350 messages, target 100 messages a replica: asks for 24 replicas",
                        "the count is within bounds and rates");
    }

    @Test
    void whatEachMetricAskedFor() {
        Herd herd = Herd.of("3*910/1000 -/1000 250/1000:pending 100/1000:failed");
        Draft draft = new Draft()
                .current(5)
                .metrics(
                        Metric.of(new Signal.Utilization(Resource.CPU, Basis.RESERVATION), Quantity.of(70)),
                        Metric.of(new Signal.Usage(Resource.CPU), new Quantity(500)),
                        Metric.of(new Signal.Usage(Resource.MEMORY), Quantity.of(2)),
                        new Metric("p95", new Signal.Query("q", Reading.VALUE), new Quantity(250)),
                        new Metric("jobs", new Signal.Query("j", Reading.PER_TASK), Quantity.of(1)),
                        Metric.of(
                                new Signal.Queue(List.of("a", "b"), "/", QueueCount.PUBLISHED_PER_SECOND),
                                new Quantity(2_500)))
                .replicas(herd.replicas())
                .measured("cpu", herd.samples())
                .measured("cpu use", herd.samples())
                .measured("memory use", herd.samples())
                .measured("p95", Measurement.total(0.26, Draft.NOW))
                .measured("jobs", herd.samples())
                .measured("rate a+b", Measurement.total(31.25, Draft.NOW));
        String counted = " (3 ready, 1 not ready or being replaced, 1 without a sample, 1 failed or stopping): ";
        assertThat(texts(draft.decide()))
                .containsExactly(
                        "cpu: 91 %, target 70 %" + counted
                                + "asks to stay at 5, since those that do not count could turn the direction round",
                        "cpu use: 0.91 CPUs, target 0.5 CPUs a replica" + counted
                                + "within the tolerance of 10 % above and 10 % below, asks to stay at 5",
                        "memory use: 0.91 bytes, target 2 bytes a replica" + counted + "asks for 3 replicas",
                        "p95: 0.26, target 0.25: within the tolerance of 10 % above and 10 % below, asks to stay at 5",
                        "jobs: 0.91, target 1 a replica" + counted
                                + "within the tolerance of 10 % above and 10 % below, asks to stay at 5",
                        "rate a+b: 31.25 messages/s, target 2.5 messages/s a replica: asks for 13 replicas",
                        "the count is within bounds and rates");
    }

    @Test
    void whatStandsBetween() {
        Draft rates = new Draft()
                .bounds(5, 13)
                .wants(40)
                .behavior(PaceTest.direction("60 max 2/15 30%/60"), PaceTest.direction("300 min 50%/60"))
                .recommended("-30:30")
                .mode(Mode.DRY_RUN);
        assertThat(texts(rates.decide()))
                .contains(
                        "window: 30 in place of 40, the lowest that was asked for in the last 1 min",
                        "bounds: 30 is more than max 13",
                        "dry run: nothing is changed");
        assertThat(texts(rates.bounds(5, 20).decide())).contains("rate: 30 % up in 1 min: 13 in place of 30");
        assertThat(texts(rates.wants(7).recommended("-30:9").decide()))
                .contains("window: 9 in place of 7, the highest that was asked for in the last 5 min");
        Draft single = new Draft().wants(2);
        assertThat(texts(single.behavior(Draft.FREE, PaceTest.direction("0 max 1/90"))
                        .decide()))
                .contains("rate: 1 replica down in 1 min 30 s: 9 in place of 2");
        assertThat(texts(single.behavior(Draft.FREE, PaceTest.direction("0 disabled 1/90"))
                        .decide()))
                .contains("rate: moves down are disabled: 10 in place of 2");
        assertThat(texts(single.wants(99).withoutBehavior().decide()))
                .contains("rate: twice the count in one step, or 4 replicas: 20 in place of 99");
        Draft waiting = new Draft()
                .wants(7)
                .cooldown(0, 300)
                .moved("-100:+1")
                .replicas(Herd.of("-:replacing 2*-").replicas());
        assertThat(texts(waiting.decide()))
                .contains(
                        "cooldown: down to 7 waits 5 min after the last move, until 2026-11-23T10:03:20Z",
                        "update in progress: down to 7 waits while a replica is being replaced");
    }

    @Test
    void whatIsMissing() {
        Draft blind = new Draft();
        assertThat(texts(blind.decide()))
                .containsExactly("wanted: no data, it was not measured", "no metric has data (1 look): holding");
        assertThat(texts(blind.measured("wanted", Measurement.failed("Prometheus did not answer in 5 s"))
                        .whenBlind(new WhenBlind.Replicas(15, 3))
                        .history(History.empty().withBlindLooks(1))
                        .decide()))
                .containsExactly(
                        "wanted: no data, Prometheus did not answer in 5 s",
                        "no metric has data (2 looks in a row): holding, the fallback of 15 replicas follows after 3");
        assertThat(texts(blind.history(History.empty().withBlindLooks(2)).decide()))
                .contains("no metric has data (3 looks in a row): the fallback of 15 replicas is asked for");
        assertThat(texts(new Draft()
                        .history(History.empty()
                                .withLooks(Optional.empty(), Optional.of(Instant.parse("2026-11-23T11:01:30Z"))))
                        .decide()))
                .containsExactly("the clock went back by 1 h 1 min: holding for one look");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-/1000       | no replica has a sample that counts (1 not ready or being replaced, 1 without a sample, 1 with a stale one, 1 with NaN or another impossible number)",
                "300          | 1 replica has no cpu limit: set deploy.resources.limits.cpus",
            })
    void whatIsMissingOfReplicas(String one, String expected) {
        Herd herd =
                Herd.of(one.equals("300") ? "400/1000 300" : "-/1000 nan/1000 500/1000:sampled=61 500/1000:pending");
        Draft draft = new Draft()
                .metrics(Metric.of(new Signal.Utilization(Resource.CPU, Basis.LIMIT), Quantity.of(70)))
                .replicas(herd.replicas())
                .measured("cpu", herd.samples());
        assertThat(texts(draft.decide())).contains("cpu: no data, " + expected);
    }

    @ParameterizedTest
    @CsvSource({
        "90,   its sample is 1 min 30 s old",
        "7200, its sample is 2 h old",
        "-75,  its sample is from 1 min 15 s ahead of this clock"
    })
    void howOldASampleIs(int age, String expected) {
        Draft draft = new Draft().measured("wanted", Measurement.total(1, Draft.NOW.minusSeconds(age)));
        assertThat(texts(draft.decide())).contains("wanted: no data, " + expected);
    }

    @ParameterizedTest
    @CsvSource({
        "NaN, 'wanted: no data, the answer was NaN or infinite'",
        "-3,  'celery: no data, the answer was below zero'"
    })
    void impossibleNumbers(double value, String expected) {
        Draft draft = new Draft().wants(1);
        if (value < 0) {
            draft.metrics(new Metric("celery", QUEUE, Quantity.of(1)));
        }
        String metric = value < 0 ? "celery" : "wanted";
        assertThat(texts(draft.measured(metric, Measurement.total(value, Draft.NOW))
                        .decide()))
                .contains(expected);
    }

    @Test
    void thresholds() {
        Herd herd = Herd.of("7*210/1000");
        Signal cpu = new Signal.Utilization(Resource.CPU, Basis.LIMIT);
        Draft draft = new Draft()
                .current(7)
                .rule(new Thresholds(List.of(Threshold.of(cpu, Quantity.of(70), Quantity.of(30))), new Step(1, 5)))
                .replicas(herd.replicas())
                .measured("cpu", herd.samples());
        assertThat(texts(draft.decide()))
                .containsExactly(
                        "cpu: 21 % is below 30 %",
                        "at 2 replicas cpu would be above 70 % again: it needs 3",
                        "the count is within bounds and rates");
        draft.rule(new Thresholds(List.of(Threshold.of(QUEUE, Quantity.of(70), Quantity.of(30))), Step.one()));
        assertThat(texts(draft.measured("queue celery", TargetFormTest.total("600"))
                        .decide()))
                .contains("queue celery: 85.714 messages a replica is above 70 messages");
        assertThat(texts(draft.measured("queue celery", TargetFormTest.total("350"))
                        .decide()))
                .contains("queue celery: 50 messages a replica is between 30 messages and 70 messages");
    }

    @Test
    void aPartOfTheMetrics() {
        Draft draft = new Draft()
                .metrics(new Metric("a", Draft.SHARED, Quantity.of(1)), new Metric("b", Draft.SHARED, Quantity.of(1)))
                .measured("a", Measurement.total(4, Draft.NOW));
        assertThat(texts(draft.decide()))
                .containsExactly(
                        "a: 4, target 1 a replica: asks for 4 replicas",
                        "b: no data, it was not measured",
                        "down to 4 only when every metric has data");
    }
}
