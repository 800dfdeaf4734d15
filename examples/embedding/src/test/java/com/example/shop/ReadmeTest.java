package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README shows to embedders is what this module compiles. */
class ReadmeTest {
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void theReadmesExamplesAreThese() throws IOException {
        Matcher example = EXAMPLE.matcher(Files.readString(Path.of("../../README.md")));
        for (String program : List.of("PrintImages", "Deploy")) {
            assertThat(example.find()).as("README.md has an example for " + program).isTrue();
            String source = Files.readString(Path.of("src/main/java/com/example/shop/" + program + ".java"));
            for (String line : example.group(1).lines().toList()) {
                assertThat(source).contains(line.strip());
            }
        }
        assertThat(example.find()).as("an example that is not compiled").isFalse();
    }
}
