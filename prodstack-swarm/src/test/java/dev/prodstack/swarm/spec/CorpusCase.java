package dev.prodstack.swarm.spec;

import dev.prodstack.core.compose.ComposeFile;
import dev.prodstack.core.compose.ComposeSource;
import dev.prodstack.core.stack.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A case of core's corpus of Compose files, or one of ours, which are only about what is posted.
 *
 * @param name its group and name, such as {@code service/cap_add_drop}
 */
record CorpusCase(String name) {
    private static final Path CORE = Path.of("../prodstack-core/src/test/resources/corpus")
            .toAbsolutePath()
            .normalize();
    private static final Path OWN = Path.of("src/test/resources/corpus").toAbsolutePath();

    /** Every case. */
    static List<CorpusCase> all() {
        return Stream.concat(below(CORE), below(OWN)).toList();
    }

    private static Stream<CorpusCase> below(Path root) {
        try (Stream<Path> folders = Files.find(root, 2, (path, attributes) -> attributes.isDirectory())) {
            return folders
                    .filter(folder -> Files.exists(folder.resolve("compose.yml")))
                    .map(folder -> new CorpusCase(root.relativize(folder).toString()))
                    .sorted(Comparator.comparing(CorpusCase::name))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The cases that prodstack reads without problems. */
    static List<CorpusCase> valid() {
        return all().stream().filter(one -> !one.has("problems.txt")).toList();
    }

    Path directory() {
        return (isOwn() ? OWN : CORE).resolve(name);
    }

    private boolean isOwn() {
        return Files.exists(OWN.resolve(name));
    }

    private boolean has(String file) {
        return Files.exists(directory().resolve(file));
    }

    /** Whether Docker's command line reads the files. */
    boolean isReadByDocker() {
        return isOwn() || has("docker.yml");
    }

    /** Whether prodstack reads the files as Docker's command line does. */
    boolean isReadAlike() {
        return isReadByDocker() && !has("why");
    }

    /** What prodstack reads, as the stack "stack". */
    Stack stack() {
        return stack("stack");
    }

    /** What prodstack reads, as the stack of a name. */
    Stack stack(String name) {
        Map<String, String> environment = new LinkedHashMap<>(Map.of("HOME", "/home/operator"));
        for (String line : lines("environment")) {
            int equals = line.indexOf('=');
            environment.put(line.substring(0, equals), line.substring(equals + 1));
        }
        List<Path> files = new ArrayList<>(List.of(directory().resolve("compose.yml")));
        for (int i = 2; has("compose." + i + ".yml"); i++) {
            files.add(directory().resolve("compose." + i + ".yml"));
        }
        return ComposeFile.load(new ComposeSource(
                        files,
                        Optional.of(name),
                        Optional.empty(),
                        lines("env-files").stream().map(directory()::resolve).toList(),
                        environment,
                        new LinkedHashSet<>(lines("profiles"))))
                .stack();
    }

    private List<String> lines(String file) {
        try {
            Path path = directory().resolve(file);
            return Files.exists(path)
                    ? Files.readAllLines(path).stream()
                            .filter(line -> !line.isEmpty())
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
