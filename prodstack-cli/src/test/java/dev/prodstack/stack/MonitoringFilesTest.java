package dev.prodstack.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prodstack.core.stack.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What measures and warns, read by the programs that read it in production. */
@Tag("engine")
class MonitoringFilesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PROMETHEUS = StackFiles.DIRECTORY.resolve("prometheus");

    private static List<String> matches(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static Programs.Ended promtool(Path directory, String... arguments) {
        List<String> command = new ArrayList<>(List.of(Programs.find("promtool", "prometheus")));
        command.addAll(List.of(arguments));
        return Programs.run(directory, command);
    }

    @Test
    void prometheusTakesItsConfigurationAndTheRules() {
        Programs.Ended checked = promtool(PROMETHEUS, "check", "config", "prometheus.prod.yml");

        assertThat(checked.code()).as(checked.output()).isZero();
        assertThat(checked.output()).contains("SUCCESS: 2 rule files found").contains("rules found");
    }

    @Test
    void twelveJobsFindEveryTaskByName() {
        String configuration = StackFiles.text("prometheus/prometheus.prod.yml");

        assertThat(matches("^  - job_name: (.+)$", configuration))
                .containsExactlyInAnyOrder(
                        "backend",
                        "worker",
                        "postgres",
                        "redis",
                        "rabbitmq",
                        "minio",
                        "node",
                        "nginx",
                        "swarm",
                        "autoscaler",
                        "backup",
                        "wal");
        List<String> names = matches("names: \\[(.+)]", configuration);
        assertThat(names).hasSize(13).allSatisfy(name -> assertThat(name).startsWith("tasks."));
        assertThat(StackFiles.OPERATED.read().stack().services().keySet())
                .containsAll(names.stream()
                        .map(name -> name.substring("tasks.".length()))
                        .toList());
    }

    @Test
    void whatPrometheusAsksIsOnANetworkWithIt() {
        Map<String, Service> services = StackFiles.OPERATED.read().stack().services();

        assertThat(matches("names: \\[tasks\\.(.+)]", StackFiles.text("prometheus/prometheus.prod.yml")))
                .allSatisfy(name -> assertThat(Optional.ofNullable(services.get(name))
                                .orElseThrow()
                                .networks())
                        .containsKey("monitoring"));
    }

    @Test
    void prometheusKeepsFifteenDays() {
        assertThat(StackFiles.PRODUCTION
                        .service("prometheus")
                        .process()
                        .command()
                        .orElseThrow())
                .contains("--storage.tsdb.retention.time=15d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"recording.yml", "alerts.yml", "drills.yml"})
    void theRulesDoWhatTheirTestsSay(String tests) {
        Programs.Ended tested = promtool(PROMETHEUS.resolve("tests"), "test", "rules", tests);

        assertThat(tested.code()).as(tested.output()).isZero();
        assertThat(tested.output()).contains("SUCCESS");
    }

    @Test
    void everyRuleIsTestedAndEveryAlertAlsoStaysQuiet() {
        String tests = StackFiles.text("prometheus/tests/alerts.yml") + StackFiles.text("prometheus/tests/drills.yml");
        String recorded = StackFiles.text("prometheus/tests/recording.yml");

        assertThat(matches("- alert: (.+)$", StackFiles.text("prometheus/rules/alerts.yml")))
                .hasSizeGreaterThan(20)
                .allSatisfy(alert -> {
                    String asked = "alertname=\"" + alert + "\".*\\n.*\\n +exp_samples: \\[";
                    assertThat(matches("(" + asked + "])", tests))
                            .as(alert + " is quiet")
                            .isNotEmpty();
                    assertThat(matches("(" + asked + "\\{)", tests))
                            .as(alert + " is heard")
                            .isNotEmpty();
                });
        assertThat(matches("- record: (.+)$", StackFiles.text("prometheus/rules/recording.yml")))
                .hasSizeGreaterThan(15)
                .allSatisfy(rule -> assertThat(recorded).contains("expr: ").containsPattern("expr: .*\\b" + rule));
    }

    @Test
    void alertmanagerTakesItsConfigurationAsSwarmFillsItIn(@TempDir Path directory) throws IOException {
        String filled = AlertmanagerTest.asSwarmFillsItIn();
        Files.writeString(directory.resolve("alertmanager.yml"), filled);
        Files.copy(StackFiles.DIRECTORY.resolve("alertmanager/messages.tmpl"), directory.resolve("messages.tmpl"));

        Programs.Ended checked = Programs.run(
                directory,
                List.of(Programs.find("amtool", "prometheus-alertmanager"), "check-config", "alertmanager.yml"));

        assertThat(checked.code()).as(checked.output()).isZero();
        assertThat(checked.output()).contains("- 2 receivers", "- 1 templates");
        assertThat(filled).doesNotContain("{{");
        assertThat(route(directory, "severity=warning")).endsWith("slack");
        assertThat(route(directory, "severity=critical")).endsWith("slack-and-email");
    }

    private static String route(Path directory, String label) {
        return Programs.run(
                        directory,
                        List.of(
                                Programs.find("amtool", "prometheus-alertmanager"),
                                "config",
                                "routes",
                                "test",
                                "--config.file=alertmanager.yml",
                                label))
                .output()
                .strip();
    }

    @Test
    void alertmanagerFindsItsSecretsWhereSwarmPutsThem() {
        assertThat(matches("_file: /run/secrets/(.+)$", StackFiles.text("alertmanager/alertmanager.yml")))
                .hasSize(2)
                .isSubsetOf(StackFiles.OPERATED.service("alertmanager").secrets().stream()
                        .map(secret -> secret.source())
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"overview", "service", "autoscaler", "backup"})
    void eachQueryOfADashboardIsOneThatPrometheusUnderstands(String name, @TempDir Path directory) throws IOException {
        List<String> queries = queries(name);
        String rules = queries.stream()
                .map(query -> "  - record: q\n    expr: " + JSON.valueToTree(query.replace("$service", "shop_backend")))
                .collect(Collectors.joining("\n", "groups:\n- name: q\n  rules:\n", "\n"));
        Files.writeString(directory.resolve("queries.yml"), rules);

        Programs.Ended checked = promtool(directory, "check", "rules", "--lint=none", "queries.yml");

        assertThat(queries).hasSizeGreaterThanOrEqualTo(15);
        assertThat(checked.code()).as(checked.output()).isZero();
        assertThat(checked.output()).contains("SUCCESS: " + queries.size() + " rules found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"overview", "service", "autoscaler", "backup"})
    void aDashboardIsWhole(String name) throws IOException {
        JsonNode dashboard = read(name);
        String source =
                matches("uid: (.+)$", StackFiles.text("grafana/datasource.yml")).get(0);

        assertThat(dashboard.path("uid").asText()).isEqualTo("prodstack-" + name);
        assertThat(dashboard.path("title").asText()).isNotEmpty();
        assertThat(dashboard.path("editable").asBoolean(true)).isFalse();
        assertThat(dashboard.findValues("datasource"))
                .extracting(node -> node.path("uid").asText())
                .containsOnly(source);
        List<JsonNode> panels = new ArrayList<>();
        dashboard.path("panels").forEach(panels::add);
        assertThat(panels).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
        assertThat(panels)
                .filteredOn(panel -> !panel.path("type").asText().equals("row"))
                .allSatisfy(panel -> {
                    assertThat(panel.path("title").asText()).isNotEmpty();
                    assertThat(panel.path("targets")).isNotEmpty();
                    assertThat(panel.path("gridPos").path("x").asInt()
                                    + panel.path("gridPos").path("w").asInt())
                            .isLessThanOrEqualTo(24);
                });
    }

    /** What dashboards ask for by a recorded name is recorded under that name. */
    @ParameterizedTest
    @ValueSource(strings = {"overview", "service"})
    void whatADashboardTakesFromTheRulesIsThere(String name) throws IOException {
        List<String> recorded = matches("- record: (.+)$", StackFiles.text("prometheus/rules/recording.yml"));
        Pattern recordedName = Pattern.compile("[a-z_]+:[a-z_]+:[a-z0-9_]+");

        assertThat(queries(name).stream()
                        .flatMap(query -> recordedName.matcher(query).results().map(MatchResult::group)))
                .isNotEmpty()
                .isSubsetOf(recorded);
    }

    private static JsonNode read(String dashboard) throws IOException {
        return JSON.readTree(StackFiles.text("grafana/dashboards/" + dashboard + ".json"));
    }

    private static List<String> queries(String dashboard) throws IOException {
        return read(dashboard).findValuesAsText("expr");
    }

    @Test
    void grafanaLetsNobodyInWithoutAPassword() {
        Map<String, Optional<String>> environment =
                StackFiles.PRODUCTION.service("grafana").environment();

        assertThat(environment)
                .containsEntry("GF_AUTH_ANONYMOUS_ENABLED", Optional.of("false"))
                .containsEntry("GF_USERS_ALLOW_SIGN_UP", Optional.of("false"))
                .containsEntry("GF_SECURITY_ADMIN_PASSWORD__FILE", Optional.of("/run/secrets/grafana_admin_password"));
    }
}
