package dev.prodstack.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.core.compose.ComposeFile;
import dev.prodstack.core.compose.ComposeSource;
import dev.prodstack.core.lint.Linter;
import dev.prodstack.core.stack.Config;
import dev.prodstack.core.stack.Payload;
import dev.prodstack.core.stack.Service;
import dev.prodstack.core.stack.UpdateConfig.FailureAction;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference stack is read, complete, and clean; its environment template has each variable once. */
class ReferenceStackTest {
    private static final Path DIRECTORY = Path.of("../stack");
    private static final Path FILE = DIRECTORY.resolve("docker-compose.prod.yml");
    private static final Path TEMPLATE = DIRECTORY.resolve(".env.prod.template");
    private static final Pattern VARIABLE = Pattern.compile("(?<!\\$)\\$\\{([A-Z][A-Z0-9_]*)(?::-([^}]*))?");

    /** What the template sets for the program that reads the file, not for the file. */
    private static final Set<String> FOR_THE_READER = Set.of("COMPOSE_PROJECT_NAME");

    private static ComposeFile read() {
        return ComposeFile.load(ComposeSource.of(FILE).withEnvFiles(List.of(TEMPLATE)));
    }

    static Stream<Map.Entry<String, Service>> services() {
        return read().stack().services().entrySet().stream();
    }

    @Test
    void hasElevenServicesAndWhatTheyShare() {
        var stack = read().stack();

        assertThat(stack.name()).isEqualTo("shop");
        assertThat(stack.services())
                .containsOnlyKeys(
                        "backend",
                        "worker",
                        "frontend",
                        "postgres",
                        "redis",
                        "rabbitmq",
                        "minio",
                        "nginx",
                        "prometheus",
                        "grafana",
                        "sentry-relay");
        assertThat(stack.secrets()).hasSize(11);
        assertThat(stack.configs()).hasSize(5);
        assertThat(stack.networks()).containsOnlyKeys("core", "monitoring");
    }

    @ParameterizedTest
    @MethodSource("services")
    void eachServiceSaysHowItIsWatchedLimitedAndReplaced(Map.Entry<String, Service> entry) {
        Service service = entry.getValue();
        var deploy = service.deploy();

        assertThat(service.healthCheck()).isPresent();
        assertThat(service.logging()).isPresent();
        assertThat(service.process().stopGracePeriod()).isPresent();
        assertThat(deploy.restartPolicy()).isPresent();
        assertThat(deploy.rollbackConfig()).isPresent();
        assertThat(deploy.updateConfig().orElseThrow().failureAction()).contains(FailureAction.ROLLBACK);
        assertThat(deploy.resources().limits().memory()).isPresent();
        assertThat(deploy.resources().limits().cpus()).isPresent();
        assertThat(deploy.resources().reservations().memory()).isPresent();
        assertThat(deploy.resources().reservations().cpus()).isPresent();
        assertThat(deploy.placement().constraints()).isNotEmpty();
    }

    @Test
    void nothingInItHurtsOnSwarm() {
        assertThat(Linter.check(read())).isEmpty();
    }

    @Test
    void itsConfigsAreThere() {
        assertThat(read().stack().configs().values())
                .extracting(Config::source)
                .allSatisfy(payload -> assertThat(payload)
                        .isInstanceOfSatisfying(
                                Payload.FromFile.class,
                                file -> assertThat(Path.of(file.path())).isRegularFile()));
    }

    @Test
    void theTemplateHasEachVariableWithItsDefaultAndNoOther() throws IOException {
        Map<String, Set<String>> defaults = new TreeMap<>();
        try (Stream<String> lines = Files.lines(FILE)) {
            lines.filter(line -> !line.strip().startsWith("#")).forEach(line -> {
                Matcher variable = VARIABLE.matcher(line);
                while (variable.find()) {
                    defaults.computeIfAbsent(variable.group(1), name -> new TreeSet<>())
                            .add(variable.group(2));
                }
            });
        }
        List<String> settings = Files.readAllLines(TEMPLATE).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .filter(line -> !FOR_THE_READER.contains(line.substring(0, line.indexOf('='))))
                .toList();

        assertThat(settings)
                .containsExactlyInAnyOrderElementsOf(defaults.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + String.join(" or ", entry.getValue()))
                        .collect(Collectors.toList()));
    }
}
