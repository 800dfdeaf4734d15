package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.cli.outcome.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExitCodeTest {
    @Test
    void documentedTableIsTheEnum() throws IOException {
        List<String> documented;
        try (Stream<String> lines = Files.lines(Path.of("..", "docs", "COMMAND_LINE.md"))) {
            documented = lines.filter(line -> line.matches("\\| \\d+ \\|.*")).toList();
        }
        assertThat(documented)
                .containsExactlyElementsOf(Stream.of(ExitCode.values())
                        .map(code -> "| " + code.number() + " | " + code.word() + " | " + code.meaning() + " |")
                        .toList());
    }

    @Test
    void codesAreDistinctAndFreeOfTheOnesShellsUse() {
        List<Integer> numbers =
                Stream.of(ExitCode.values()).map(ExitCode::number).toList();
        assertThat(numbers).doesNotHaveDuplicates();
        assertThat(numbers)
                .filteredOn(number -> number != ExitCode.INTERRUPTED.number())
                .allMatch(number -> number >= 0 && number < 64);
    }
}
