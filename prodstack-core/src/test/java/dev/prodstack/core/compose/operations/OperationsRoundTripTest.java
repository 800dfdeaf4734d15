package dev.prodstack.core.compose.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.core.compose.normal.OperationsForm;
import dev.prodstack.core.print.JsonText;
import dev.prodstack.core.stack.Operations;
import dev.prodstack.core.stack.StackOperations;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from the printed form is what was printed. JSON is YAML, and fits on one line of a file. */
class OperationsRoundTripTest {
    private static final int ROUNDS = 200;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void besideServices(long seed) {
        PolicyGenerator generator = new PolicyGenerator(seed);
        for (int i = 0; i < ROUNDS; i++) {
            Operations operations = generator.operations();
            String printed = JsonText.compact(OperationsForm.of(operations));

            Snippet snippet = Snippet.besideService(printed);

            assertThat(snippet.problems()).as(printed).isEmpty();
            assertThat(snippet.ofService()).as(printed).isEqualTo(operations);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void atTheTop(long seed) {
        PolicyGenerator generator = new PolicyGenerator(seed);
        for (int i = 0; i < ROUNDS; i++) {
            StackOperations operations = generator.stackOperations();
            String printed = JsonText.compact(OperationsForm.of(operations));

            Snippet snippet = Snippet.atTheTop(printed);

            assertThat(snippet.problems()).as(printed).isEmpty();
            assertThat(snippet.ofStack()).as(printed).isEqualTo(operations);
        }
    }
}
