package dev.prodstack.autoscale.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.core.scaling.Behavior;
import dev.prodstack.core.scaling.Behavior.Rate;
import dev.prodstack.core.scaling.Behavior.Select;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How fast a count follows what is asked for: windows, rates and bounds, and their borders. */
class PaceTest {

    /** {@code 60 max 4/15 100%/15}: a window of 60 s, and the larger of 4 replicas and 100 % in 15 s. */
    static Behavior.Direction direction(String text) {
        if (text.equals("free")) {
            return Draft.FREE;
        }
        String[] words = text.split(" ", -1);
        List<Rate> rates = new ArrayList<>();
        for (String word : List.of(words).subList(2, words.length)) {
            String[] parts = word.split("/", -1);
            Duration period = Duration.ofSeconds(Long.parseLong(parts[1]));
            rates.add(
                    parts[0].endsWith("%")
                            ? new Rate.Percent(Integer.parseInt(parts[0].replace("%", "")), period)
                            : new Rate.Replicas(Integer.parseInt(parts[0]), period));
        }
        Duration window = Duration.ofSeconds(Long.parseLong(words[0]));
        return new Behavior.Direction(window, Select.valueOf(words[1].toUpperCase(Locale.ROOT)), rates);
    }

    private static String outcome(Decision decision) {
        return decision.replicas()
                + decision.reasons().stream()
                        .skip(1)
                        .map(Reason::code)
                        .filter(code -> !code.equals("DesiredWithinRange"))
                        .map(code -> " " + code)
                        .collect(Collectors.joining());
    }

