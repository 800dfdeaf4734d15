package dev.prodstack.core.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {
    @ParameterizedTest
    @CsvSource({
        "0, PT0S, 0s",
        "0s, PT0S, 0s",
        "90s, PT1M30S, 1m30s",
        "1m30s, PT1M30S, 1m30s",
        "1h, PT1H, 1h0m0s",
        "25h, PT25H, 25h0m0s",
        "1.5s, PT1.5S, 1.5s",
        "250ms, PT0.25S, 250ms",
        "1500ms, PT1.5S, 1.5s",
        "2us, PT0.000002S, 2µs",
        "2µs, PT0.000002S, 2µs",
        "7ns, PT0.000000007S, 7ns",
        "1h0.5s, PT1H0.5S, 1h0m0.5s",
        ".5m, PT30S, 30s",
        "1s1m, PT1M1S, 1m1s"
    })
    void readsAndPrintsAsGoDoes(String text, Duration duration, String printed) {
        assertThat(GoDuration.parse(text)).isEqualTo(duration);
        assertThat(GoDuration.format(duration)).isEqualTo(printed);
        assertThat(GoDuration.parse(printed)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5 s", "s", "-5s", "1d", "1h-1m", "1s ", "1e3s", "300000000h", "five"})
    void refusesAnythingElse(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GoDuration.parse(text))
                .withMessageStartingWith("expected");
    }
}
