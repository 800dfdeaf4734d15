package dev.prodstack.core.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.core.value.Data;
import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each expectation is what Docker CLI 28 printed for the value of a label. */
class PlainScalarTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "-1, -1",
        "+1, 1",
        "010, 8",
        "0o10, 8",
        "0x10, 16",
        "0b101, 5",
        "1_000, 1000",
        "09, 9",
        "1.50, 1.5",
        "1.0, 1",
        "1e3, 1000",
        "1e20, 100000000000000000000",
        "1e21, 1e+21",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "1.25e-7, 1.25e-07",
        ".5, 0.5"
    })
    void printsNumbersAsGoDoes(String plain, String text) {
        assertThat(PlainScalar.resolve(plain)).isInstanceOf(Data.Numeral.class);
        assertThat(PlainScalar.toText(PlainScalar.resolve(plain))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yes",
                "no",
                "on",
                "off",
                "y",
                "22:22",
                "2001-01-01",
                "1.2.3",
                "0x",
                "08a",
                "1e",
                "-",
                "+",
                ".",
                "tRUE"
            })
    void keepsStringsThatOlderYamlTookForSomethingElse(String plain) {
        assertThat(PlainScalar.resolve(plain)).isEqualTo(Data.of(plain));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "~", "null", "Null", "NULL"})
    void knowsNothing(String plain) {
        assertThat(PlainScalar.resolve(plain)).isEqualTo(Data.Null.NULL);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "True, true", "TRUE, true", "false, false", "False, false", "FALSE, false"})
    void knowsTruthValues(String plain, boolean value) {
        assertThat(PlainScalar.resolve(plain)).isEqualTo(Data.of(value));
    }

    @ParameterizedTest
    @CsvSource({"1.50, 1.5", "100, 1e2", "0, 0.00", "-0, 0"})
    void equalNumbersAreEqualData(BigDecimal one, BigDecimal other) {
        assertThat(Data.of(one)).isEqualTo(Data.of(other));
    }
}
