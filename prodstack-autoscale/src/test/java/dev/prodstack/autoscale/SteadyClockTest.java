package dev.prodstack.autoscale;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SteadyClockTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final FakeTime time = new FakeTime(START);
    private final SteadyClock clock = time.clock();

    @Test
    void timeThatPassesPasses() {
        time.passes(Duration.ofSeconds(15));

        assertThat(clock.read())
                .isEqualTo(new SteadyClock.Reading(START.plusSeconds(15), Duration.ZERO, Duration.ZERO));
    }

    @Test
    void driftIsFollowed() {
        for (int i = 0; i < 100; i++) {
            time.passes(Duration.ofSeconds(15));
            time.isSetBy(Duration.ofMillis(100));
            assertThat(clock.read().now()).isEqualTo(time.wall());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400, -3_600, -2, 2, 3_600, 86_400})
    void aClockThatIsSetIsNotBelievedAtOnce(long seconds) {
        time.isSetBy(Duration.ofSeconds(seconds));
        time.passes(Duration.ofSeconds(15));

        assertThat(clock.read())
                .isEqualTo(new SteadyClock.Reading(START.plusSeconds(15), Duration.ZERO, Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @ValueSource(longs = {-3_600, 3_600})
    void itIsBelievedAfterFiveMinutesAndTimesBeforeMoveWithIt(long seconds) {
        time.isSetBy(Duration.ofSeconds(seconds));
        clock.read();
        time.passes(Duration.ofSeconds(299));
        assertThat(clock.read().step()).isEqualTo(Duration.ZERO);
        time.passes(Duration.ofSeconds(1));

        assertThat(clock.read())
                .isEqualTo(new SteadyClock.Reading(time.wall(), Duration.ofSeconds(seconds), Duration.ZERO));
    }

    @Test
    void aClockThatIsSetRightAgainNeverWasBelieved() {
        time.isSetBy(Duration.ofHours(1));
        clock.read();
        time.passes(Duration.ofSeconds(200));
        time.isSetBy(Duration.ofHours(-1));
        assertThat(clock.read().now()).isEqualTo(START.plusSeconds(200));
        time.isSetBy(Duration.ofHours(1));
        time.passes(Duration.ofSeconds(200));

        assertThat(clock.read().now()).isEqualTo(START.plusSeconds(400));
    }

    @Test
    void aClockThatIsSetAgainIsOnTrialAgain() {
        time.isSetBy(Duration.ofHours(1));
        clock.read();
        time.passes(Duration.ofSeconds(200));
        time.isSetBy(Duration.ofHours(1));
        clock.read();
        time.passes(Duration.ofSeconds(200));

        assertThat(clock.read().now()).isEqualTo(START.plusSeconds(400));
    }
}
