package dev.prodstack.core.compose.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExpectedProblemTest {
    private static final String PROBLEM =
            "a.yml:4:5: services.app.imagee: unknown key \"imagee\" (did you mean \"image\"?)";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.yml:4:5: services.app.imagee: ...did you mean \"image\"? | true",
                "a.yml:4:5: services.app.imagee: ...UNKNOWN ... \"image\"? | true",
                "a.yml:4:5: services.app.imagee: | true",
                "a.yml:4:6: services.app.imagee: ... | false",
                "b/a.yml:4:5: services.app.imagee: ... | false",
                ".yml:4:5: services.app.imagee: ... | false",
                "a.yml:4:5: services.app: ... | false",
                "a.yml:4:5: services.app.imagee: ...did you mean ... unknown | false",
            })
    void meets(String expected, boolean meets) {
        assertThat(ExpectedProblem.meets(expected.strip(), PROBLEM)).isEqualTo(meets);
    }

    @Test
    void eachProblemMeetsOneExpectation() {
        List<String> twice = List.of("a.yml:4:5: ...", "a.yml:4:5: ...");
        assertThat(ExpectedProblem.mismatches(twice, List.of(PROBLEM))).containsExactly("missing: a.yml:4:5: ...");
        assertThat(ExpectedProblem.mismatches(List.of("a.yml:4:5: ..."), List.of(PROBLEM, PROBLEM)))
                .containsExactly("not expected: " + PROBLEM);
    }
}
