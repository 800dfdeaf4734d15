package dev.prodstack.core.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.core.print.YamlText;
import dev.prodstack.core.problem.Problem;
import dev.prodstack.core.stack.Service;
import dev.prodstack.core.stack.Stack;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files shown in {@code docs/COMPOSE.md} are read as it says. */
class ComposeGuideTest {
    private static final Path GUIDE = Path.of("..", "docs", "COMPOSE.md");
    private static final Pattern BLOCK = Pattern.compile("```yaml\n# (\\S+)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern SCHEMA_KEY = Pattern.compile(
            "(?:services\\.\\*\\.(?:deploy\\.)?|(?:networks|volumes|secrets|configs)\\.\\*\\.)?([a-z0-9_-]+)");
    private static final Pattern OUTPUT = Pattern.compile("```text\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path directory;

    private static String guide() {
        try {
            return Files.readString(GUIDE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Writes a block into a file of the name in its first line. */
    private Path file(String name) throws IOException {
        Matcher matcher = BLOCK.matcher(guide());
        while (matcher.find()) {
            if (matcher.group(1).equals(name)) {
                return Files.writeString(directory.resolve(name), "# " + name + "\n" + matcher.group(2));
            }
        }
        throw new AssertionError("no block " + name);
    }

    @Test
    void theExampleIsAStackWithEveryPolicy() throws IOException {
        ComposeFile file = ComposeFile.load(file("example.yml"));

        Stack stack = file.stack();
        assertThat(file.warnings()).isEmpty();
        assertThat(autoscaled(stack)).containsExactly("backend 5-20", "worker 10-50", "frontend 3-10");
        assertThat(stack.services().values().stream()
                        .filter(service -> service.operations().backup().isPresent())
                        .map(Service::name))
                .containsExactly("backend", "postgres", "redis", "rabbitmq", "minio", "prometheus");
        assertThat(stack.operations().backup()).isPresent();
        assertThat(Objects.requireNonNull(stack.services().get("backend"))
                        .operations()
                        .migration())
                .isPresent();
    }

    private static List<String> autoscaled(Stack stack) {
        List<String> bounds = new ArrayList<>();
        stack.services()
                .values()
                .forEach(service -> service.operations()
                        .autoscale()
                        .ifPresent(policy -> bounds.add(service.name() + " " + policy.bounds())));
        return bounds;
    }

    @Test
    void theExamplesNormalFormIsItsOwn() throws IOException {
        ComposeFile file = ComposeFile.load(file("example.yml"));
        String printed = YamlText.of(file.toData());

        ComposeFile again = ComposeFile.load(Files.writeString(directory.resolve("normal.yml"), printed));

        assertThat(again.stack()).isEqualTo(file.stack());
        assertThat(YamlText.of(again.toData())).isEqualTo(printed);
    }

    @Test
    void theBadFileHasTheProblemsShown() throws IOException {
        Matcher output = OUTPUT.matcher(guide());
        assertThat(output.find()).isTrue();
        List<String> shown = output.group(1)
                .lines()
                .filter(line -> line.startsWith("bad.yml:"))
                .map(line -> line.replace(": error:", ":"))
                .toList();
        Path file = file("bad.yml");

        assertThatThrownBy(() -> ComposeFile.load(file))
                .isInstanceOfSatisfying(
                        ComposeException.class,
                        thrown -> assertThat(thrown.problems().stream().map(ComposeGuideTest::withoutFix))
                                .containsExactlyElementsOf(shown));
    }

    private static String withoutFix(Problem problem) {
        return "bad.yml:" + problem.position().line() + ":" + problem.position().column() + ": " + problem.path() + ": "
                + problem.message();
    }

    @Test
    void aSecondFileChangesAPolicyKeyByKey() throws IOException {
        Path override = Files.writeString(directory.resolve("override.yml"), """
                services:
                  worker:
                    x-prodstack:
                      autoscale:
                        min: 2
                        metrics: !override
                          - cpu: 60%
                        when_metrics_fail: !override hold
                  redis:
                    x-prodstack: !reset null
                """);

        Stack stack = ComposeFile.load(ComposeSource.of(file("example.yml"), override))
                .stack();

        assertThat(autoscaled(stack)).contains("worker 2-50");
        assertThat(Objects.requireNonNull(stack.services().get("redis"))
                        .operations()
                        .backup())
                .isEmpty();
    }

    /** The schemas' keys of files, services, their {@code deploy}, and the four kinds of resources. */
    @ParameterizedTest
    @ValueSource(strings = {"compose-keys.txt", "cli-keys.txt"})
    void everyKeyOfTheSchemasIsInATable(String list) throws IOException, URISyntaxException {
        String tables = guide().lines().filter(line -> line.startsWith("|")).collect(Collectors.joining());
        URL keys = Objects.requireNonNull(ComposeGuideTest.class.getResource("/corpus/" + list));

        List<String> missing = Files.readAllLines(Path.of(keys.toURI())).stream()
                .map(SCHEMA_KEY::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .filter(key -> !tables.contains("`" + key + "`"))
                .toList();

        assertThat(missing).isEmpty();
    }
}
