package dev.prodstack.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.cli.LabPlace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The reference stack on a real node, from nothing to nothing. Each test goes on where the one before it ended.
 *
 * <p>Services are watched for 25 s after an update, in place of 90: a task that is broken on purpose shows it sooner
 * here. At full length they are watched as long as the stack's files say.
 */
@Tag("engine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(1500)
class QuickstartIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ROLLED_BACK = 4;
    private static final int CHANGES_PENDING = 3;

    private static final String WATCHED_SHORTLY = """
            x-watched: &watched
              update_config: {monitor: 25s}
              rollback_config: {monitor: 25s}
            services:
              backend: {deploy: *watched}
              worker: {deploy: *watched}
              frontend: {deploy: *watched}
              nginx: {deploy: *watched}
            """;

    private final Path directory;
    private final RunningStack stack;
    private final Map<String, Path> overlays = new HashMap<>();
    private boolean up;
    private String order = "";
    private String receipt = "";

    QuickstartIT(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.stack = new RunningStack(LabPlace.make(), directory.resolve("quickstart"));
    }

    @BeforeAll
    void needsRoot() {
        assumeThat(Files.isWritable(Path.of("/proc/sys/net/ipv4/ip_forward")))
                .as("needs root, for a node of its own")
                .isTrue();
    }

    @BeforeEach
    void needsTheStack(TestInfo test) {
        boolean first = test.getTestMethod().orElseThrow().getName().equals("startsFromNothing");
        assumeThat(first || up).as("the stack is up").isTrue();
    }

    @AfterAll
    void down() throws IOException {
        Programs.Ended ended = stack.quickstart("--down");
        assertThat(ended.code()).as(ended.output()).isZero();
        Files.deleteIfExists(stack.lab());
    }

    /** Writes a Compose file that lies over the stack's from now on, in place of the one of that name before. */
    private List<Path> over(String name, String text) throws IOException {
        overlays.put(name, Files.writeString(directory.resolve(name + ".yml"), text));
        return overlays();
    }

    private List<Path> overlays() {
        return overlays.values().stream().sorted().toList();
    }

    private Programs.Ended prodstack(String... arguments) {
        return stack.prodstack(List.of(arguments), overlays());
    }

    private static void succeeded(Programs.Ended ended) {
        assertThat(ended.code()).as(ended.output()).isZero();
    }

    /** Looks until it is so, for a while. */
    private static <T> T await(Callable<T> look, Predicate<T> good) throws Exception {
        T seen = look.call();
        for (int i = 0; i < 180 && !good.test(seen); i++) {
            Thread.sleep(1000);
            seen = look.call();
        }
        assertThat(seen).matches(good, "what was waited for");
        return seen;
    }

    /** The services whose containers are not the same in both. */
    private static Set<String> replaced(Map<String, Set<String>> before, Map<String, Set<String>> after) {
        Set<String> all = new TreeSet<>(before.keySet());
        all.addAll(after.keySet());
        all.removeIf(service -> before.getOrDefault(service, Set.of()).equals(after.get(service)));
        return all;
    }

    @Test
    @Order(1)
    void startsFromNothing() throws Exception {
        succeeded(stack.quickstart("--lab"));
        stack.found();
        up = true;

        assertThat(stack.docker("service", "ls", "--format", "{{.Name}} {{.Replicas}}")
                        .lines())
                .filteredOn(line -> !line.startsWith("prodstack-"))
                .as("without the job that receives the database's log")
                .hasSize(20)
                .allMatch(line -> line.matches("shop_\\S+ ([1-9])/\\1"));
        assertThat(stack.docker("ps", "--format", "{{.Names}} {{.Status}}").lines())
                .filteredOn(line -> line.startsWith("shop_") && !line.startsWith("shop_nginx-exporter."))
                .hasSize(25)
                .allMatch(line -> line.endsWith("(healthy)"));
    }

    @Test
    @Order(2)
    void worksFromThePageToTheObjectStore() throws Exception {
        assertThat(stack.get("/").body()).contains("<title>Leaf &amp; Ledger</title>");
        HttpResponse<String> redirect = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://" + stack.address() + "/basket"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(redirect.statusCode()).isEqualTo(301);
        HttpResponse<String> placed = order();
        assertThat(placed.statusCode()).as(placed.body()).isEqualTo(201);
        order = "/api/orders/" + JSON.readTree(placed.body()).path("id").asText();

        JsonNode shipped = await(
                () -> JSON.readTree(stack.get(order).body()),
                seen -> seen.path("status").asText().equals("shipped"));
        receipt = shipped.path("receipt_link").asText();
        assertThat(stack.get(receipt).body()).contains("Sencha Yabukita");
    }

    private HttpResponse<String> order(String... headers) throws Exception {
        return stack.post(
                "/api/orders",
                "{\"customer\": \"Ada\", \"items\": [{\"product\": \"sencha\", \"quantity\": 2}]}",
                headers);
    }

    @Test
    @Order(3)
    void statusIsToldInsideOnly() throws Exception {
        assertThat(stack.get("/stub_status").body()).doesNotContain("Active connections");
        assertThat(stack.inside("nginx", "curl", "-s", "http://127.0.0.1:8081/stub_status"))
                .startsWith("Active connections: ");
    }

    @Test
    @Order(4)
    void anErrorOfTheBackendArrivesAtTheRelay() throws Exception {
        assertThat(stack.post("/api/demo/error", "").statusCode()).isEqualTo(500);

        await(
                () -> stack.inside("sentry-relay", "curl", "-s", "http://127.0.0.1:3000/stand-in/events"),
                events -> events.contains("as it was asked for"));
    }

    @Test
    @Order(5)
    void everyJobFindsEveryTask() throws Exception {
        Map<String, Set<String>> tasks = stack.containers();
        Map<String, Integer> expected = new HashMap<>();
        Map.of("postgres", "postgres-exporter", "redis", "redis-exporter", "node", "node-exporter")
                .forEach((job, service) ->
                        expected.put(job, tasks.getOrDefault(service, Set.of()).size()));
        Map.of("nginx", "nginx-exporter", "swarm", "agent")
                .forEach((job, service) ->
                        expected.put(job, tasks.getOrDefault(service, Set.of()).size()));
        for (String job : List.of("backend", "worker", "rabbitmq", "minio", "autoscaler", "backup", "wal")) {
            expected.put(job, tasks.getOrDefault(job, Set.of()).size());
        }

        await(this::targetsUp, expected::equals);
        assertThat(expected).hasSize(12).containsEntry("backend", 2);
        assertThat(stack.values("rabbitmq_resident_memory_limit_bytes"))
                .as("a share of the container's memory, 512 MB")
                .singleElement()
                .satisfies(limit -> assertThat(Double.parseDouble(limit)).isLessThan(512e6));
    }

    private Map<String, Integer> targetsUp() {
        Map<String, Integer> found = new HashMap<>();
        stack.prometheus("targets")
                .path("activeTargets")
                .forEach(target -> found.merge(
                        target.path("labels").path("job").asText(),
                        target.path("health").asText().equals("up") ? 1 : 0,
                        Integer::sum));
        return found;
    }

    /** What it measures is asked for by the rules and dashboards after it. */
    @Test
    @Order(6)
    void isBackedUpAsAWhole() throws Exception {
        // The receiver of the log takes its first base backup now.
        succeeded(prodstack("backup", "run", "--lock-timeout", "10m"));

        Programs.Ended shown = prodstack("backup", "show", "latest", "--output", "json");
        succeeded(shown);
        assertThat(JSON.readTree(shown.output()).findValuesAsText("kind"))
                .contains("dump", "base", "rdb", "definitions", "objects", "tsdb", "files");

        Map<String, Set<String>> before = stack.containers();
        succeeded(prodstack("drill", "--lock-timeout", "10m"));
        assertThat(stack.containers()).isEqualTo(before);
    }

    /** Each as a test of its own; the recording rules need some minutes of samples. */
    @TestFactory
    @Order(7)
    Stream<DynamicTest> everyQueryOfEveryDashboardHasData() throws Exception {
        assertThat(stack.post("/api/demo/jobs?count=20&seconds=0.2&failing=2", "")
                        .statusCode())
                .isEqualTo(202);
        for (int i = 0; i < 20; i++) {
            order();
        }
        Set<String> queries = new TreeSet<>();
        try (Stream<Path> dashboards = Files.list(StackFiles.DIRECTORY.resolve("grafana/dashboards"))) {
            for (Path dashboard : dashboards.toList()) {
                // The autoscaler knows services by their names in the file, cAdvisor's metrics by those in the cluster.
                String service = dashboard.endsWith("autoscaler.json") ? "backend" : "shop_backend";
                JSON.readTree(dashboard.toFile()).findValuesAsText("expr").stream()
                        .map(query -> query.replace("$service", service))
                        .forEach(queries::add);
            }
        }
        assertThat(queries).hasSizeGreaterThan(40);
        return queries.stream()
                .map(query -> DynamicTest.dynamicTest(
                        query, () -> await(() -> stack.values(query), values -> !values.isEmpty())));
    }

    @Test
    @Order(8)
    void everyRuleIsEvaluatedAndAsksForWhatIsMeasured() throws Exception {
        stack.inside(
                "postgres",
                "psql",
                "--username=postgres",
                "--command=SELECT pg_create_physical_replication_slot('trial', true)");
        Set<String> asked = new TreeSet<>();
        int rules = 0;
        for (JsonNode group : stack.prometheus("rules").path("groups")) {
            for (JsonNode rule : group.path("rules")) {
                rules++;
                assertThat(rule.path("health").asText())
                        .as(rule.path("name").asText() + " "
                                + rule.path("lastError").asText())
                        .isEqualTo("ok");
                asked.addAll(MetricNames.in(rule.path("query").asText()));
            }
        }
        assertThat(rules).isGreaterThan(40);
        assertThat(asked).contains("up", "rabbitmq_resident_memory_limit_bytes", "pg_up");
        await(
                () -> {
                    asked.removeIf(
                            metric -> !stack.values("count(" + metric + ")").isEmpty());
                    return asked;
                },
                Set::isEmpty);
        stack.inside("postgres", "psql", "--username=postgres", "--command=SELECT pg_drop_replication_slot('trial')");
    }

    @Test
    @Order(9)
    void aSecondTimeNothingRestarts() {
        Map<String, Set<String>> before = stack.containers();

        succeeded(stack.quickstart("--lab"));

        assertThat(stack.containers()).isEqualTo(before);
        assertThat(prodstack("plan", "--detailed-exitcode").code()).isZero();
    }

    @Test
    @Order(10)
    void anObjectOutlivesItsServer() throws Exception {
        String killed = stack.container("minio");
        stack.docker("kill", killed);

        await(
                () -> stack.containers().getOrDefault("minio", Set.of()),
                now -> now.size() == 1 && !now.contains(killed));
        await(() -> stack.get(receipt).body(), body -> body.contains("Sencha Yabukita"));
    }

    @Test
    @Order(11)
    void whatTheFileSaysOfUpdatesAloneReplacesNoTask() throws Exception {
        assumeThat(System.getProperty("prodstack.tier")).isNotEqualTo("full");
        over("watched", WATCHED_SHORTLY);
        Map<String, Set<String>> before = stack.containers();

        assertThat(prodstack("plan", "--detailed-exitcode").code()).isEqualTo(CHANGES_PENDING);
        succeeded(prodstack("deploy"));

        assertThat(stack.containers()).isEqualTo(before);
    }

    @Test
    @Order(12)
    void aRotatedSecretReachesItsServicesWithoutALostRequest() throws Exception {
        String secret = "a key of the test's, " + "0123456789abcdef".repeat(2);
        Path file = Files.writeString(directory.resolve("key"), secret);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        String[] token = {
            "Authorization",
            "Bearer "
                    + JSON.readTree(stack.post("/api/auth/session", "{\"customer\": \"Grace\"}")
                                    .body())
                            .path("token")
                            .asText()
        };
        assertThat(order(token).statusCode()).isEqualTo(201);
        Map<String, Set<String>> before = stack.containers();
        over("secret", "secrets: {app_secret_key: !override {file: " + file + "}}\n");

        Programs.Ended ended;
        try (Hammer hammer = stack.hammer()) {
            ended = prodstack("deploy");
            hammer.stop();
            assertThat(hammer.failures()).isEmpty();
            assertThat(hammer.answered()).isPositive();
        }

        succeeded(ended);
        assertThat(replaced(before, stack.containers())).containsExactly("backend", "worker");
        assertThat(order(token).statusCode()).as("signed with the old key").isEqualTo(401);
        assertThat(stack.inside("backend", "cat", "/run/secrets/app_secret_key"))
                .isEqualTo(secret);
        String names = stack.docker("secret", "ls", "--quiet").replace('\n', ' ');
        assertThat(ended.output()
                        + stack.docker(("secret inspect " + names).strip().split(" ")))
                .doesNotContain(secret);
    }

    @Test
    @Order(13)
    void aChangedConfigReachesItsServiceAlone() throws Exception {
        Path changed = Files.writeString(
                directory.resolve("nginx.conf"),
                StackFiles.text("nginx/nginx.prod.conf")
                        .replace(
                                "    add_header X-Frame-Options",
                                "    add_header X-Trial yes always;\n    add_header X-Frame-Options"));
        Map<String, Set<String>> before = stack.containers();
        over("config", "configs: {nginx_conf: {file: " + changed + "}}\n");

        succeeded(prodstack("deploy"));

        assertThat(replaced(before, stack.containers())).containsExactly("nginx");
        assertThat(stack.get("/").headers().firstValue("X-Trial")).contains("yes");
    }

    @Test
    @Order(14)
    void anImageNobodyHasStopsADeployBeforeItsFirstChange() throws Exception {
        String image = stack.registry() + "/shop/backend:0.0.0-missing";
        String before = stack.docker("service", "inspect", "--format", "{{.Version.Index}}", "shop_backend");
        Map<String, Set<String>> containers = stack.containers();
        over("trial", "services: {backend: {image: \"" + image + "\"}, frontend: {environment: {NEVER: reached}}}\n");

        Programs.Ended ended = prodstack("deploy");

        assertThat(ended.code()).as(ended.output()).isEqualTo(1);
        assertThat(ended.output()).contains(image);
        assertThat(stack.docker("service", "inspect", "--format", "{{.Version.Index}}", "shop_backend"))
                .isEqualTo(before);
        assertThat(stack.containers()).isEqualTo(containers);
    }

    @Test
    @Order(15)
    void anImageThatCannotStartLeavesTheOldReleaseServing() throws Exception {
        failsAndLosesNoRequest("services: {backend: {image: \"" + stack.registry() + "/lab/busybox:1\"}}\n");
    }

    @Test
    @Order(16)
    void aVersionThatNeverGetsHealthyLeavesTheOldReleaseServing() throws Exception {
        failsAndLosesNoRequest("""
                services:
                  backend:
                    environment: {RELEASE: "never healthy"}
                    healthcheck: {test: [CMD, "false"], interval: 2s, timeout: 2s, retries: 2, start_period: 4s}
                """);
    }

    private void failsAndLosesNoRequest(String trial) throws Exception {
        Map<String, Set<String>> before = stack.containers();
        String ran = stack.docker(
                "service", "inspect", "--format", "{{json .Spec.TaskTemplate.ContainerSpec}}", "shop_backend");
        over("trial", trial);
        try (Hammer hammer = stack.hammer()) {
            Programs.Ended ended = prodstack("deploy");
            hammer.stop();
            assertThat(ended.code()).as(ended.output()).isEqualTo(ROLLED_BACK);
            assertThat(hammer.failures()).isEmpty();
            assertThat(hammer.answered()).isGreaterThan(100);
        }
        overlays.remove("trial");

        assertThat(stack.docker(
                        "service", "inspect", "--format", "{{json .Spec.TaskTemplate.ContainerSpec}}", "shop_backend"))
                .isEqualTo(ran);
        assertThat(replaced(before, stack.containers())).isEmpty();
        assertThat(prodstack("plan", "--detailed-exitcode").code())
                .as("nothing is left of the attempt")
                .isZero();
    }

    @Test
    @Order(17)
    void scalesAndKeepsIt() throws Exception {
        succeeded(prodstack("scale", "worker=3"));

        assertThat(stack.containers().get("worker")).hasSize(3);
        await(() -> targetsUp().getOrDefault("worker", 0), up -> up == 3);
        assertThat(prodstack("plan", "--detailed-exitcode").code()).isZero();
    }

    @Test
    @Order(18)
    void logsHaveWhatTasksWrote() throws Exception {
        String looked = "/api/orders/00000000-0000-4000-8000-00000000beef";
        assertThat(stack.get(looked).statusCode()).isEqualTo(404);

        await(
                () -> prodstack("logs", "backend", "nginx", "--since", "5m", "--grep", "00000000beef")
                        .output()
                        .lines()
                        .filter(line -> line.contains(looked))
                        .toList(),
                lines -> lines.stream().anyMatch(line -> line.contains("backend"))
                        && lines.stream().anyMatch(line -> line.contains("nginx")));
    }

    /** The order of before, but for the link to its receipt, which is signed anew each time. */
    private JsonNode bought() throws Exception {
        JsonNode its = JSON.readTree(stack.get(order).body());
        assertThat(((ObjectNode) its).remove("receipt_link")).isNotNull();
        return its;
    }

    @Test
    @Order(19)
    void whatWasLostComesBackFromTheBackup() throws Exception {
        JsonNode before = bought();
        stack.inside("postgres", "psql", "--username=postgres", "--dbname=shop", "--command=DROP SCHEMA shop CASCADE");
        assertThat(stack.get("/api/products").statusCode()).isEqualTo(500);

        succeeded(prodstack("restore", "--confirm", "shop"));

        assertThat(stack.get("/api/products").body()).contains("Sencha Yabukita");
        assertThat(bought()).isEqualTo(before);
        // Prometheus was restored too, and has to ask every target once.
        await(() -> prodstack("health-check"), ended -> ended.code() == 0);
    }

    @Test
    @Order(20)
    void pruneRemovesWhatIsGoneFromTheFileAndNothingElse() throws Exception {
        Map<String, Set<String>> before = stack.containers();
        over("less", """
                services: {alertmanager: !reset null}
                configs: {alertmanager_conf: !reset null, alertmanager_messages: !reset null}
                """);
        succeeded(prodstack("deploy"));
        assertThat(stack.containers()).isEqualTo(before);

        succeeded(prodstack("deploy", "--prune"));

        await(() -> replaced(before, stack.containers()), gone -> gone.equals(Set.of("alertmanager")));
        assertThat(stack.docker("service", "ls", "--format", "{{.Name}}").lines())
                .contains("shop_prometheus")
                .doesNotContain("shop_alertmanager");
        assertThat(stack.docker("config", "ls", "--format", "{{.Name}}").lines())
                .as("a release that is kept could be gone back to")
                .anyMatch(name -> name.startsWith("shop_alertmanager"));
    }

    @Test
    @Order(21)
    void rmLeavesNothingButVolumesAndSecretsThatWereGiven() throws Exception {
        succeeded(prodstack("rm", "--confirm", "shop"));

        assertThat(stack.docker("service", "ls", "--quiet")).isEmpty();
        assertThat(stack.docker("config", "ls", "--format", "{{.Name}}").lines())
                .as("what is left is what prodstack remembers: releases and the audit trail")
                .isNotEmpty()
                .allMatch(name -> name.startsWith("prodstack"));
        assertThat(stack.docker("network", "ls", "--filter", "name=shop", "--quiet"))
                .isEmpty();
        await(() -> stack.docker("ps", "--quiet"), String::isEmpty);
        assertThat(stack.docker("secret", "ls", "--format", "{{.Name}}").lines())
                .hasSize(15)
                .noneMatch(name -> name.startsWith("shop_"));
        assertThat(stack.docker("volume", "ls", "--format", "{{.Name}}").lines())
                .contains("shop_postgres_data", "shop_minio_data");
    }

    @Test
    @Order(22)
    void downLeavesNothingOfTheLab() throws Exception {
        succeeded(stack.quickstart("--down"));

        assertThat(stack.lab()).doesNotExist();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            assertThat(processes.filter(
                            process -> commandLine(process).contains(stack.lab().toString())))
                    .isEmpty();
        }
    }

    private static String commandLine(Path process) {
        try {
            Path file = process.resolve("cmdline");
            return Files.isReadable(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            return "";
        }
    }
}