    private static Draft draft(int current, int wanted, String recommended, String moved) {
        return new Draft()
                .bounds(0, 100)
                .current(current)
                .wants(wanted)
                .recommended(recommended == null ? "" : recommended)
                .moved(moved == null ? "" : moved);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // window up, its start excluded
                "10 | 15 | 60 max 99/1 | free         | -60:11              | 15",
                "10 | 15 | 60 max 99/1 | free         | -59.999:11          | 11 ScaleUpStabilized",
                "10 | 15 | 60 max 99/1 | free         | -30:12 -20:11 -10:14 | 11 ScaleUpStabilized",
                "10 | 15 | 60 max 99/1 | free         | -30:20              | 15",
                "10 | 15 | 60 max 99/1 | free         | -30:10              | 10 ScaleUpStabilized",
                "10 | 15 | 60 max 99/1 | free         | -30:5               | 10 ScaleUpStabilized",
                "10 | 11 | 60 max 99/1 | free         | -30:5               | 10 ScaleUpStabilized",
                "10 | 10 | 60 max 99/1 | free         | -30:5               | 10",
                "10 | 15 | 0 max 99/1  | free         | 0:11                | 15",
                // window down, its start excluded
                "10 | 5  | free        | 300 max 99/1 | -300:9              | 5",
                "10 | 5  | free        | 300 max 99/1 | -299.999:9          | 9 ScaleDownStabilized",
                "10 | 5  | free        | 300 max 99/1 | -200:6 -100:8 -50:7 | 8 ScaleDownStabilized",
                "10 | 5  | free        | 300 max 99/1 | -200:4              | 5",
                "10 | 5  | free        | 300 max 99/1 | -200:10             | 10 ScaleDownStabilized",
                "10 | 5  | free        | 300 max 99/1 | -200:20             | 10 ScaleDownStabilized",
                "10 | 10 | free        | 300 max 99/1 | -200:20             | 10",
                "10 | 5  | free        | 0 max 99/1   | 0:9                 | 5",
                // a window holds its own direction only
                "10 | 12 | free        | 300 max 99/1 | -200:20             | 12",
                "10 | 5  | 60 max 99/1 | free         | -30:2               | 5",
                "10 | 12 | 60 max 99/1 | 300 max 99/1 | -30:8               | 10 ScaleUpStabilized",
                "10 | 8  | 60 max 99/1 | 300 max 99/1 | -30:12              | 10 ScaleDownStabilized",
            })
    void windows(int current, int wanted, String up, String down, String recommended, String expected) {
        Decision decision = draft(current, wanted, recommended, "")
                .behavior(direction(up), direction(down))
                .decide();
        assertThat(outcome(decision)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // replicas in a period, its start excluded
                "10 | 20 | 0 max 4/15          |                 | 14 ScaleUpLimit",
                "10 | 14 | 0 max 4/15          |                 | 14",
                "10 | 20 | 0 max 4/15          | -10:+2          | 12 ScaleUpLimit",
                "10 | 20 | 0 max 4/15          | -14.999:+2      | 12 ScaleUpLimit",
                "10 | 20 | 0 max 4/15          | -15:+2          | 14 ScaleUpLimit",
                "10 | 20 | 0 max 4/15          | -10:+1 -5:+1    | 12 ScaleUpLimit",
                "10 | 20 | 0 max 4/15          | -5:-3           | 17 ScaleUpLimit",
                "10 | 20 | 0 max 4/15          | -5:+4           | 10 ScaleUpLimit",
                "10 | 20 | 0 max 4/15          | -5:+10          | 10 ScaleUpLimit",
                "0  | 20 | 0 max 4/15          |                 | 4 ScaleUpLimit",
                // percent of the count at the start of the period, rounded up
                "10 | 50 | 0 max 100%/15       |                 | 20 ScaleUpLimit",
                "1  | 5  | 0 max 10%/60        |                 | 2 ScaleUpLimit",
                "5  | 20 | 0 max 50%/60        |                 | 8 ScaleUpLimit",
                "15 | 50 | 0 max 100%/15       | -5:+5           | 20 ScaleUpLimit",
                "0  | 20 | 0 max 100%/15       |                 | 0 ScaleUpLimit",
                // in double precision 100 times 1.1 is a little more than 110
                "100 | 200 | 0 max 10%/15      |                 | 111 ScaleUpLimit",
                // which of several
                "3  | 50 | 0 max 4/15 100%/15  |                 | 7 ScaleUpLimit",
                "10 | 50 | 0 max 4/15 100%/15  |                 | 20 ScaleUpLimit",
                "10 | 50 | 0 min 4/15 100%/15  |                 | 14 ScaleUpLimit",
                "10 | 50 | 0 max 4/15 10/60    | -30:+8          | 14 ScaleUpLimit",
                "10 | 50 | 0 min 4/15 10/60    | -30:+8          | 12 ScaleUpLimit",
                "10 | 50 | 0 disabled 4/15     |                 | 10 ScaleUpLimit",
                "10 | 10 | 0 disabled 4/15     |                 | 10",
            })
    void ratesUp(int current, int wanted, String up, String moved, String expected) {
        Decision decision = draft(current, wanted, "", moved)
                .bounds(0, 1_000)
                .behavior(direction(up), Draft.FREE)
                .decide();
        assertThat(outcome(decision)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10 | 1  | 0 max 4/15          |                 | 6 ScaleDownLimit",
                "10 | 6  | 0 max 4/15          |                 | 6",
                "10 | 1  | 0 max 4/15          | -10:-2          | 8 ScaleDownLimit",
                "10 | 1  | 0 max 4/15          | -15:-2          | 6 ScaleDownLimit",
                "10 | 1  | 0 max 4/15          | -10:+3          | 3 ScaleDownLimit",
                "10 | 1  | 0 max 4/15          | -10:-4          | 10 ScaleDownLimit",
                "10 | 1  | 0 max 4/15          | -10:-8          | 10 ScaleDownLimit",
                // percent, rounded down
                "10 | 1  | 0 max 50%/15        |                 | 5 ScaleDownLimit",
                "5  | 1  | 0 max 50%/60        |                 | 2 ScaleDownLimit",
                "10 | 1  | 0 max 10%/60        | -30:-1          | 9 ScaleDownLimit",
                "10 | 0  | 0 max 100%/15       |                 | 0",
                // in double precision a tenth of 10 is a little less than 1
                "10 | 0  | 0 max 90%/15        |                 | 0",
                "10 | 0  | 0 max 200%/15       |                 | 0",
                // which of several
                "10 | 1  | 0 max 4/15 50%/15   |                 | 5 ScaleDownLimit",
                "10 | 1  | 0 min 4/15 50%/15   |                 | 6 ScaleDownLimit",
                "10 | 1  | 0 disabled 4/15     |                 | 10 ScaleDownLimit",
            })
    void ratesDown(int current, int wanted, String down, String moved, String expected) {
        Decision decision = draft(current, wanted, "", moved)
                .behavior(Draft.FREE, direction(down))
                .decide();
        assertThat(outcome(decision)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10 | 50 | 0 max 4/15    | free         | 1  | 15  | 14 ScaleUpLimit",
                "10 | 50 | 0 max 4/15    | free         | 1  | 14  | 14 TooManyReplicas",
                "10 | 50 | 0 max 100%/15 | free         | 1  | 15  | 15 TooManyReplicas",
                "10 | 15 | 0 max 100%/15 | free         | 1  | 15  | 15",
                "10 | 1  | free          | 0 max 4/15   | 5  | 15  | 6 ScaleDownLimit",
                "10 | 1  | free          | 0 max 4/15   | 6  | 15  | 6 TooFewReplicas",
                "10 | 1  | free          | 0 max 50%/15 | 7  | 15  | 7 TooFewReplicas",
                "10 | 7  | free          | 0 max 50%/15 | 7  | 15  | 7",
                "10 | 20 | free          | free         | 10 | 10  | 10 TooManyReplicas",
                "10 | 0  | free          | free         | 10 | 10  | 10 TooFewReplicas",
            })
    void boundsAfterRates(int current, int wanted, String up, String down, int min, int max, String expected) {
        Decision decision = draft(current, wanted, "", "")
                .bounds(min, max)
                .behavior(direction(up), direction(down))
                .decide();
        assertThat(outcome(decision)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // one step goes to twice the count, or to 4
                "10 | 50 | 1 | 100 |              | 20 ScaleUpLimit",
                "10 | 20 | 1 | 100 |              | 20",
                "1  | 50 | 1 | 100 |              | 4 ScaleUpLimit",
                "2  | 50 | 1 | 100 |              | 4 ScaleUpLimit",
                "3  | 50 | 1 | 100 |              | 6 ScaleUpLimit",
                "0  | 50 | 0 | 100 |              | 4 ScaleUpLimit",
                "10 | 50 | 1 | 15  |              | 15 TooManyReplicas",
                "10 | 50 | 1 | 20  |              | 20 TooManyReplicas",
                // the largest recommendation of 300 s, both ends included
                "10 | 5  | 1 | 100 | -300:8       | 8 ScaleDownStabilized",
                "10 | 5  | 1 | 100 | -300.001:8   | 5",
                "10 | 5  | 1 | 100 | -200:7 -9:8  | 8 ScaleDownStabilized",
                "10 | 5  | 1 | 100 | -200:3       | 5",
                "10 | 5  | 1 | 100 | -299:10      | 10 ScaleDownStabilized",
                "10 | 5  | 1 | 100 |              | 5",
                "10 | 0  | 1 | 100 |              | 1 TooFewReplicas",
                // it may be above the current count
                "10 | 5  | 1 | 100 | -100:14      | 14 ScaleDownStabilized",
                "10 | 12 | 1 | 100 | -100:15      | 15 ScaleDownStabilized",
                "10 | 5  | 1 | 100 | -100:50      | 20 ScaleDownStabilized ScaleUpLimit",
            })
    void withoutBehavior(int current, int wanted, int min, int max, String recommended, String expected) {
        Decision decision = draft(current, wanted, recommended, "")
                .bounds(min, max)
                .withoutBehavior()
                .decide();
        assertThat(outcome(decision)).isEqualTo(expected);
    }
}
