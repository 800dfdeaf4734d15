package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README shows to embedders is what this module compiles. */
class ReadmeTest {
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void theReadmesExampleIsThisOne() throws IOException {
        Matcher example = EXAMPLE.matcher(Files.readString(Path.of("../../README.md")));
        assertThat(example.find()).as("README.md has a java example").isTrue();

        String source = Files.readString(Path.of("src/main/java/com/example/shop/PrintImages.java"));
        for (String line : example.group(1).lines().toList()) {
            assertThat(source).contains(line.strip());
        }
    }
}
