package dev.prodstack.core.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees: places, numbers and fixes, word for word. */
final class InheritedFileTest {
    @TempDir
    Path directory;

    @Test
    void findsEverythingWithPlaceNumbersAndFix() {
        String findings = Stacks.check(Stacks.resource("inherited.yml"), directory).stream()
                .map(finding -> finding.toString().replace(directory + "/", ""))
                .collect(Collectors.joining("\n", "", "\n"));
        assertThat(findings).isEqualTo(Stacks.resource("inherited.findings.txt"));
    }
}
