package dev.prodstack.autoscale.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.autoscale.metrics.CounterRate.Point;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CounterRateTest {
    /** Points as {@code seconds:value}. */
    private static Optional<CounterRate> rate(String points) {
        List<Point> list = new ArrayList<>();
        for (String point : points.split(" ", -1)) {
            String[] parts = point.split(":", -1);
            list.add(new Point(Double.parseDouble(parts[0]), Double.parseDouble(parts[1])));
        }
        return CounterRate.of(list);
    }

    @ParameterizedTest
    @CsvSource({
        "two samples,                    0:10 15:25,                      1.0,   15",
        "the last 30 s of four,          0:0 15:100 30:115 45:130,        1.0,   30",
        "seldom: since the one before,   0:0 60:30,                       0.5,   60",
        "nothing used,                   0:7 15:7 30:7,                   0.0,   30",
        "begun anew from zero,           0:100 15:3,                      0.2,   15",
        "begun anew in between,          0:100 15:3 30:33,                1.1,   30",
    })
    void growthOverTheSpan(String name, String points, double perSecond, long window) {
        assertThat(rate(points)).as(name).contains(new CounterRate(perSecond, Duration.ofSeconds(window)));
    }

    @Test
    void oneSampleSaysNothing() {
        assertThat(rate("15:10")).isEmpty();
        assertThat(CounterRate.of(List.of())).isEmpty();
    }

    @Test
    void twoSamplesOfOneTimeSayNothing() {
        assertThat(rate("15:10 15:20")).isEmpty();
    }

    @Test
    void noNumberMakesNoNumber() {
        assertThat(rate("0:NaN 15:20").orElseThrow().perSecond()).isNaN();
    }
}
