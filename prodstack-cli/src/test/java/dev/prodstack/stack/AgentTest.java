package dev.prodstack.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.prodstack.swarm.engine.Deadlines;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineFinder;
import dev.prodstack.swarm.engine.EngineRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The agent of each node, against an engine that answers what it was told to, and against a real server's TLS. */
@Tag("engine")
@Timeout(120)
class AgentTest {
    private static final String LABELS = "container_label_com_docker_stack_namespace=\"shop\","
            + "container_label_com_docker_swarm_service_name=\"shop_backend\","
            + "container_label_com_docker_swarm_task_id=\"task%1$s\","
            + "container_label_com_docker_swarm_task_name=\"shop_backend.%1$s\"";

    private final Path directory;
    private final HttpServer engine;
    private final Map<String, String> answers = new TreeMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final int port = Nginx.freePort();
    private final List<Process> agents = new ArrayList<>();

    AgentTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        engine = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        engine.createContext("/", this::answer);
        engine.start();
        answers.put("/info", "{\"MemTotal\": 8000, \"Swarm\": {\"ControlAvailable\": true}}");
        answers.put("/services", "[" + service("shop_backend", 3, 4) + ", " + service("shop_redis", 1, 1) + "]");
        answers.put("/containers/json", "[" + container("1") + ", " + container("2") + ", " + container("gone") + "]");
        answers.put("/containers/id1/stats", stats(2_500_000_000L, 500, "\"inactive_file\": 100", 1000));
        answers.put("/containers/id2/stats", stats(4_000_000_000L, 300, "\"total_inactive_file\": 50", 8000));
    }

    @AfterEach
    void stop() {
        agents.forEach(agent -> {
            agent.destroy();
            agent.onExit().orTimeout(30, TimeUnit.SECONDS).join();
        });
        engine.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            String path = exchange.getRequestURI().getPath().replaceFirst("^/v1\\.41", "");
            byte[] body = answers.getOrDefault(path, "{\"message\": \"no such thing\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answers.containsKey(path) ? 200 : 404, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String service(String name, int running, int desired) {
        return "{\"Spec\": {\"Name\": \"%s\"}, \"ServiceStatus\": {\"RunningTasks\": %d, \"DesiredTasks\": %d}}"
                .formatted(name, running, desired);
    }

    private static String container(String number) {
        return """
                {"Id": "id%1$s", "Labels": {"com.docker.stack.namespace": "shop", "of.no.interest": "x",
                "com.docker.swarm.service.name": "shop_backend", "com.docker.swarm.task.id": "task%1$s",
                "com.docker.swarm.task.name": "shop_backend.%1$s"}}""".formatted(number);
    }

    private static String stats(long nanoseconds, int memory, String inactive, int limit) {
        return """
                {"cpu_stats": {"cpu_usage": {"total_usage": %d}, "throttling_data": {"periods": 90, "throttled_periods": 9}},
                "memory_stats": {"usage": %d, "stats": {%s}, "limit": %d}}""".formatted(nanoseconds, memory, inactive, limit);
    }

    private String metrics(String certificates) throws Exception {
        return metrics("tcp://127.0.0.1:" + engine.getAddress().getPort(), certificates);
    }

    private String metrics(String host, String certificates) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Programs.find("python3", "python3"),
                        "-B",
                        StackFiles.DIRECTORY.resolve("images/agent/agent.py").toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("agent.log").toFile());
        builder.environment()
                .putAll(Map.of("DOCKER_HOST", host, "AGENT_PORT", "" + port, "AGENT_CERTIFICATES", certificates));
        Process agent = builder.start();
        agents.add(agent);
        while (get("/health").statusCode() != 200) {
            assertThat(agent.isAlive()).as(() -> said()).isTrue();
            Thread.sleep(50);
        }
        return get("/metrics").body();
    }

    private String said() {
        try {
            return Files.readString(directory.resolve("agent.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private HttpResponse<String> get(String path) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30); System.nanoTime() < end; Thread.sleep(50)) {
            try {
                return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            } catch (IOException e) {
                // Not yet.
            }
        }
        throw new AssertionError("the agent does not listen; it said: " + said());
    }

    @Test
    void tellsWhatEachTaskUsesUnderTheNamesOfCadvisor() throws Exception {
        String first = "{id=\"/docker/id1\"," + LABELS.formatted("1") + "}";
        String second = "{id=\"/docker/id2\"," + LABELS.formatted("2") + "}";

        assertThat(metrics("").lines().filter(line -> !line.startsWith("#")))
                .containsExactlyInAnyOrder(
                        "container_cpu_usage_seconds_total{cpu=\"total\"," + first.substring(1) + " 2.5",
                        "container_cpu_usage_seconds_total{cpu=\"total\"," + second.substring(1) + " 4.0",
                        "container_cpu_cfs_periods_total" + first + " 90",
                        "container_cpu_cfs_periods_total" + second + " 90",
                        "container_cpu_cfs_throttled_periods_total" + first + " 9",
                        "container_cpu_cfs_throttled_periods_total" + second + " 9",
                        "container_memory_working_set_bytes" + first + " 400",
                        "container_memory_working_set_bytes" + second + " 250",
                        "container_spec_memory_limit_bytes" + first + " 1000",
                        "container_spec_memory_limit_bytes" + second + " 0",
                        "swarm_service_replicas_running{service=\"shop_backend\"} 3",
                        "swarm_service_replicas_running{service=\"shop_redis\"} 1",
                        "swarm_service_replicas_desired{service=\"shop_backend\"} 4",
                        "swarm_service_replicas_desired{service=\"shop_redis\"} 1");
    }

    @Test
    void everyMetricOfItThatTheRulesUseIsTold() throws Exception {
        assertThat(metrics("")
                        .lines()
                        .filter(line -> line.startsWith("# TYPE "))
                        .map(line -> line.replaceFirst("^# TYPE (.+) .+$", "$1")))
                .allSatisfy(name -> assertThat(StackFiles.text("prometheus/rules/recording.yml"))
                        .contains(name));
    }

    @Test
    void prometheusReadsWhatItTells() throws Exception {
        Path told = Files.writeString(directory.resolve("metrics"), metrics(""));

        Programs.Ended checked =
                Programs.run("sh", "-c", Programs.find("promtool", "prometheus") + " check metrics <" + told);
        assertThat(checked.output()).isEmpty();
        assertThat(checked.code()).isZero();
    }

    @Test
    void onlyEverAsks() throws Exception {
        metrics("");

        assertThat(asked).hasSize(6).allSatisfy(request -> assertThat(request).startsWith("GET /v1.41/"));
    }

    @Test
    void aWorkerKnowsOfNoServices() throws Exception {
        answers.put("/info", "{\"MemTotal\": 8000, \"Swarm\": {\"ControlAvailable\": false}}");
        answers.remove("/services");

        assertThat(metrics("")).contains("container_cpu").doesNotContain("swarm_service_replicas");
    }

    @Test
    void anEngineThatCannotBeAskedIsNoData() throws Exception {
        answers.clear();
        metrics("");

        HttpResponse<String> response = get("/metrics");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).doesNotContain("container_");
    }

    @Test
    void tellsWhenCertificatesEnd() throws Exception {
        try (DnsServer dns = new DnsServer();
                Nginx nginx = new Nginx(Files.createDirectory(directory.resolve("nginx")), dns.port())) {
            String address = nginx.https("/").build().uri().getAuthority();
            String told = metrics("nginx=" + address + " other=127.0.0.1:1");

            List<String> ends = told.lines()
                    .filter(line -> line.startsWith("probe_ssl_earliest_cert_expiry{"))
                    .toList();
            assertThat(ends).singleElement().satisfies(line -> {
                assertThat(line).startsWith("probe_ssl_earliest_cert_expiry{service=\"nginx\"} ");
                assertThat(Instant.ofEpochSecond(Long.parseLong(line.substring(line.indexOf(' ') + 1))))
                        .isEqualTo(nginx.certificate().getNotAfter().toInstant());
            });
            assertThat(said()).contains("no certificate from 127.0.0.1:1: ");
        }
    }

    /** The engine of a real Swarm, such as {@code lab/swarm} brings up, with a service of the test's. */
    @Test
    void aRealEngineIsUnderstood() throws Exception {
        String host =
                Optional.ofNullable(System.getenv("PRODSTACK_TEST_DOCKER_HOST")).orElse("");
        String image =
                Optional.ofNullable(System.getenv("PRODSTACK_TEST_IMAGE")).orElse("");
        assumeThat(List.of(host, image)).as("needs a real engine: lab/swarm up").doesNotContain("");
        String name = "agent-test-" + port;
        try (EngineClient client = EngineClient.connect(
                new EngineFinder(Map.of(), Path.of("/")).at(host),
                new Deadlines(Duration.ofSeconds(20), Duration.ofSeconds(60)))) {
            String id = client.send(EngineRequest.post("services", "create").sending(sleeper(name, image)))
                    .path("ID")
                    .asText();
            try {
                String told = metrics(host, "");
                // The container is there before Swarm counts its task, or the other way round.
                while (!told.contains("swarm_service_replicas_running{service=\"" + name + "\"} 1")
                        || !told.contains("container_label_com_docker_swarm_service_name=\"" + name + "\"")) {
                    Thread.sleep(200);
                    told = get("/metrics").body();
                }
                assertThat(told)
                        .contains("swarm_service_replicas_running{service=\"" + name + "\"} 1")
                        .contains("swarm_service_replicas_desired{service=\"" + name + "\"} 1")
                        .containsPattern("container_cpu_usage_seconds_total\\{.*name=\"" + name + "\".*} 0\\.[0-9]+")
                        .containsPattern("container_memory_working_set_bytes\\{.*name=\"" + name + "\".*} [1-9][0-9]+")
                        .containsPattern("container_spec_memory_limit_bytes\\{.*name=\"" + name + "\".*} 67108864");
            } finally {
                client.send(EngineRequest.delete("services", id));
            }
        }
    }

    private static JsonNode sleeper(String name, String image) throws IOException {
        return new ObjectMapper().readTree("""
                        {"Name": "%s", "Mode": {"Replicated": {"Replicas": 1}}, "TaskTemplate": {
                          "Resources": {"Limits": {"MemoryBytes": 67108864}},
                          "ContainerSpec": {"Image": "%s", "Command": ["sh", "-c", "exec sleep 600"]}}}""".formatted(name, image));
    }
}
