package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private JsonNode stack(CommandRun run, String... options) throws Exception {
        String[] arguments = new String[options.length + 3];
        arguments[0] = "settings";
        arguments[1] = "--output";
        arguments[2] = "json";
        System.arraycopy(options, 0, arguments, 3, options.length);
        return JSON.readTree(run.run(arguments).out()).at("/settings/stack");
    }

    @Test
    void everySourceWinsOverTheNext() throws Exception {
        String user = directory.resolve("home/.config/prodstack/settings.yml").toString();
        String system = directory.resolve("xdg/prodstack/settings.yml").toString();
        String project = directory.resolve(".prodstack.yml").toString();

        CommandRun run = CommandRun.in(directory);
        assertStack(stack(run), "", "default");
        assertStack(stack(again().file("xdg/prodstack/settings.yml", "# ours\nstack: e")), "e", system + ":2:1");
        assertStack(stack(again().file("home/.config/prodstack/settings.yml", "stack: d")), "d", user + ":1:1");
        assertStack(stack(again().file(".prodstack.yml", "quiet: true\nstack: c\n")), "c", project + ":2:1");
        assertStack(stack(again().env("COMPOSE_PROJECT_NAME", "b2")), "b2", "COMPOSE_PROJECT_NAME");
        assertStack(
                stack(again().env("COMPOSE_PROJECT_NAME", "b2").env("PRODSTACK_STACK", "b")), "b", "PRODSTACK_STACK");
        assertStack(stack(again().env("PRODSTACK_STACK", "b"), "-n", "a"), "a", "--stack");
        assertStack(stack(again().env("PRODSTACK_STACK", "")), "c", project + ":2:1");
    }

    private CommandRun again() {
        return CommandRun.in(directory);
    }

    private static void assertStack(JsonNode setting, String value, String from) {
        assertThat(setting.path("values").path(0).asText()).isEqualTo(value);
        assertThat(setting.path("from").asText()).isEqualTo(from);
    }

    @Test
    void xdgConfigHomeIsWhereTheUsersFileIs() throws Exception {
        CommandRun run = again().file("cfg/prodstack/settings.yml", "stack: x")
                .env("XDG_CONFIG_HOME", directory.resolve("cfg").toString());
        assertThat(stack(run).path("values").path(0).asText()).isEqualTo("x");
        CommandRun relative =
                again().file("home/.config/prodstack/settings.yml", "stack: y").env("XDG_CONFIG_HOME", "cfg");
        assertThat(stack(relative).path("values").path(0).asText()).isEqualTo("y");
    }

    @Test
    void listsAreSplitAndPathsStartFromTheFileThatNamesThem() throws Exception {
        CommandRun run = again().file("home/.config/prodstack/settings.yml", "file: [base.yml, ../b.yml]\n")
                .env("COMPOSE_PROFILES", "a, b,");
        JsonNode settings =
                JSON.readTree(run.run("settings", "-o", "json").out()).path("settings");
        Path home = directory.resolve("home/.config/prodstack");
        assertThat(settings.at("/file/values").toString())
                .isEqualTo("[\"" + home.resolve("base.yml") + "\",\"" + home.resolve("../b.yml") + "\"]");
        assertThat(settings.at("/profile/values").toString()).isEqualTo("[\"a\",\"b\"]");
    }

    @Test
    void composeFileIsSplitAtItsOwnSeparator() throws Exception {
        CommandRun run = again().env("COMPOSE_FILE", "a:1.yml;b.yml").env("COMPOSE_PATH_SEPARATOR", ";");
        JsonNode settings =
                JSON.readTree(run.run("settings", "-o", "json").out()).path("settings");
        assertThat(settings.at("/file/values").toString()).isEqualTo("[\"a:1.yml\",\"b.yml\"]");
    }

    @Test
    void everyProblemIsReportedAtItsPlace() throws Exception {
        CommandRun.Outcome outcome = again().file(".prodstack.yml", "outptu: json\ncolor: [purple]\nstack: {a: b}\n")
                .env("PRODSTACK_OUTPUT", "xml")
                .run("settings");
        String file = directory.resolve(".prodstack.yml").toString();
        assertThat(outcome.err()).isEqualTo(file + """
                        :1:1: error: outptu: unknown setting; there are file, env-file, profile, project-directory, stack, host, context, connect-timeout, output, color, quiet
                          1 | outptu: json
                            | ^
                          fix: did you mean "output"?

                        """ + file + """
                        :2:8: error: color: expected a string, found a list
                          2 | color: [purple]
                            |        ^

                        """ + file + """
                        :3:8: error: stack: expected a string, found a mapping
                          3 | stack: {a: b}
                            |        ^

                        environment: error: PRODSTACK_OUTPUT: expected one of table, yaml, json; found "xml"

                        error: 4 problems in the settings
                        """);
        assertThat(outcome.code()).isEqualTo(2);
    }

    @Test
    void brokenSettingsDoNotKeepHelpBack() throws Exception {
        CommandRun broken = again().file(".prodstack.yml", "[");
        assertThat(broken.run("config", "--help").code()).isZero();
        assertThat(broken.run("--version").code()).isZero();
        assertThat(broken.run("settings").code()).isEqualTo(2);
    }

    @Test
    void aFormThatACommandCannotPrintIsRefusedOnlyOnTheCommandLine() throws Exception {
        CommandRun.Outcome outcome = again().env("PRODSTACK_OUTPUT", "table").run("config");
        assertThat(outcome.err()).contains("no Compose file in");
    }

    @Test
    void theTableShowsValuesAndOrigins() throws Exception {
        CommandRun.Outcome outcome = again().env("COMPOSE_PROFILES", "web,jobs").run("settings", "-f", "a.yml");
        assertThat(outcome.out())
                .containsPattern("(?m)^SETTING +VALUE +FROM +VARIABLES$")
                .containsPattern("(?m)^file +a\\.yml +--file +PRODSTACK_FILE, COMPOSE_FILE$")
                .containsPattern("(?m)^profile +web, jobs +COMPOSE_PROFILES ")
                .containsPattern("(?m)^stack +\\(the file's name, or its directory's\\) +default ")
                .containsPattern("(?m)^.*/\\.prodstack\\.yml +not there$");
    }
}
