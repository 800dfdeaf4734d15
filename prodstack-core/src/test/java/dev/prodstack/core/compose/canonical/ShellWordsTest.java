package dev.prodstack.core.compose.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "``                    ~ []",
                "a b                   ~ [a, b]",
                "`  a   b  `           ~ [a, b]",
                "'a b' c               ~ [a b, c]",
                "\"a b\" c             ~ [a b, c]",
                "a\\ b                 ~ [a b]",
                "\"a \\\" b\"          ~ [a \" b]",
                "'a \\ b'              ~ [a \\ b]",
                "a'b'\"c\"             ~ [abc]",
                "''                    ~ []",
                "a | b && c > d; $X *  ~ [a, |, b, &&, c, >, d;, $X, *]"
            })
    void splitsAsAShellWithoutExpanding(String line, String words) {
        assertThat(ShellWords.split(line)).hasToString(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'a", "\"a", "a\\", "'a\"", "\"a\\\""})
    void refusesWhatIsNotClosed(String line) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ShellWords.split(line))
                .withMessageStartingWith("expected");
    }
}
