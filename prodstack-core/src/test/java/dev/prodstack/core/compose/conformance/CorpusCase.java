package dev.prodstack.core.compose.conformance;

import dev.prodstack.core.compose.ComposeSource;
import dev.prodstack.core.problem.Problems;
import dev.prodstack.core.value.Data;
import dev.prodstack.core.yaml.SourceText;
import dev.prodstack.core.yaml.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One case of the corpus.
 *
 * @param name its group and name, such as {@code service/cap_add_drop}
 * @param directory its folder, absolute
 */
record CorpusCase(String name, Path directory) {
    static final String DOCKER_PRINTED = "docker.yml";
    static final String DOCKER_REFUSED = "docker.txt";
    static final String EXPECTED = "expected.yml";
    static final String PROBLEMS = "problems.txt";
    static final String WHY = "why";
    private static final Path ROOT = Path.of("src/test/resources/corpus").toAbsolutePath();
    private static final String FIRST_FILE = "compose.yml";

    /** The folder of the whole corpus. */
    static Path root() {
        return ROOT;
    }

    /** Every case, by name. */
    static List<CorpusCase> all() {
        try (Stream<Path> folders = Files.find(ROOT, 2, (path, attributes) -> attributes.isDirectory())) {
            return folders.filter(folder -> Files.exists(folder.resolve(FIRST_FILE)))
                    .map(folder -> new CorpusCase(ROOT.relativize(folder).toString(), folder))
                    .sorted((a, b) -> a.name().compareTo(b.name()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The group that its name begins with. */
    String group() {
        return name.substring(0, name.indexOf('/'));
    }

    boolean has(String file) {
        return Files.exists(directory.resolve(file));
    }

    String text(String file) {
        try {
            return Files.readString(directory.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines of a file that may not be there. */
    List<String> lines(String file) {
        return has(file) ? text(file).lines().filter(line -> !line.isEmpty()).toList() : List.of();
    }

    /** What prodstack must print, unless it must report problems. */
    Optional<Data> expectation() {
        if (has(EXPECTED)) {
            return Optional.of(parsed(EXPECTED));
        }
        return has(PROBLEMS) ? Optional.empty() : Optional.of(parsed(DOCKER_PRINTED));
    }

    /** A YAML file of the case as data. */
    Data parsed(String file) {
        Problems problems = new Problems();
        Data data = YamlReader.read(new SourceText(name + "/" + file, text(file)), problems)
                .orElseThrow(() -> new AssertionError(problems.toList()))
                .toData();
        if (!problems.isEmpty()) {
            throw new AssertionError(problems.toList());
        }
        return data;
    }

    /** Every Compose file of the case that is given with {@code -f}, in order. */
    List<Path> files() {
        List<Path> files = new ArrayList<>(List.of(directory.resolve(FIRST_FILE)));
        for (int i = 2; has("compose." + i + ".yml"); i++) {
            files.add(directory.resolve("compose." + i + ".yml"));
        }
        return files;
    }

    /** What prodstack reads. */
    ComposeSource source() {
        Map<String, String> environment = new LinkedHashMap<>(Map.of("HOME", "/home/operator"));
        for (String line : lines("environment")) {
            int equals = line.indexOf('=');
            environment.put(line.substring(0, equals), line.substring(equals + 1));
        }
        return new ComposeSource(
                files(),
                Optional.empty(),
                Optional.empty(),
                lines("env-files").stream().map(directory::resolve).toList(),
                environment,
                new LinkedHashSet<>(lines("profiles")));
    }

    @Override
    public String toString() {
        return name;
    }
}
