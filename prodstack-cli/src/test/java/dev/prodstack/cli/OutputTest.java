package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ESCAPE = "\u001b[";

    @TempDir
    Path directory;

    private CommandRun run() {
        return CommandRun.in(directory);
    }

    @Test
    void eachStreamIsColouredByItself() {
        assertThat(run().outOnTerminal().run("settings").out()).contains(ESCAPE);
        assertThat(run().errOnTerminal().run("settings").out()).doesNotContain(ESCAPE);
        assertThat(run().errOnTerminal().run("confg").err()).contains(ESCAPE);
        assertThat(run().outOnTerminal().run("confg").err()).doesNotContain(ESCAPE);
        assertThat(run().outOnTerminal().run("--help").out()).contains(ESCAPE);
        assertThat(run().errOnTerminal().run("--help").out()).doesNotContain(ESCAPE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    # terminal | NO_COLOR | FORCE_COLOR | TERM  | PRODSTACK_COLOR | option          | coloured
                    true       | -        | -           | xterm | -               | -               | true
                    false      | -        | -           | xterm | -               | -               | false
                    true       | 1        | -           | xterm | -               | -               | false
                    true       | ''       | -           | xterm | -               | -               | true
                    true       | -        | -           | dumb  | -               | -               | false
                    false      | -        | 1           | xterm | -               | -               | true
                    false      | -        | 1           | dumb  | -               | -               | true
                    true       | -        | 0           | xterm | -               | -               | false
                    false      | 1        | 1           | xterm | -               | -               | false
                    false      | 1        | -           | dumb  | -               | --color=always  | true
                    true       | -        | 1           | xterm | -               | --color=never   | false
                    true       | -        | -           | xterm | never           | -               | false
                    false      | 1        | -           | xterm | always          | -               | true
                    true       | -        | -           | xterm | never           | --color=auto    | true
                    """)
    void colourFollowsTheOptionThenTheEnvironmentThenTheTerminal(
            boolean terminal,
            String noColor,
            String forceColor,
            String term,
            String setting,
            String option,
            boolean coloured) {
        for (String[] line : new String[][] {{"settings"}, {"--help"}, {"confg"}}) {
            CommandRun run = terminal ? run().onTerminal() : run();
            env(run, "NO_COLOR", noColor);
            env(run, "FORCE_COLOR", forceColor);
            env(run, "TERM", term);
            env(run, "PRODSTACK_COLOR", setting);
            CommandRun.Outcome outcome = option == null ? run.run(line) : run.run(line[0], option);
            assertThat((outcome.out() + outcome.err()).contains(ESCAPE))
                    .as(line[0])
                    .isEqualTo(coloured);
        }
    }

    private static void env(CommandRun run, String name, String value) {
        if (value != null) {
            run.env(name, value);
        }
    }

    @Test
    void problemsAreQuotedWithTheirLineAndCounted() throws Exception {
        CommandRun.Outcome outcome =
                run().file(".prodstack.yml", "output: json\n\tcolor: never\n").run("settings");
        assertThat(outcome.err())
                .contains("  2 | \tcolor: never\n    | ^\n")
                .endsWith("error: 1 problem in the settings\n");
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.code()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"--output=json,", "--output JSON,", "-o json,", "-ojson,", "'',json"})
    void failuresAreOneJsonObjectWhenJsonIsAskedFor(String options, String variable) throws Exception {
        CommandRun run = run().file(".prodstack.yml", "outptu: yaml\n");
        env(run, "PRODSTACK_OUTPUT", variable);
        CommandRun.Outcome outcome = run.run(("settings " + options).strip().split(" "));
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).hasLineCount(1);
        JsonNode error = JSON.readTree(outcome.err());
        assertThat(error.fieldNames())
                .toIterable()
                .containsExactly("message_type", "code", "status", "message", "fix", "problems");
        assertThat(error.path("message_type").asText()).isEqualTo("error");
        assertThat(error.path("code").asInt()).isEqualTo(2).isEqualTo(outcome.code());
        assertThat(error.path("status").asText()).isEqualTo("usage");
        JsonNode problem = error.path("problems").path(0);
        assertThat(problem.fieldNames())
                .toIterable()
                .containsExactly("file", "line", "column", "path", "message", "fix");
        assertThat(problem.path("file").asText())
                .isEqualTo(directory.resolve(".prodstack.yml").toString());
        assertThat(problem.path("line").asInt()).isEqualTo(1);
        assertThat(problem.path("column").asInt()).isEqualTo(1);
        assertThat(problem.path("path").asText()).isEqualTo("outptu");
        assertThat(problem.path("message").asText()).startsWith("unknown setting");
        assertThat(problem.path("fix").asText()).isEqualTo("did you mean \"output\"?");
    }

    @Test
    void mistakesOnTheCommandLineAreJsonToo() throws Exception {
        JsonNode error = JSON.readTree(
                run().run("settings", "--frobnicate", "--output", "json").err());
        assertThat(error.path("message").asText()).isEqualTo("unknown option --frobnicate");
        assertThat(error.path("problems").isEmpty()).isTrue();
    }

    @Test
    void aReaderThatGoesAwayIsNoFailure() {
        CommandRun.Outcome outcome = run().outTo(failing("Broken pipe")).run("settings");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
    }

    @Test
    void aFullDiskIsAFailure() {
        CommandRun.Outcome outcome =
                run().outTo(failing("No space left on device")).run("settings");
        assertThat(outcome.err()).isEqualTo("error: the result cannot be written: No space left on device\n");
        assertThat(outcome.code()).isEqualTo(1);
    }

    private static OutputStream failing(String message) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(message);
            }
        };
    }

    @Test
    void aDefectShowsItsTraceOnlyToWhoAsks() {
        CommandRun broken = run().outTo(new OutputStream() {
            @Override
            public void write(int b) {
                throw new IllegalStateException("planted");
            }
        });
        CommandRun.Outcome outcome = broken.run("settings");
        assertThat(outcome.err()).isEqualTo("""
                        error: prodstack has a defect: java.lang.IllegalStateException: planted
                          fix: run it again with PRODSTACK_DEBUG=1 and report what it prints
                        """);
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(broken.run("settings", "--debug").err()).contains("\tat dev.prodstack.cli.");
        assertThat(broken.env("PRODSTACK_DEBUG", "1").run("settings").err()).contains("\tat dev.prodstack.cli.");
    }

    @Test
    void versionIsDataToo() throws Exception {
        JsonNode version =
                JSON.readTree(run().run("version", "--output", "json").out());
        assertThat(version.path("prodstack").asText()).isNotEmpty();
        assertThat(version.path("java").asText()).startsWith(System.getProperty("java.version"));
        assertThat(run().run("version", "-o", "yaml").out()).startsWith("prodstack: ");
        assertThat(run().run("version").out()).startsWith("prodstack  ");
    }
}
