package dev.prodstack.core.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemTest {
    private static final Position HERE = new Position("compose.yml", 3, 5);

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "services.web > wrong > mend it > compose.yml:3:5: services.web: wrong (mend it)",
                "''           > wrong > mend it > compose.yml:3:5: wrong (mend it)",
                "services.web > wrong > ''      > compose.yml:3:5: services.web: wrong",
            })
    void isOneLine(String path, String message, String fix, String expected) {
        assertThat(new Problem(HERE, path, message, fix)).hasToString(expected);
    }

    @Test
    void quotesInputThatATerminalWouldObey() {
        assertThat(new Problem(HERE, "a\nb", "found \u001B[2J\u202Eü\u2028\uD83D\uDE00\t", "\u0085"))
                .hasToString("compose.yml:3:5: a\\nb: found \\u001B[2J\\u202Eü\\u2028\uD83D\uDE00\\u0009 (\\u0085)");
    }

    @Test
    void cutsWhatIsLong() {
        assertThat(new Problem(HERE, "a".repeat(1_000_000), "b".repeat(1_000_000), "").toString())
                .hasSizeLessThan(5_000);
    }
}
