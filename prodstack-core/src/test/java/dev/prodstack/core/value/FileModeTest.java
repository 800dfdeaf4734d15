package dev.prodstack.core.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileModeTest {
    @ParameterizedTest
    @CsvSource({"0440, 288, 0440", "440, 288, 0440", "0o440, 288, 0440", "0, 0, 0000", "7777, 4095, 7777", "4, 4, 0004"
    })
    void readsOctalDigits(String text, int bits, String printed) {
        assertThat(FileMode.parseOctal(text).bits()).isEqualTo(bits);
        assertThat(FileMode.parseOctal(text)).hasToString(printed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "8", "0x1f", "rw", "-1", "10000", "077777"})
    void refusesAnythingElse(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FileMode.parseOctal(text))
                .withMessageStartingWith("expected");
    }
}
