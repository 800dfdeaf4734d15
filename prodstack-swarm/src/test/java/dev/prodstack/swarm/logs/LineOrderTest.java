package dev.prodstack.swarm.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineOrderTest {
    private final LineOrder following = LineOrder.within(Duration.ofMillis(300));

    @Test
    void linesWaitForEarlierOnes() {
        following.add(line(100), ms(0));
        assertThat(polled(following, 299)).isEmpty();
        assertThat(polled(following, 300)).containsExactly("100");
        following.add(line(220), ms(1000));
        following.add(line(210), ms(1200));
        assertThat(polled(following, 1299)).isEmpty();
        assertThat(polled(following, 1499)).isEmpty();
        assertThat(polled(following, 1500)).containsExactly("210", "220");
    }

    @Test
    void inTheBeginningAllWaitUntilNothingMoreComes() {
        following.add(line(5), ms(0));
        following.add(line(1), ms(250));
        following.add(line(3), ms(500));
        assertThat(polled(following, 799)).isEmpty();
        assertThat(polled(following, 800)).containsExactly("1", "3", "5");
    }

    @Test
    void whereTheBeginningDoesNotEndItIsEnded() {
        for (int i = 0; i <= 20; i++) {
            following.add(line(i), ms(i * 100L));
            assertThat(polled(following, i * 100L)).hasSize(i < 20 ? 0 : 18);
        }
    }

    @Test
    void whatDoesNotGoOnIsOrderedAsAWhole() {
        LineOrder order = LineOrder.ofAll();
        order.add(line(2), ms(0));
        order.add(line(1), ms(90_000));
        order.add(line(2), ms(90_001));
        assertThat(polled(order, 999_999)).isEmpty();
        order.complete();
        assertThat(polled(order, 0)).containsExactly("1", "2", "2");
    }

    private static List<String> polled(LineOrder order, long millis) {
        List<String> polled = new ArrayList<>();
        for (Optional<LogLine> line = order.poll(ms(millis)); line.isPresent(); line = order.poll(ms(millis))) {
            polled.add(line.get().text());
        }
        return polled;
    }

    private static long ms(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    private static LogLine line(long time) {
        return new LogLine(
                Instant.ofEpochSecond(time), "web", "web.1", "t", "n1", LogLine.Output.STDOUT, Long.toString(time));
    }
}
