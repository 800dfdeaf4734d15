package dev.prodstack.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The environment template has every variable of the stack's files, with the value it has without, and no other. */
class EnvironmentTemplateTest {
    private static final Pattern VARIABLE = Pattern.compile("(?<!\\$)\\$\\{([A-Z][A-Z0-9_]*)(?::-([^}]*))?");

    /** What the template sets for the program that reads the files, not for the files. */
    private static final Set<String> FOR_THE_READER = Set.of("COMPOSE_PROJECT_NAME");

    private static Map<String, Set<String>> defaultsInTheFiles() throws IOException {
        Map<String, Set<String>> defaults = new TreeMap<>();
        for (Path file : filesOfTheStack()) {
            for (String line : Files.readAllLines(file)) {
                Matcher variable = VARIABLE.matcher(line.strip().startsWith("#") ? "" : line);
                while (variable.find()) {
                    defaults.computeIfAbsent(variable.group(1), name -> new TreeSet<>())
                            .add(String.valueOf(variable.group(2)));
                }
            }
        }
        return defaults;
    }

    private static List<Path> filesOfTheStack() throws IOException {
        try (Stream<Path> files = Files.list(StackFiles.DIRECTORY)) {
            return files.filter(file -> file.toString().endsWith(".yml")).toList();
        }
    }

    private static Map<String, Set<String>> valuesInTheTemplate() throws IOException {
        Map<String, Set<String>> values = new TreeMap<>();
        for (String line : Files.readAllLines(StackFiles.TEMPLATE)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                int equals = line.indexOf('=');
                String value = line.substring(equals + 1).replaceAll("^\"(.*)\"$", "$1");
                assertThat(values.put(line.substring(0, equals), Set.of(value)))
                        .as("%s stands there once", line)
                        .isNull();
            }
        }
        return values;
    }

    @Test
    void hasEachVariableWithItsDefaultAndNoOther() throws IOException {
        Map<String, Set<String>> template = valuesInTheTemplate();

        assertThat(template.keySet()).containsAll(FOR_THE_READER);
        template.keySet().removeAll(FOR_THE_READER);
        assertThat(template).isEqualTo(defaultsInTheFiles());
    }

    @Test
    void eachPartOfItSaysWhatItIsAbout() throws IOException {
        assertThat(Files.readAllLines(StackFiles.TEMPLATE))
                .filteredOn(line -> line.startsWith("# ---"))
                .extracting(line -> line.replaceAll("[# -]+$|^# --- ", ""))
                .contains("Autoscaling", "Performance", "Logging and errors", "Backups");
    }

    /** Every replica of the application with all its connections, one update's worth of new ones beside them. */
    @Test
    void postgresServesTheApplicationAtFullScale() throws IOException {
        Map<String, Set<String>> template = valuesInTheTemplate();
        int backends = number(template, "BACKEND_MAX_REPLICAS")
                * number(template, "BACKEND_WORKERS")
                * number(template, "BACKEND_POOL_SIZE");
        int workers = number(template, "WORKER_MAX_REPLICAS") * number(template, "WORKER_CONCURRENCY");

        assertThat(backends + workers).isLessThanOrEqualTo(200);
        assertThat(number(template, "POSTGRES_MAX_CONNECTIONS")).isGreaterThan(200 + 20);
    }

    private static int number(Map<String, Set<String>> values, String name) {
        return values.getOrDefault(name, Set.of()).stream()
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElseThrow();
    }
}
