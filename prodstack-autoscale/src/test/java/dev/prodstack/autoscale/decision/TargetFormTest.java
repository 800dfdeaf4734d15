package dev.prodstack.autoscale.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.autoscale.decision.Finding.Asked;
import dev.prodstack.autoscale.decision.Finding.Verdict;
import dev.prodstack.autoscale.decision.Measurement.Sample;
import dev.prodstack.autoscale.decision.Measurement.Total;
import dev.prodstack.core.scaling.Metric;
import dev.prodstack.core.scaling.Quantity;
import dev.prodstack.core.scaling.Signal;
import dev.prodstack.core.scaling.Signal.Basis;
import dev.prodstack.core.scaling.Signal.Reading;
import dev.prodstack.core.scaling.Signal.Resource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one metric asks for: the tables are worked out by hand from the rules in the HPA's form. */
class TargetFormTest {

    /** The metric is {@code cpu 50} and so on; targets other than percentages are in thousandths. */
    static Metric metric(String text) {
        String[] parts = text.split(" ", -1);
        long target = Long.parseLong(parts[1]);
        return switch (parts[0]) {
            case "cpu" -> of(new Signal.Utilization(Resource.CPU, Basis.RESERVATION), target * 1_000);
            case "memory" -> of(new Signal.Utilization(Resource.MEMORY, Basis.LIMIT), target * 1_000);
            case "use" -> of(new Signal.Usage(Resource.CPU), target);
            case "bytes" -> of(new Signal.Usage(Resource.MEMORY), target);
            case "task" -> of(new Signal.Query("task", Reading.PER_TASK), target);
            case "value" -> of(new Signal.Query("value", Reading.VALUE), target);
            case "shared" -> of(new Signal.Query("shared", Reading.AVERAGE), target);
            case "queue" -> of(new Signal.Queue(List.of("jobs"), "/", Signal.QueueCount.READY_AND_UNACKED), target);
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Metric of(Signal signal, long thousandths) {
        return new Metric("m", signal, new Quantity(thousandths));
    }

    /** {@code 12} asks for 12, {@code in 10} stays at 10 within tolerance, {@code ? 10} since it is uncertain. */
    private static String outcome(Decision decision) {
        Reason first = decision.reasons().get(0);
        if (!(first instanceof Asked asked)) {
            return "none";
        }
        String sign = asked.verdict() == Verdict.MOVED ? "" : asked.verdict() == Verdict.UNCERTAIN ? "? " : "in ";
        return sign + asked.replicas();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // the ratio and its tolerance, target 50: 45 to 55 % is near enough
                "cpu 50    | 3   | 3*500/1000                           | in 3",
                "cpu 50    | 3   | 300/1000 500/1000 700/1000           | in 3",
                "cpu 30    | 3   | 300/1000 500/1000 700/1000           | 5",
                "cpu 50    | 5   | 100/1000 300/1000 500/1000 2*250/1000 | 3",
                "cpu 50    | 10  | 10*550/1000                          | in 10",
                "cpu 50    | 10  | 10*559/1000                          | in 10",
                "cpu 50    | 10  | 10*560/1000                          | 12",
                "cpu 50    | 10  | 10*450/1000                          | in 10",
                "cpu 50    | 10  | 10*449/1000                          | 9",
                "cpu 50    | 10  | 10*600/1000                          | 12",
                "cpu 50    | 10  | 10*0/1000                            | 0",
                "cpu 50    | 1   | 9999/1000                            | 20",
                // in double precision 1.11 times 100 is a little more than 111
                "cpu 100   | 100 | 100*1110/1000                        | 112",
                // sums, not an average of shares
                "cpu 50    | 2   | 900/1000 100/3000                    | 1",
                // several containers
                "cpu 50    | 2   | 2*300+400/500+500                    | 3",
                "cpu 50    | 2   | 2*700/500+500                        | 3",
                "cpu 50    | 2   | 2*300+400/500+-                      | none",
                // nothing to take a share of
                "cpu 50    | 0   |                                      | none",
                "cpu 50    | 2   | 2*300                                | none",
                "cpu 50    | 2   | 300/1000 300                         | none",
                "cpu 50    | 3   | 2*300/1000 -:pending                 | none",
                "cpu 50    | 3   | 3*500/1000 300:deleting              | in 3",
                "cpu 50    | 2   | 2*300/0                              | none",
                // failed and stopping replicas are not there
                "cpu 50    | 4   | 2*1000/1000 2*1000/1000:failed       | 4",
                "cpu 50    | 4   | 2*1000/1000 2*1000/1000:deleting     | 4",
                "cpu 50    | 2   | 2*1000/1000:deleting                 | none",
                "cpu 50    | 2   | 1000/1000:deleting 1000/1000:failed  | none",
                // where all samples count, the count follows the replicas that are there, even against the ratio
                "cpu 50    | 10  | 7*600/1000 3*-/1000:failed           | 9",
                "cpu 50    | 10  | 12*425/1000                          | 11",
            })
    void resourceMetricsCompareSumsOfWholeThousandths(String metric, int current, String herd, String expected) {
        assertOutcome(metric, current, herd, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // pending: idle on the way up, not there on the way down
                "cpu 50  | 4  | 3*1000/1000 -/1000:pending              | 6",
                "cpu 50  | 4  | 3*1000/1000 900/1000:pending            | 6",
                "cpu 50  | 4  | 2*1000/1000 2*-/1000:pending            | in 4",
                "cpu 50  | 4  | 1*1000/1000 3*-/1000:pending            | ? 4",
                "cpu 50  | 4  | 3*540/1000 -/1000:pending               | ? 4",
                "cpu 50  | 10 | 3*1000/1000 -/1000:pending              | ? 10",
                "cpu 50  | 5  | 100/1000 300/1000 500/1000 2*-/1000:pending | 2",
                "cpu 50  | 4  | 3*500/1000 -/1000:pending               | in 4",
                "cpu 50  | 2  | 4*420/1000 -/1000:pending               | 4",
                "cpu 50  | 2  | 2*-/1000:pending                        | none",
                // being replaced by an update: as pending, for every metric, whatever its sample says
                "cpu 50  | 4  | 3*1000/1000 1000/1000:replacing         | 6",
                "cpu 50  | 4  | 2*1000/1000 2*1000/1000:replacing       | in 4",
                "memory 50 | 4 | 2*1000/1000 2*1000/1000:replacing      | in 4",
                "task 100 | 4 | 2*200 2*900:replacing                   | in 4",
                "cpu 50  | 4  | 4*1000/1000:replacing                   | none",
                // CPU: never ready or never started
                "cpu 50  | 4  | 3*1000/1000 1000/1000:started=never     | 6",
                "cpu 50  | 4  | 3*1000/1000 1000/1000:ready=never       | 6",
                // CPU: in the first 300 s a sample must be taken a whole window after the replica got ready
                "cpu 50  | 4  | 3*1000/1000 1000/1000:started=100:ready=50:window=60 | 6",
                "cpu 50  | 4  | 3*1000/1000 1000/1000:started=100:ready=60:window=60 | 8",
                "cpu 50  | 4  | 3*1000/1000 1000/1000:started=100:ready=60:window=60:sampled=1 | 6",
                "cpu 50  | 4  | 3*1000/1000 1000/1000:started=100:unready=90 | 6",
                "cpu 50  | 4  | 3*1000/1000 1000/1000:started=299.999:ready=60:window=61 | 6",
                "cpu 50  | 4  | 3*1000/1000 1000/1000:started=300:ready=60:window=61 | 8",
                // CPU: later only a replica that was never ready does not count, told by its 30 s
                "cpu 50  | 4  | 3*1000/1000 1000/1000:started=600:unready=571 | 6",
                "cpu 50  | 4  | 3*1000/1000 1000/1000:started=600:unready=570 | 8",
                "cpu 50  | 4  | 3*1000/1000 1000/1000:started=600:unready=100 | 8",
                // other metrics do not look at readiness
                "memory 50 | 4 | 3*1000/1000 1000/1000:started=10:unready=5 | 8",
                "task 400 | 4 | 3*800 800:started=10:unready=5          | 8",
                "use 400 | 4  | 3*800 800:started=10:unready=5          | 6",
                "bytes 4000 | 4 | 3*8000 8000:started=10:unready=5      | 8",
            })
    void startingAndReplacedReplicasAreNoLoad(String metric, int current, String herd, String expected) {
        assertOutcome(metric, current, herd, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // below target: as if they used all they are given, or the target where that is more
                "cpu 50   | 4 | 3*200/1000 -/1000                       | 4",
                "cpu 50   | 6 | 5*100/1000 -/1000                       | 3",
                "cpu 50   | 3 | 2*400/1000 -/1000                       | ? 3",
                "cpu 50   | 4 | 3*300/1000 -/1000                       | in 4",
                "cpu 50   | 2 | 2*100/1000 -/1000                       | ? 2",
                "cpu 200  | 4 | 3*1000/1000 -/1000                      | 3",
                "task 100 | 4 | 3*50 -                                  | 3",
                // above target: as if they were idle
                "cpu 50   | 4 | 3*1000/1000 -/1000                      | 6",
                "cpu 50   | 4 | 600/1000 3*-/1000                       | ? 4",
                "task 100 | 4 | 3*200 -                                 | 6",
                // on target: they change nothing
                "cpu 50   | 4 | 3*500/1000 -/1000                       | in 4",
                "task 100 | 4 | 3*100 -                                 | in 4",
                // together with pending ones
                "cpu 50   | 5 | 3*1000/1000 -/1000 -/1000:pending       | 6",
                "cpu 50   | 5 | 3*100/1000 -/1000 -/1000:pending        | 3",
                "cpu 50   | 4 | 3*100/1000 -/1000:started=10:unready=5  | 3",
                // nothing to go by
                "cpu 50   | 3 | 3*-/1000                                | none",
                "cpu 50   | 3 | 2*-/1000 -/1000:pending                 | none",
                "task 100 | 3 | 3*-                                     | none",
                // no number, too old, too far ahead, impossible: no data, never zero
                "cpu 50   | 4 | 3*1000/1000 nan/1000                    | 6",
                "cpu 50   | 4 | 3*1000/1000 inf/1000                    | 6",
                "cpu 50   | 4 | 3*1000/1000 500+nan/500+500             | 6",
                "cpu 50   | 4 | 3*1000/1000 -500/1000                   | 6",
                "cpu 50   | 4 | 3*1000/1000 1000/1000:sampled=59.999    | 8",
                "cpu 50   | 4 | 3*1000/1000 1000/1000:sampled=60        | 6",
                "cpu 50   | 4 | 3*1000/1000 1000/1000:sampled=-59.999   | 8",
                "cpu 50   | 4 | 3*1000/1000 1000/1000:sampled=-60       | 6",
                "cpu 50   | 4 | 4*nan/1000                              | none",
                "cpu 50   | 4 | 4*100/1000:sampled=61                   | none",
            })
    void replicasWithoutASampleAreTakenOnTheCarefulSide(String metric, int current, String herd, String expected) {
        assertOutcome(metric, current, herd, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "use 400    | 3 | 3*500                 | 4",
                "bytes 4000 | 3 | 3*5000                | 4",
                "task 100   | 3 | 3*110                 | in 3",
                "task 100   | 3 | 3*111                 | 4",
                "task 100   | 3 | 3*90                  | in 3",
                "task 100   | 9 | 9*89                  | 9",
                // the average is a whole number of thousandths: 11 / 3 is 3
                "task 3     | 3 | 3 4 4                 | in 3",
                "task 3     | 3 | 3*4                   | 4",
                "task 100   | 5 | 3*50 2*-:pending      | 2",
                "task 100   | 4 | 3*200 -:pending       | 6",
                // a query may be below zero
                "task 100   | 4 | 4*-100                | 0",
            })
    void averagesAreComparedInWholeThousandths(String metric, int current, String herd, String expected) {
        assertOutcome(metric, current, herd, expected);
    }

    private static void assertOutcome(String metric, int current, String herd, String expected) {
        Herd read = Herd.of(herd == null ? "" : herd);
        Draft draft = new Draft()
                .metrics(metric(metric))
                .bounds(1, 1_000)
                .current(Math.max(1, current))
                .replicas(read.replicas())
                .measured("m", read.samples());
        assertThat(outcome(draft.decide())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // value: current count, replicas, numbers
                "value 1000  | 0  | 0  |                              | 5.1        | 6",
                "value 1000  | 0  | 0  |                              | 0          | 0",
                "value 1000  | 0  | 0  |                              | 1.05       | 2",
                "value 1000  | 3  | 3  | 3*-                          | 1.1        | in 3",
                "value 1000  | 3  | 3  | 3*-                          | 1.2        | 4",
                "value 1000  | 10 | 10 | 10*-                         | 0.5        | 5",
                "value 1000  | 3  | 3  | -  2*-:unready=5             | 2          | 2",
                "value 1000  | 3  | 3  | -  -:pending -:deleting      | 2          | 2",
                "value 1000  | 3  | 3  | -  -:replacing -:ready=never | 2          | 2",
                "value 1000  | 3  | 3  | 3*-:unready=5                | 2          | 0",
                "value 1000  | 3  | 3  |                              | 1.05       | in 3",
                "value 1000  | 3  | 3  |                              | 2          | none",
                "value 1     | 3  | 3  | 3*-                          | 1e12       | 2147483647",
                "value 1000  | 3  | 3  | 3*-                          | -1         | 0",
                // shared: existing replicas, sum of the numbers
                "queue 100000 | 18 | 18 |                             | 2310 40    | 24",
                "queue 100000 | 10 | 10 |                             | 1100       | in 10",
                "queue 100000 | 10 | 10 |                             | 1101       | 12",
                "queue 100000 | 10 | 10 |                             | 900        | in 10",
                "queue 100000 | 10 | 10 |                             | 899        | 9",
                "queue 100000 | 10 | 10 |                             | 0          | 0",
                "queue 100000 | 0  | 0  |                             | 0          | 0",
                "queue 100000 | 0  | 0  |                             | 1          | 1",
                "queue 100000 | 0  | 0  |                             | 101        | 2",
                "queue 100000 | 10 | 8  |                             | 800        | in 8",
                "queue 100000 | 1  | 1  |                             | 100 250    | 4",
                "shared 1     | 1  | 1  |                             | 1e12       | 2147483647",
                "shared 1000  | 4  | 4  |                             | -3         | 0",
                // no data
                "queue 100000 | 4  | 4  |                             | 100 nan    | none",
                "queue 100000 | 4  | 4  |                             | inf        | none",
                "queue 100000 | 4  | 4  |                             | -0.001     | none",
                "queue 100000 | 4  | 4  |                             |            | none",
            })
    void externalMetricsAreOneNumber(
            String metric, int current, int existing, String herd, String numbers, String expected) {
        Draft draft = new Draft()
                .metrics(metric(metric))
                .bounds(0, Integer.MAX_VALUE)
                .current(current)
                .existing(existing)
                .replicas(Herd.of(herd == null ? "" : herd.replace("  ", " ")).replicas())
                .measured("m", total(numbers));
        assertThat(outcome(draft.decide())).isEqualTo(expected);
    }

    static Total total(String numbers) {
        List<Sample> samples = new ArrayList<>();
        for (String number : numbers == null ? new String[0] : numbers.split(" ", -1)) {
            double value = switch (number) {
                case "nan" -> Double.NaN;
                case "inf" -> Double.POSITIVE_INFINITY;
                default -> Double.parseDouble(number);
            };
            samples.add(new Sample(value, Draft.NOW));
        }
        return new Total(samples);
    }
}
