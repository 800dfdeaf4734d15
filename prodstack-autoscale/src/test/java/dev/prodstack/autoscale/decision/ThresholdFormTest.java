package dev.prodstack.autoscale.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.core.scaling.Quantity;
import dev.prodstack.core.scaling.ScalingRule.Step;
import dev.prodstack.core.scaling.ScalingRule.Thresholds;
import dev.prodstack.core.scaling.Signal;
import dev.prodstack.core.scaling.Threshold;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the thresholds of a script's form ask for. */
class ThresholdFormTest {

    /** {@code cpu 70 30}: above 70 %, below 30 %; other marks are in thousandths. */
    private static Threshold threshold(String name, String text) {
        String[] parts = text.split(" ", -1);
        Signal signal = TargetFormTest.metric(parts[0] + " 1").signal();
        long unit = signal instanceof Signal.Utilization ? 1_000 : 1;
        return new Threshold(
                name,
                signal,
                new Quantity(Long.parseLong(parts[1]) * unit),
                new Quantity(Long.parseLong(parts[2]) * unit));
    }

    private static String outcome(Decision decision) {
        return decision.replicas()
                + decision.reasons().stream()
                        .map(Reason::code)
                        .filter(code -> !code.equals("DesiredWithinRange"))
                        .map(code -> " " + code.replace("Thresholds", "").replace("Threshold", ""))
                        .collect(Collectors.joining());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // above the one mark up, below the other down, on a mark neither
                "cpu 70 30    | 1 1 | 4  | 4*710/1000                  | 5 Above",
                "cpu 70 30    | 1 1 | 4  | 4*700/1000                  | 4 Between",
                "cpu 70 30    | 1 1 | 4  | 4*7001/10000                | 5 Above",
                "cpu 70 30    | 1 1 | 4  | 4*300/1000                  | 4 Between",
                "cpu 70 30    | 1 1 | 4  | 4*299/1000                  | 3 Below",
                "cpu 70 30    | 1 1 | 4  | 4*500/1000                  | 4 Between",
                "cpu 70 30    | 3 2 | 4  | 4*800/1000                  | 7 Above",
                "cpu 70 30    | 3 2 | 4  | 4*100/1000                  | 2 Below",
                "task 70 30   | 1 1 | 4  | 4*71                        | 5 Above",
                "task 70 30   | 1 1 | 4  | 4*29                        | 3 Below",
                "cpu 70 30    | 5 1 | 18 | 18*800/1000                 | 20 Above TooManyReplicas",
                "cpu 70 30    | 1 5 | 3  | 3*10/1000                   | 1 Below TooFewReplicas",
                "cpu 70 30    | 1 1 | 1  | 1*10/1000                   | 1 Below TooFewReplicas",
                // a step down that would call for the way back is cut short
                "cpu 70 30    | 5 5 | 7  | 7*210/1000                  | 3 Below StepShortened",
                "cpu 70 60    | 1 1 | 2  | 2*590/1000                  | 2 Below StepShortened",
                "cpu 70 60    | 1 1 | 7  | 7*590/1000                  | 6 Below",
                "cpu 70 69    | 1 1 | 7  | 7*600/1000                  | 6 Below",
                // without a sample: idle for the upper mark, all they are given for the lower
                "cpu 70 30    | 1 1 | 4  | 3*800/1000 -/1000           | 4 Between",
                "cpu 70 30    | 1 1 | 5  | 4*900/1000 -/1000           | 6 Above",
                "cpu 70 30    | 1 1 | 4  | 3*100/1000 -/1000           | 4 Between",
                "cpu 70 30    | 1 1 | 6  | 5*100/1000 -/1000           | 5 Below",
                "cpu 70 30    | 1 4 | 6  | 5*100/1000 -/1000           | 3 Below StepShortened",
                "task 70 30   | 1 1 | 4  | 3*10 -                      | 3 Below",
                "task 70 30   | 1 1 | 3  | 2*10 -                      | 3 Between",
                // not ready or being replaced: idle for the upper mark, not there for the lower
                "cpu 70 30    | 1 1 | 4  | 3*1000/1000 -/1000:pending  | 5 Above",
                "cpu 70 30    | 1 1 | 4  | 2*1000/1000 2*-/1000:pending | 4 Between",
                "cpu 70 30    | 1 1 | 4  | 2*1000/1000 2*999/1000:replacing | 4 Between",
                "cpu 70 30    | 1 1 | 4  | 3*100/1000 -/1000:pending   | 3 Below",
                "cpu 70 30    | 1 1 | 4  | 4*-/1000                    | 4 FailedGetResourceMetric MetricsMissing",
                "cpu 70 30    | 1 1 | 4  | 4*100                       | 4 FailedGetResourceMetric MetricsMissing",
            })
    void perReplica(String threshold, String step, int current, String herd, String expected) {
        Herd read = Herd.of(herd);
        Draft draft = draft(step, current, threshold("m", threshold))
                .bounds(1, 20)
                .replicas(read.replicas())
                .measured("m", read.samples());
        assertThat(outcome(draft.decide())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "queue 100000 20000 | 1 1 | 4 | 404     | 5 Above",
                "queue 100000 20000 | 1 1 | 4 | 400     | 4 Between",
                "queue 100000 20000 | 1 1 | 4 | 80      | 4 Between",
                "queue 100000 20000 | 1 1 | 4 | 79      | 3 Below",
                "queue 100000 20000 | 1 1 | 4 | 200 204 | 5 Above",
                "queue 100000 20000 | 1 1 | 1 | 0       | 0 Below",
                "queue 100000 20000 | 1 1 | 1 | 5       | 1 Below StepShortened",
                "queue 100000 20000 | 1 1 | 0 | 5       | 1 Above",
                "queue 100000 20000 | 1 1 | 0 | 0.001   | 1 Above",
                "queue 100000 20000 | 1 1 | 0 | 0       | 0 Below",
                "value 500 100      | 1 1 | 4 | 0.6     | 5 Above",
                "value 500 100      | 1 1 | 4 | 0.05    | 3 Below",
                "value 500 450      | 1 1 | 4 | 0.4     | 4 Below StepShortened",
                "value 500 100      | 1 1 | 4 | -1      | 3 Below",
                "queue 100000 20000 | 1 1 | 4 | nan     | 4 FailedGetExternalMetric MetricsMissing",
            })
    void together(String threshold, String step, int current, String numbers, String expected) {
        Draft draft = draft(step, current, threshold("m", threshold))
                .bounds(0, 20)
                .measured("m", TargetFormTest.total(numbers));
        assertThat(outcome(draft.decide())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // one above is enough for the way up, all must be below for the way down
                "4*800/1000 | 10  | 5 Above Below",
                "4*100/1000 | 500 | 5 Below Above",
                "4*100/1000 | 10  | 3 Below Below",
                "4*100/1000 | 200 | 4 Below Between",
                "4*500/1000 | 10  | 4 Between Below",
                // without data one may not be overruled on the way down
                "4*-/1000   | 10  | 4 FailedGetResourceMetric Below MetricsMissing",
                "4*-/1000   | 500 | 5 FailedGetResourceMetric Above",
                "4*-/1000   | 200 | 4 FailedGetResourceMetric Between",
                "4*-/1000   | nan | 4 FailedGetResourceMetric FailedGetExternalMetric MetricsMissing",
            })
    void several(String herd, String numbers, String expected) {
        Herd read = Herd.of(herd);
        Draft draft = draft("1 1", 4, threshold("cpu", "cpu 70 30"), threshold("queue", "queue 100000 20000"))
                .bounds(1, 20)
                .replicas(read.replicas())
                .measured("cpu", read.samples())
                .measured("queue", TargetFormTest.total(numbers));
        assertThat(outcome(draft.decide())).isEqualTo(expected);
    }

    private static Draft draft(String step, int current, Threshold... thresholds) {
        String[] steps = step.split(" ", -1);
        return new Draft()
                .rule(new Thresholds(
                        List.of(thresholds), new Step(Integer.parseInt(steps[0]), Integer.parseInt(steps[1]))))
                .current(current);
    }
}
