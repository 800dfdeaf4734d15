package dev.prodstack.core.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {

    @ParameterizedTest
    @CsvSource({
        "< 0.01,  0.0099, true",
        "< 0.01,  0.01, false",
        "<0.01,    0, true",
        "<= 5,     5, true",
        "<= 5,  5.1, false",
        "> 99%,   0.995, true",
        "> 99%,   0.99, false",
        ">= 99%,   0.99, true",
        "== 1,    1, true",
        "== 1,    0, false",
        "!= 0,    1, true",
        "!= 0,    0, false",
        "< -2,    -3, true",
        "> .5,     0.6, true",
        "< 1,     NaN, false",
        "!= 1,    NaN, false",
        "> 1,     Infinity, true",
        "< 1,     Infinity, false",
        "< 1,     -Infinity, true"
    })
    void comparesWithTheMeasuredNumberOnTheLeft(String condition, double measured, boolean expected) {
        assertThat(Condition.parse(condition).holds(measured)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"<0.010, < 0.01", ">=  99%, >= 0.99", "== -0, == 0", "> 100, > 100", "!= 1.50, != 1.5"})
    void printsOneForm(String text, String normal) {
        assertThat(Condition.parse(text)).hasToString(normal);
        assertThat(Condition.parse(normal)).isEqualTo(Condition.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0.01", "< ", "= 1", "=< 1", "< 1e3", "< 1 or > 2", "< x", "1 < 2"})
    void refusesWhatIsNoComparison(String text) {
        assertThatThrownBy(() -> Condition.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a comparison such as \"< 0.01\" or \">= 99%\"");
    }
}
