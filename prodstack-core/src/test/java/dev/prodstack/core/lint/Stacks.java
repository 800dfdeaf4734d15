package dev.prodstack.core.lint;

import dev.prodstack.core.compose.ComposeFile;
import dev.prodstack.core.compose.ComposeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Stacks given as text. */
final class Stacks {
    private Stacks() {}

    static List<Finding> check(String yaml, Path directory) {
        return Linter.check(load(yaml, directory));
    }

    /** The ids of the rules that find something. */
    static Set<String> rules(String yaml, Path directory) {
        Set<String> ids = new TreeSet<>();
        check(yaml, directory).forEach(finding -> ids.add(finding.rule().id()));
        return ids;
    }

    private static ComposeFile load(String yaml, Path directory) {
        try {
            Path file = Files.writeString(directory.resolve("stack.yml"), yaml);
            return ComposeFile.load(ComposeSource.of(file).named("shop"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String resource(String name) {
        try (var stream = Stacks.class.getResourceAsStream("/lint/" + name)) {
            if (stream == null) {
                throw new IllegalArgumentException("no test resource lint/" + name);
            }
            return new String(stream.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
