package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prodstack.core.lint.Rule;
import dev.prodstack.core.lint.Rules;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LintCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private CommandRun run() throws Exception {
        return CommandRun.in(directory).file("compose.yml", """
                        name: shop
                        services:
                          web:
                            image: shop/web:1
                            deploy:
                              resources:
                                limits: {cpus: "1", memory: 1M}
                          cache:
                            image: redis:latest
                        """);
    }

    @Test
    void findingsAreTheResult() throws Exception {
        CommandRun.Outcome outcome = run().run("lint", "--rule", "resource-too-small", "--rule", "moving-tag");
        String file = directory.resolve("compose.yml").toString();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .contains(file + ":7:37: error: services.web.deploy.resources.limits.memory: ")
                .contains(" [resource-too-small]\n  7 |         limits: {cpus: \"1\", memory: 1M}\n"
                        + "    |                                     ^\n  fix: ")
                .contains(file + ":9:12: warning: services.cache.image: ")
                .endsWith("\n\n1 error, 1 warning.\n");
        assertThat(outcome.code()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "resource-too-small, error,   1",
        "moving-tag,         error,   0",
        "moving-tag,         warning, 1",
        "no-cpu-limit,       warning, 0",
        "no-cpu-limit,       info,    1",
        "no-cpu-limit,       INFO,    1",
        "unused-ignore,      info,    0",
    })
    void failOnSaysWhichSeverityFails(String rule, String severity, int code) throws Exception {
        assertThat(run().run("lint", "--rule", rule, "--fail-on", severity).code())
                .isEqualTo(code);
    }

    @Test
    void findingsAreDataToo() throws Exception {
        JsonNode report = JSON.readTree(
                run().run("lint", "-o", "json", "--rule", "moving-tag").out());
        assertThat(report.path("findings")).hasSize(1);
        JsonNode finding = report.at("/findings/0");
        assertThat(finding.fieldNames())
                .toIterable()
                .containsExactly(
                        "rule", "severity", "file", "line", "column", "path", "message", "fix", "reason", "guide");
        assertThat(finding.path("rule").asText()).isEqualTo("moving-tag");
        assertThat(finding.path("severity").asText()).isEqualTo("warning");
        assertThat(finding.path("line").asInt()).isEqualTo(9);
        assertThat(finding.path("guide").asText()).isEqualTo("docs/LINT.md#moving-tag");
        assertThat(report.path("counts")).isEqualTo(JSON.readTree("{\"error\":0,\"warning\":1,\"info\":0}"));
    }

    @Test
    void rulesAreListed() throws Exception {
        CommandRun.Outcome outcome = CommandRun.in(directory).run("lint", "--list-rules");
        assertThat(outcome.out())
                .contains(Rules.all().stream().map(Rule::id).toList())
                .endsWith("\n" + Rules.all().size() + " rules.\n");
        assertThat(outcome.out().lines()).allMatch(line -> line.length() <= 80);
        JsonNode rules = JSON.readTree(CommandRun.in(directory)
                .run("lint", "--list-rules", "-o", "json")
                .out());
        assertThat(rules).hasSize(Rules.all().size());
        assertThat(rules.get(0).fieldNames()).toIterable().containsExactly("rule", "severity", "reason", "guide");
    }

    @Test
    void anUnknownRuleIsAMistake() throws Exception {
        CommandRun.Outcome outcome = run().run("lint", "--rule", "moving-tga");
        assertThat(outcome.err())
                .isEqualTo("error: there is no rule \"moving-tga\"\n  fix: did you mean \"moving-tag\"?\n");
        assertThat(outcome.code()).isEqualTo(2);
    }

    @Test
    void nothingFoundIsSaid() throws Exception {
        assertThat(run().run("lint", "--rule", "unused-ignore"))
                .isEqualTo(new CommandRun.Outcome(0, "Nothing found.\n", ""));
    }
}
