package dev.prodstack.core.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CpuCountTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "2, 2000000000, 2",
        "0.50, 500000000, 0.5",
        ".25, 250000000, 0.25",
        "10, 10000000000, 10",
        "0.000000001, 1, 0.000000001"
    })
    void countsInThousandMillionths(String text, long nanos, String printed) {
        assertThat(CpuCount.parse(text).nanos()).isEqualTo(nanos);
        assertThat(CpuCount.parse(text)).hasToString(printed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "1.", "0.0000000001", "1e3", "10000000000", "1,5"})
    void refusesAnythingElse(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CpuCount.parse(text))
                .withMessageStartingWith("expected");
    }
}
