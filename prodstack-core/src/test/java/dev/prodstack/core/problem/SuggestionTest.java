package dev.prodstack.core.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuggestionTest {
    private static final List<String> KEYS = List.of("image", "healthcheck", "depends_on", "ports", "cap_add");

    @ParameterizedTest
    @CsvSource({
        "imag, image",
        "imgae, image",
        "healthchek, healthcheck",
        "health_check, healthcheck",
        "depends-on, depends_on",
        "dependson, depends_on",
        "port, ports"
    })
    void findsTheNearestWord(String word, String meant) {
        assertThat(Suggestion.forWord(word, KEYS)).contains("did you mean \"" + meant + "\"?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"volume", "x", "check", "restart"})
    void isSilentWhereNothingIsNear(String word) {
        assertThat(Suggestion.forWord(word, KEYS)).isEmpty();
    }
}
