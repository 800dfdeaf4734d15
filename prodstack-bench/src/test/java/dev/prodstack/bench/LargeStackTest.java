package dev.prodstack.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.core.compose.ComposeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is benchmarked is what the benchmark says it is. */
class LargeStackTest {
    @Test
    void fiveHundredServicesAreAMegabyteThatCanBeRead(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("large.yml");
        Files.writeString(file, LargeStack.ofServices(500));

        assertThat(Files.size(file)).isBetween(1_000_000L, 1_100_000L);
        assertThat(ComposeFile.load(file).stack().services()).hasSize(500);
    }
}
