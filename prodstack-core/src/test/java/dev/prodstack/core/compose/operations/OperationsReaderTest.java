package dev.prodstack.core.compose.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.core.compose.normal.OperationsForm;
import dev.prodstack.core.print.JsonText;
import dev.prodstack.core.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The cases of {@code x-prodstack/*.txt}: an extension, and behind {@code =} its normal form as JSON, or behind each
 * {@code !} a problem.
 */
class OperationsReaderTest {
    private static final String SERVICE = "services.app.x-prodstack";
    private static final String STACK = "x-prodstack";
    private static final String DEPLOY = "deploy ";

    @TestFactory
    Stream<DynamicTest> scaling() {
        return cases("scaling.txt");
    }

    @TestFactory
    Stream<DynamicTest> backup() {
        return cases("backup.txt");
    }

    @TestFactory
    Stream<DynamicTest> rollout() {
        return cases("rollout.txt");
    }

    @TestFactory
    Stream<DynamicTest> stack() {
        return cases("stack.txt");
    }

    private static Stream<DynamicTest> cases(String file) {
        boolean ofStack = file.equals("stack.txt");
        return Stream.of(text(file).split("\n\\s*\n"))
                .map(block ->
                        block.lines().filter(line -> !line.startsWith("#")).toList())
                .filter(lines -> !lines.isEmpty())
                .map(lines -> DynamicTest.dynamicTest(lines.get(0), () -> check(lines, ofStack)));
    }

    private static void check(List<String> lines, boolean ofStack) {
        String deploy = lines.get(0).startsWith(DEPLOY) ? lines.get(0).substring(DEPLOY.length()) : "";
        String extension = deploy.isEmpty() ? lines.get(0) : lines.get(1);
        Snippet snippet = ofStack
                ? Snippet.atTheTop(extension)
                : deploy.isEmpty() ? Snippet.besideService(extension) : Snippet.besideService(extension, deploy);
        List<String> found = new ArrayList<>();
        snippet.problems().forEach(problem -> found.add("! " + shown(problem, ofStack ? STACK : SERVICE)));
        if (found.isEmpty()) {
            found.add("= "
                    + JsonText.compact(
                            ofStack ? OperationsForm.of(snippet.ofStack()) : OperationsForm.of(snippet.ofService())));
        }
        assertThat(found).containsExactlyElementsOf(lines.subList(deploy.isEmpty() ? 1 : 2, lines.size()));
    }

    /** Without the position, and the path only behind the extension's. */
    private static String shown(Problem problem, String path) {
        String within = problem.path().startsWith(path + ".")
                ? problem.path().substring(path.length() + 1)
                : problem.path().equals(path) ? "" : problem.path();
        return (within.isEmpty() ? "" : within + ": ")
                + problem.message()
                + (problem.fix().isEmpty() ? "" : " (" + problem.fix() + ")");
    }

    private static String text(String file) {
        try (InputStream stream = OperationsReaderTest.class.getResourceAsStream("/x-prodstack/" + file)) {
            return new String(Objects.requireNonNull(stream, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void reportsEverythingTogetherWithItsPlace() {
        Snippet snippet = Snippet.read("""
                services:
                  app:
                    image: shop/app:1
                    deploy: {replicas: 30}
                    x-prodstack:
                      autoscale:
                        min: five
                        max: 20
                        metricks:
                          - cpu: 70%
                        schedules:
                          - start: "0 8 * * *"
                            end: "0 25 * * *"
                            time_zone: Europe/Berln
                            min: 7
                      backup:
                        - redis: {password_secret: redis}
                      rolout: rolling
                """);

        assertThat(snippet.problems().stream().map(Problem::toString))
                .containsExactly(
                        "c.yml:7:14: services.app.x-prodstack.autoscale.min: expected a whole number of at least 0, found \"five\"",
                        "c.yml:9:9: services.app.x-prodstack.autoscale.metricks: unknown key \"metricks\" (did you mean \"metrics\"?)",
                        "c.yml:13:18: services.app.x-prodstack.autoscale.schedules[0].end: the hour 25 is not between 0 and 23, found \"0 25 * * *\"",
                        "c.yml:14:24: services.app.x-prodstack.autoscale.schedules[0].time_zone: expected a time zone such as Europe/Berlin or UTC, found \"Europe/Berln\" (did you mean \"Europe/Berlin\"?)",
                        "c.yml:17:36: services.app.x-prodstack.backup[0].redis.password_secret: the secret \"redis\" is not defined (define it under the top-level secrets:)",
                        "c.yml:18:7: services.app.x-prodstack.rolout: unknown key \"rolout\" (did you mean \"rollout\"?)");
    }

    @Test
    void checksWhatStandsBesideOtherResources() {
        Snippet snippet = Snippet.read("""
                services:
                  app: {image: shop/app:1}
                volumes:
                  data:
                    x-prodstack: {lint: {ignore: [local-volume-moves]}}
                  logs:
                    x-prodstack: {backup: [volume: logs], lint: {ignored: [a]}}
                """);

        assertThat(snippet.problems().stream().map(Problem::toString))
                .containsExactly(
                        "c.yml:7:19: volumes.logs.x-prodstack.backup: unknown key \"backup\" (known here: lint)",
                        "c.yml:7:50: volumes.logs.x-prodstack.lint.ignored: unknown key \"ignored\" (did you mean \"ignore\"?)");
    }
}
