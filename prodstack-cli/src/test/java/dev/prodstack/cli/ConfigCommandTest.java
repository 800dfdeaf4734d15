package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STACK = """
            name: shop
            services:
              web:
                image: shop/web:${TAG:-1}
              db:
                image: postgres:17
                profiles: [data]
            """;
    private static final String RESOLVED = """
            name: shop
            services:
              web:
                image: shop/web:1
            """;

    @TempDir
    Path directory;

    private CommandRun run() {
        return CommandRun.in(directory);
    }

    @Test
    void printsTheResolvedStackAsYaml() throws Exception {
        CommandRun.Outcome outcome = run().file("compose.yaml", STACK).run("config");
        assertThat(outcome).isEqualTo(new CommandRun.Outcome(0, RESOLVED, ""));
    }

    @Test
    void printsTheResolvedStackAsJson() throws Exception {
        CommandRun.Outcome outcome = run().file("compose.yaml", STACK).run("config", "--output", "json");
        assertThat(JSON.readTree(outcome.out()))
                .isEqualTo(JSON.readTree("{\"name\":\"shop\",\"services\":{\"web\":{\"image\":\"shop/web:1\"}}}"));
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void listsServicesAndImages() throws Exception {
        run().file("compose.yaml", STACK);
        assertThat(run().run("config", "--services", "--profile", "*").out()).isEqualTo("web\ndb\n");
        assertThat(run().run("config", "--images", "--profile", "data").out()).isEqualTo("postgres:17\nshop/web:1\n");
        assertThat(JSON.readTree(run().run("config", "--images", "-o", "json").out()))
                .isEqualTo(JSON.readTree("[\"shop/web:1\"]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"})
    void theFileIsFoundByItsName(String name) throws Exception {
        assertThat(run().file(name, STACK).run("config").out()).isEqualTo(RESOLVED);
    }

    @Test
    void theFirstNameWins() throws Exception {
        run().file("docker-compose.yml", "services: {}").file("compose.yml", STACK);
        assertThat(run().run("config").out()).isEqualTo(RESOLVED);
    }

    @Test
    void anotherNameIsSuggested() throws Exception {
        CommandRun.Outcome outcome =
                run().file("docker-compose.prod.yml", STACK).run("config");
        assertThat(outcome.err())
                .startsWith("error: no Compose file in " + directory + "; looked for compose.yaml,")
                .endsWith("\n  fix: did you mean --file docker-compose.prod.yml?\n");
        assertThat(outcome.code()).isEqualTo(2);
    }

    @Test
    void everySettingAboutTheStackReachesTheReader() throws Exception {
        run().file("a.yml", STACK)
                .file("b.yml", "services: {web: {environment: {X: $X}}}")
                .file("vars.env", "TAG=2\nX=file\n");
        String out = run().env("X", "outside")
                .run("-f", "a.yml", "-f", "b.yml", "--env-file", "vars.env", "-n", "other", "config")
                .out();
        assertThat(out).isEqualTo("""
                        name: other
                        services:
                          web:
                            image: shop/web:2
                            environment:
                              X: outside
                        """);
        assertThat(run().env("COMPOSE_FILE", "a.yml:b.yml")
                        .env("COMPOSE_ENV_FILES", "vars.env")
                        .env("COMPOSE_PROJECT_NAME", "other")
                        .env("X", "outside")
                        .run("config")
                        .out())
                .isEqualTo(out);
    }

    @Test
    void theFileOfVariablesNamesTheComposeFilesWhereNobodyElseDoes() throws Exception {
        CommandRun run = run().file(".env", "COMPOSE_FILE=a.yml;b.yml\nCOMPOSE_PATH_SEPARATOR=;\nTAG=9\n")
                .file("compose.yaml", STACK)
                .file("a.yml", STACK)
                .file("b.yml", "services: {web: {user: app}}");
        assertThat(run.run("config").out()).contains("shop/web:9", "user: app");
        assertThat(run().run("config", "-f", "compose.yaml").out()).doesNotContain("user: app");
        assertThat(run().env("COMPOSE_FILE", "a.yml").run("config").out()).doesNotContain("user: app");
        assertThat(run().file("vars.env", "COMPOSE_FILE=a.yml\n")
                        .run("config", "--env-file", "vars.env")
                        .out())
                .contains("shop/web:1")
                .doesNotContain("user: app");
    }

    @Test
    void profilesOnTheCommandLineReplaceThoseOfTheEnvironment() throws Exception {
        CommandRun run = run().file("compose.yaml", STACK).env("COMPOSE_PROFILES", "data");
        assertThat(run.run("config", "--services").out()).isEqualTo("web\ndb\n");
        assertThat(run().env("COMPOSE_PROFILES", "data")
                        .run("config", "--services", "--profile", "other")
                        .out())
                .isEqualTo("web\n");
    }

    @Test
    void aProjectDirectoryIsWherePathsStart() throws Exception {
        run().file("elsewhere/.env", "TAG=7\n").file("stack.yml", STACK);
        assertThat(run().run("config", "-f", "stack.yml", "--project-directory", "elsewhere")
                        .out())
                .contains("shop/web:7");
        assertThat(run().file("elsewhere/compose.yml", STACK)
                        .run("config", "--project-directory", "elsewhere")
                        .out())
                .contains("shop/web:7");
    }

    @Test
    void unsetVariablesAreWarnedOf() throws Exception {
        run().file("compose.yaml", "services:\n  web:\n    image: web:1\n    user: $WHO\n");
        CommandRun.Outcome outcome = run().run("config");
        assertThat(outcome.err())
                .startsWith(directory.resolve("compose.yaml") + ":4:11: warning: services.web.user: ")
                .contains("\n  4 |     user: $WHO\n    |           ^\n  fix: ");
        assertThat(outcome.code()).isZero();
        assertThat(run().run("config", "-q").err()).isEmpty();
        assertThat(run().env("PRODSTACK_QUIET", "1").run("config").err()).isEmpty();
        JsonNode warning = JSON.readTree(run().run("config", "-o", "json").err());
        assertThat(warning.path("message_type").asText()).isEqualTo("warning");
        assertThat(warning.path("line").asInt()).isEqualTo(4);
    }

    @Test
    void everyProblemIsShownAndCounted() throws Exception {
        CommandRun.Outcome outcome = run().file("compose.yaml", """
                        services:
                          web:
                            image: web:1
                            healthchek: {}
                            networks: [bak]
                        networks:
                          back: {}
                        """).run("config");
        String file = directory.resolve("compose.yaml").toString();
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).isEqualTo(file + """
                        :4:5: error: services.web.healthchek: unknown key "healthchek"
                          4 |     healthchek: {}
                            |     ^
                          fix: did you mean "healthcheck"?

                        """ + file + """
                        :5:16: error: services.web.networks.bak: the network "bak" is not defined
                          5 |     networks: [bak]
                            |                ^
                          fix: did you mean "back"?

                        """ + "error: 2 problems in " + file + "\n");
        assertThat(outcome.code()).isEqualTo(1);
        JsonNode error = JSON.readTree(run().run("config", "-o", "json").err());
        assertThat(error.path("code").asInt()).isEqualTo(1);
        assertThat(error.path("status").asText()).isEqualTo("failed");
        assertThat(error.path("problems")).hasSize(2);
        assertThat(error.at("/problems/1/column").asInt()).isEqualTo(16);
    }

    @Test
    void aMissingFileIsOneMessage() {
        CommandRun.Outcome outcome = run().run("config", "-f", "nope.yml");
        assertThat(outcome.err())
                .isEqualTo("error: the Compose file " + directory.resolve("nope.yml")
                        + " does not exist\n  fix: check the path\n");
        assertThat(outcome.code()).isEqualTo(1);
    }

    @Test
    void standardInputIsAFile() throws Exception {
        assertThat(run().input(STACK).run("config", "-f", "-")).isEqualTo(new CommandRun.Outcome(0, RESOLVED, ""));
        run().file("base.yml", STACK);
        assertThat(run().input("services: {web: {image: x}}")
                        .run("config", "-f", "base.yml", "-f", "-", "--images")
                        .out())
                .isEqualTo("x\n");
        assertThat(run().file(".env", "TAG=9")
                        .input(STACK)
                        .run("config", "-f", "-", "--images")
                        .out())
                .isEqualTo("shop/web:9\n");
    }

    @Test
    void whatIsWrongWithStandardInputIsQuotedUnderItsName() {
        CommandRun.Outcome outcome =
                run().input("services:\n  web: {image: x, imag: x}\n").run("config", "-f", "-");
        assertThat(outcome.err())
                .startsWith(
                        "<stdin>:2:19: error: services.web.imag: unknown key \"imag\"\n  2 |   web: {image: x, imag: x}\n")
                .endsWith("error: 1 problem in <stdin>\n");
        assertThat(run().input("\0").run("config", "-f", "-").err())
                .contains("<stdin>")
                .doesNotContain("prodstack-stdin");
        assertThat(run().run("config", "-f", "-", "-f", "-").code()).isEqualTo(2);
    }
}
