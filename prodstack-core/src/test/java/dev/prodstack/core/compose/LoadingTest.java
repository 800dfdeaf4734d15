package dev.prodstack.core.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.prodstack.core.problem.Problem;
import dev.prodstack.core.stack.Service;
import dev.prodstack.core.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How several files become one stack. */
class LoadingTest {
    @TempDir
    private Path directory;

    private Path file(String name, String... lines) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, String.join("\n", lines) + "\n");
    }

    private static Service service(Stack stack, String name) {
        return Optional.ofNullable(stack.services().get(name)).orElseThrow();
    }

    private static List<String> messages(ComposeSource source) {
        try {
            ComposeFile.load(source);
            return List.of();
        } catch (ComposeException e) {
            return e.problems().stream().map(Problem::toString).toList();
        }
    }

    @Test
    void includesAProjectWithItsOwnDirectoryAndVariables() throws IOException {
        file("side/.env", "TAG=7");
        file("side/compose.yml", "services:", "  side: {image: 's:${TAG}', volumes: ['./x:/x']}");
        Path main = file("main.yml", "include: [side/compose.yml]", "services:", "  main: {image: 'm:${TAG:-1}'}");

        Stack stack = ComposeFile.load(main).stack();

        assertThat(service(stack, "side").image()).hasToString("Optional[s:7]");
        assertThat(service(stack, "side").mounts())
                .asString()
                .contains(directory.resolve("side/x").toString());
        assertThat(service(stack, "main").image()).hasToString("Optional[m:1]");
    }

    @Test
    void refusesToIncludeWhatIsDefinedDifferently() throws IOException {
        file("other.yml", "services: {a: {image: x}, b: {image: same}}");
        Path main = file("main.yml", "include: [other.yml]", "services: {a: {image: y}, b: {image: same}}");

        assertThat(messages(ComposeSource.of(main)))
                .singleElement()
                .asString()
                .contains("main.yml:2:12", "services.a", "other.yml:1:12");
    }

    @Test
    void overridesWhatIsIncludedByAFurtherFile() throws IOException {
        file("other.yml", "services: {a: {image: x}}");
        Path main = file("main.yml", "include: [other.yml]", "services: {b: {image: y}}");
        Path over = file("over.yml", "services: {a: {image: z}}");

        assertThat(service(ComposeFile.load(ComposeSource.of(main, over)).stack(), "a")
                        .image())
                .hasToString("Optional[z]");
    }

    @Test
    void reportsFilesThatIncludeThemselves() throws IOException {
        file("b.yml", "include: [a.yml]", "services: {b: {image: x}}");
        Path a = file("a.yml", "include: [b.yml]", "services: {a: {image: x}}");

        assertThat(messages(ComposeSource.of(a))).singleElement().asString().contains("includes itself", "b.yml:1:11");
    }

    @Test
    void extendsServicesOfOtherFilesFromTheirDirectory() throws IOException {
        file("common/base.yml", "services:", "  base: {image: b, volumes: ['./d:/d'], environment: {A: 1, B: 1}}");
        Path main = file(
                "main.yml",
                "services:",
                "  web:",
                "    extends: {file: common/base.yml, service: base}",
                "    environment: {B: 2}");

        Service web = service(ComposeFile.load(main).stack(), "web");

        assertThat(web.environment()).isEqualTo(Map.of("A", Optional.of("1"), "B", Optional.of("2")));
        assertThat(web.mounts())
                .asString()
                .contains(directory.resolve("common/d").toString());
    }

    @Test
    void reportsServicesThatExtendThemselvesOrNothing() throws IOException {
        Path main = file(
                "main.yml",
                "services:",
                "  a: {image: x, extends: b}",
                "  b: {image: x, extends: a}",
                "  c: {image: x, extends: bb}");

        assertThat(messages(ComposeSource.of(main)))
                .anySatisfy(problem -> assertThat(problem).contains("main.yml:3:26", "extends itself"))
                .anySatisfy(problem ->
                        assertThat(problem).contains("main.yml:4:26", "no service \"bb\"", "did you mean \"b\"?"));
    }

    @Test
    void selectsServicesByProfile() throws IOException {
        Path main = file(
                "main.yml",
                "services:",
                "  a: {image: x}",
                "  b: {image: x, profiles: [p, q]}",
                "  c: {image: x, profiles: [r]}");
        ComposeSource source = ComposeSource.of(main);

        assertThat(ComposeFile.load(source).stack().services()).containsOnlyKeys("a");
        assertThat(ComposeFile.load(source.withProfiles(Set.of("q"))).stack().services())
                .containsOnlyKeys("a", "b");
        assertThat(ComposeFile.load(source.withProfiles(Set.of("*"))).stack().services())
                .containsOnlyKeys("a", "b", "c");
        assertThat(ComposeFile.load(source.withEnvironment(Map.of("COMPOSE_PROFILES", "p, r")))
                        .stack()
                        .services())
                .containsOnlyKeys("a", "b", "c");
    }

    @Test
    void putsFilesOfVariablesBeneathTheEnvironment() throws IOException {
        file("one.env", "A=one", "B=one", "C=one");
        file("two.env", "B=two", "C=two");
        Path main = file(
                "main.yml",
                "services:",
                "  web:",
                "    image: x",
                "    env_file: [one.env, two.env, {path: none.env, required: false}]",
                "    environment: [C=three, GIVEN, MISSING]");

        Service web = service(
                ComposeFile.load(ComposeSource.of(main).withEnvironment(Map.of("GIVEN", "here")))
                        .stack(),
                "web");

        assertThat(web.environment())
                .isEqualTo(Map.of(
                        "A", Optional.of("one"),
                        "B", Optional.of("two"),
                        "C", Optional.of("three"),
                        "GIVEN", Optional.of("here"),
                        "MISSING", Optional.empty()));
    }

    @Test
    void takesTheNameFromTheNearestPlaceThatGivesOne() throws IOException {
        Path unnamed = file("My Shop!/main.yml", "services: {a: {image: 'x:${COMPOSE_PROJECT_NAME}'}}");
        Path named = file("named.yml", "name: file-${N:-1}", "services: {a: {image: x}}");

        Stack byDirectory = ComposeFile.load(unnamed).stack();
        assertThat(byDirectory.name()).isEqualTo("myshop");
        assertThat(service(byDirectory, "a").image()).hasToString("Optional[x:myshop]");
        ComposeSource environment = ComposeSource.of(unnamed).withEnvironment(Map.of("COMPOSE_PROJECT_NAME", "env"));
        assertThat(ComposeFile.load(environment).stack().name()).isEqualTo("env");
        assertThat(ComposeFile.load(named).stack().name()).isEqualTo("file-1");
        ComposeSource both = ComposeSource.of(named).withEnvironment(Map.of("COMPOSE_PROJECT_NAME", "env"));
        assertThat(ComposeFile.load(both).stack().name()).isEqualTo("env");
        assertThat(ComposeFile.load(ComposeSource.of(named).named("caller"))
                        .stack()
                        .name())
                .isEqualTo("caller");
        assertThatThrownBy(() -> ComposeFile.load(ComposeSource.of(named).named("not a name")))
                .isInstanceOf(ComposeException.class)
                .hasMessageContaining("expected a stack name");
    }

    @Test
    void reportsEverythingThatIsUndefined() throws IOException {
        Path main = file(
                "main.yml",
                "services:",
                "  web:",
                "    image: x",
                "    networks: [front, default]",
                "    volumes: ['data:/d']",
                "    secrets: [pass]",
                "    configs: [{source: conf, target: /c}]",
                "    depends_on: [bd]",
                "  db: {image: x}",
                "networks: {font: {}}");

        assertThat(messages(ComposeSource.of(main)))
                .satisfiesExactly(
                        problem -> assertThat(problem).contains("main.yml:4:16", "network \"front\"", "\"font\"?"),
                        problem -> assertThat(problem).contains("main.yml:5:15", "volume \"data\""),
                        problem -> assertThat(problem).contains("main.yml:6:15", "secret \"pass\""),
                        problem -> assertThat(problem).contains("main.yml:7:15", "config \"conf\""),
                        problem -> assertThat(problem).contains("main.yml:8:18", "no service \"bd\"", "\"db\"?"));
    }

    @Test
    void reportsAnUndefinedNetworkAtItsName() throws IOException {
        Path main = file(
                "main.yml",
                "services:",
                "  web:",
                "    image: x",
                "    networks:",
                "      front:",
                "        aliases: [a]",
                "      back: {}");

        assertThat(messages(ComposeSource.of(main)))
                .satisfiesExactly(
                        problem -> assertThat(problem).contains("main.yml:5:7", "network \"front\""),
                        problem -> assertThat(problem).contains("main.yml:7:7", "network \"back\""));
    }

    @Test
    void findsPartsWhoseKeysHaveDots() throws IOException {
        Path main = file(
                "main.yml",
                "services:",
                "  web:",
                "    image: x",
                "    labels: {a.b: 1, a.b.c: 2}",
                "    cap_add: [X, Y]");
        SourceMap positions = ComposeFile.load(main).positions();

        assertThat(positions.of("services.web.labels.a.b")).hasToString(main + ":4:19");
        assertThat(positions.of("services.web.labels.a.b.c")).hasToString(main + ":4:29");
        assertThat(positions.ofKey("services.web.labels.a.b.c")).hasToString(main + ":4:22");
        assertThat(positions.of("services.web.cap_add[1]")).hasToString(main + ":5:18");
        assertThat(positions.of("services.web.cap_add[2]")).isEqualTo(positions.of("services.web.cap_add"));
        assertThat(positions.has("services.web.cap_add[1]")).isTrue();
        assertThat(positions.has("services.web.cap_add[2]")).isFalse();
        assertThat(positions.has("services.web.labels.a")).isFalse();
    }

    @Test
    void knowsWhereEachPartWasSaid() throws IOException {
        Path main = file("main.yml", "services:", "  web:", "    image: x", "    deploy:", "      replicas: 2");
        SourceMap positions = ComposeFile.load(main).positions();

        assertThat(positions.of("services.web.deploy.replicas")).hasToString(main + ":5:17");
        assertThat(positions.of("services.web.healthcheck.test")).hasToString(main + ":3:5");
    }

    @Test
    void warnsOfVariablesThatAreNotSet() throws IOException {
        Path main = file("main.yml", "services: {web: {image: 'x:1${TAG}'}}");

        assertThat(ComposeFile.load(main).warnings())
                .singleElement()
                .asInstanceOf(type(Problem.class))
                .asString()
                .contains("services.web.image", "TAG is not set");
    }
}
