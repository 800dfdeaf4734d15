package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.prodstack.core.cluster.ServiceTask;
import dev.prodstack.core.compose.ComposeFile;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.swarm.Connection;
import dev.prodstack.swarm.Swarm;
import dev.prodstack.swarm.progress.DeployOutcome.Ending;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The autoscaler as a process of its own, on a real engine such as {@code lab/swarm} brings up. What is measured is
 * what the test says: a stand-in for Prometheus answers {@code load}, of which a replica is to have 100.
 */
@Tag("engine")
@Timeout(300)
class RealAutoscalerTest {
    private static final String NOW = "NOW";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration COOLDOWN = Duration.ofSeconds(25);
    private static final String SHOP = """
            services:
              web:
                image: IMAGE
                command: [sleep, "1000"]
                init: true
                stop_grace_period: 1s
                environment: {VERSION: "1"}
                deploy:
                  endpoint_mode: dnsrr
                  update_config: {parallelism: 1, order: start-first, monitor: 5s}
                x-prodstack:
                  autoscale:
                    min: 1
                    max: 8
                    metrics:
                      - prometheus: {query: load, target: 100, reading: average}
                    behavior:
                      scale_down: {stabilization_window: 0s}
                    cooldown: {down: 25s}
            x-prodstack:
              autoscale: {interval: 1s, prometheus: "http://localhost:PORT"}
            """;

    @TempDir
    private Path directory = Path.of("");

    private final String name = "t" + Long.toString(System.nanoTime(), 36);
    private final List<Process> processes = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile String answer = "";
    private volatile long pauseMillis;
    private HttpServer prometheus;
    private Swarm swarm;
    private String host = "";
    private String image = "";

    @BeforeEach
    void begin() throws IOException {
        image = LabVariable.of("PRODSTACK_TEST_IMAGE");
        host = LabVariable.of("PRODSTACK_TEST_DOCKER_HOST");
        prometheus = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        prometheus.createContext("/", exchange -> {
            try (exchange) {
                Thread.sleep(pauseMillis);
                // Measured just now, however long the autoscaler took to ask.
                String now = Double.toString(System.currentTimeMillis() / 1e3);
                byte[] body = answer.replace(NOW, now).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(answer.isEmpty() ? 500 : 200, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        prometheus.setExecutor(threads);
        prometheus.start();
        swarm = Swarm.connect(Connection.fromEnvironment().to(host));
        deploy(SHOP);
    }

    @AfterEach
    void end() throws Exception {
        for (Process process : processes) {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
        if (swarm != null) {
            assertThat(swarm.apply(swarm.planRemoval(name), event -> {}).ending())
                    .isEqualTo(Ending.DONE);
            swarm.close();
            prometheus.stop(0);
            threads.shutdownNow();
        }
    }

    private Ending deploy(String text) throws IOException {
        String file = "name: " + name + "\n"
                + text.replace("IMAGE", image)
                        .replace(
                                "PORT", Integer.toString(prometheus.getAddress().getPort()));
        Stack stack = ComposeFile.load(Files.writeString(directory.resolve("compose.yml"), file))
                .stack();
        return swarm.apply(swarm.plan(stack), event -> {}).ending();
    }

    private void loadIs(String value) {
        answers("[{\"metric\": {}, \"value\": [" + NOW + ", \"" + value + "\"]}]");
    }

    private void answers(String vector) {
        answer = "{\"status\": \"success\", \"data\": {\"resultType\": \"vector\", \"result\": " + vector + "}}";
    }

    /** A running autoscaler, with the lines it printed. */
    private record Running(Process process, Path out) {
        List<JsonNode> lines() {
            try (Stream<String> lines = Files.lines(out)) {
                List<JsonNode> read = new ArrayList<>();
                // The last line may be half there.
                for (String line : lines.filter(its -> its.endsWith("}")).toList()) {
                    read.add(JSON.readTree(line));
                }
                return read;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        boolean leads() {
            return lines().stream().anyMatch(line -> line.path("role").asText().equals("leader"));
        }
    }

    private Running start(String... more) throws IOException {
        return start(Map.of(), more);
    }

    private Running start(Map<String, String> environment, String... more) throws IOException {
        Path out = Files.createTempFile(directory, "autoscaler", ".jsonl");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.prodstack.cli.Main"));
        command.addAll(List.of("autoscale", "run", "-n", name, "-H", host, "--listen", "127.0.0.1:0"));
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.resolve(".").toFile())
                .redirectOutput(out.toFile())
                .redirectError(directory.resolve("stderr").toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        processes.add(process);
        return new Running(process, out);
    }

    private static <T> T await(Supplier<T> look, Predicate<T> good) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        T seen = look.get();
        while (!good.test(seen)) {
            assertThat(System.nanoTime()).as("gave up waiting at " + seen).isLessThan(end);
            Thread.sleep(200);
            seen = look.get();
        }
        return seen;
    }

    private int replicas() {
        return Optional.ofNullable(swarm.scalableServices().read(name).get("web"))
                .orElseThrow()
                .replicas();
    }

    private static List<JsonNode> moves(List<JsonNode> lines) {
        return lines.stream()
                .filter(line -> line.path("outcome").asText().equals("Scaled"))
                .toList();
    }

    /** What its moves set, once there are as many: a replica is there before the line that tells of it. */
    private static List<Integer> moved(Running running, int count) throws InterruptedException {
        return await(() -> moves(running.lines()), moves -> moves.size() >= count).stream()
                .map(line -> line.path("replicas").asInt())
                .toList();
    }

    /** At the rate of the policy: 4 more in 15 s, which may take a step between. */
    private static void awaitUpTo(int replicas, Running running) throws InterruptedException {
        await(
                () -> moves(running.lines()),
                moves -> !moves.isEmpty()
                        && moves.get(moves.size() - 1).path("replicas").asInt() == replicas);
    }

    private static Instant time(JsonNode line) {
        return Instant.parse(line.path("time").asText());
    }

    @Test
    void killedInMidCooldownNothingMovesEarlyAndWhoAsksLearnsWhy() throws Exception {
        loadIs("500");
        Running first = start();
        await(this::replicas, count -> count == 5);
        loadIs("200");
        await(
                first::lines,
                lines -> lines.stream().anyMatch(line -> line.toString().contains("\"Cooldown\"")));
        first.process().destroyForcibly().waitFor();

        CommandRun.Outcome explained =
                CommandRun.in(directory).run("autoscale", "explain", "web", "-n", name, "-H", host);
        assertThat(explained.code()).isZero();
        assertThat(explained.out())
                .startsWith("web is set to 5 (1-8), ")
                .contains("Wanted 2, held at 5 since ", "\n  cooldown ", "down to 2 waits 25 s after the last move");

        Running second = start();
        await(this::replicas, count -> count == 2);

        JsonNode up = moves(first.lines()).get(0);
        JsonNode down =
                await(() -> moves(second.lines()), moves -> !moves.isEmpty()).get(0);
        assertThat(Duration.between(time(up), time(down))).isGreaterThanOrEqualTo(COOLDOWN);
        assertThat(first.lines())
                .extracting(line -> line.path("replicas").asInt(9))
                .doesNotContain(2, 3, 4);
        CommandRun.Outcome status = CommandRun.in(directory).run("autoscale", "status", "-n", name, "-H", host);
        assertThat(status.out()).contains("SERVICE", "web", "2", "1-8", "Next look ");
        assertThat(status.code()).isZero();
    }

    /** The process sees another time than the machine, as far off as a file says; of what passes it sees the same. */
    @Test
    void aClockThatIsSetMovesNothingEarly() throws Exception {
        Path clock = directory.resolve("clock");
        set(clock, "+0");
        loadIs("500");
        Running running = start(Map.of(
                "LD_PRELOAD",
                faketime().toString(),
                "FAKETIME_TIMESTAMP_FILE",
                clock.toString(),
                "FAKETIME_NO_CACHE",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1"));
        await(this::replicas, count -> count == 5);
        long up = System.nanoTime();
        assertThat(Path.of("/proc", Long.toString(running.process().pid()), "maps"))
                .content()
                .contains("libfaketime");
        loadIs("200");
        await(
                running::lines,
                lines -> lines.stream().anyMatch(line -> line.toString().contains("\"Cooldown\"")));

        set(clock, "+1h");
        await(this::replicas, count -> count == 2);
        assertThat(Duration.ofNanos(System.nanoTime() - up)).isGreaterThan(COOLDOWN.minusSeconds(2));

        set(clock, "-2h");
        loadIs("400");
        await(this::replicas, count -> count == 4);
        assertThat(moved(running, 3)).containsExactly(5, 2, 4);
    }

    /** At once, as it is read all the time. */
    private static void set(Path clock, String offset) throws IOException {
        Path next = Files.writeString(clock.resolveSibling("clock.next"), offset + "\n");
        Files.move(next, clock, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path faketime() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            Optional<Path> library = folders.map(folder -> folder.resolve("faketime/libfaketime.so.1"))
                    .filter(Files::exists)
                    .findFirst();
            assumeThat(library).as("needs libfaketime").isPresent();
            return library.orElseThrow();
        }
    }

    @Test
    void anotherTakesOverFromAKilledLeader() throws Exception {
        loadIs("300");
        Running first = start();
        await(first::leads, leads -> leads);
        Running second = start();
        await(second::lines, lines -> !lines.isEmpty());
        assertThat(second.leads()).isFalse();
        await(this::replicas, count -> count == 3);

        Instant killed = Instant.now();
        first.process().destroyForcibly().waitFor();
        loadIs("600");
        await(second::leads, leads -> leads);
        await(this::replicas, count -> count == 6);

        Instant led = second.lines().stream()
                .filter(line -> line.path("role").asText().equals("leader"))
                .map(RealAutoscalerTest::time)
                .findFirst()
                .orElseThrow();
        assertThat(Duration.between(killed, led)).isLessThan(Duration.ofSeconds(30));
        awaitUpTo(6, second);
        assertThat(moved(second, 1)).isSorted();
    }

    @Test
    void whateverTheSourceSaysNothingMovesUntilItIsWellAgain() throws Exception {
        loadIs("400");
        Running running = start("--every-decision");
        await(this::replicas, count -> count == 4);
        Thread.sleep(COOLDOWN.toMillis());
        for (String nonsense : List.of("", "[]", "NaN", "+Inf", "slow", "html")) {
            pauseMillis = nonsense.equals("slow") ? 5_000 : 0;
            if (nonsense.equals("slow")) {
                loadIs("100");
            } else if (nonsense.equals("[]")) {
                answers(nonsense);
            } else if (nonsense.isEmpty() || nonsense.equals("html")) {
                answer = nonsense.isEmpty() ? "" : "<html>maintenance</html>";
            } else {
                loadIs(nonsense);
            }
            int before = running.lines().size();
            List<JsonNode> held = await(running::lines, lines -> lines.size() > before + 4);
            assertThat(held.subList(before + 2, held.size()))
                    .allSatisfy(
                            line -> assertThat(line.path("verdict").asText()).isEqualTo("hold"));
            assertThat(held.get(held.size() - 1).path("reasons").toString())
                    .as("what is missing is named")
                    .contains("FailedGetExternalMetric", "load: no data, ");
            assertThat(replicas()).isEqualTo(4);
        }
        pauseMillis = 0;
        loadIs("100");
        await(this::replicas, count -> count == 1);
        assertThat(moved(running, 2)).containsExactly(4, 1);
    }

    @Test
    void aDeployAndTheAutoscalerDoNotFight() throws Exception {
        loadIs("300");
        Running running = start();
        await(this::replicas, count -> count == 3);

        loadIs("600");
        Ending ending = deploy(SHOP.replace("VERSION: \"1\"", "VERSION: \"2\""));

        assertThat(ending).isEqualTo(Ending.DONE);
        await(this::replicas, count -> count == 6);
        assertThat(deploy(SHOP.replace("VERSION: \"1\"", "VERSION: \"3\""))).isEqualTo(Ending.DONE);
        assertThat(replicas()).as("a deploy keeps what the autoscaler chose").isEqualTo(6);
        assertThat(moves(running.lines()))
                .extracting(line -> line.path("replicas").asInt())
                .as("up alone, at the rate of the policy")
                .startsWith(3)
                .endsWith(6)
                .isSorted();
    }

    /** Two of four tasks are measured at 60 of the 100 they should have; the others may be at 100 for all one knows. */
    @Test
    void halfOfTheTasksAreNotTakenForAll() throws Exception {
        deploy(SHOP.replace("query: load, target: 100, reading: average", "query: load, target: 100, reading: per-task")
                .replace("min: 1", "min: 4")
                .replace("cooldown: {down: 25s}", "cooldown: {down: 0s}"));
        await(this::replicas, count -> count == 4);
        deploy(SHOP.replace("query: load, target: 100, reading: average", "query: load, target: 100, reading: per-task")
                .replace("cooldown: {down: 25s}", "cooldown: {down: 0s}"));
        List<String> tasks = await(this::tasks, its -> its.size() == 4);
        answers(eachAt(60, tasks.subList(0, 2)));
        Running running = start("--every-decision");
        List<JsonNode> kept = await(running::lines, lines -> lines.size() > 6);

        assertThat(kept.get(kept.size() - 1).path("reasons").toString()).contains("2 without a sample");
        assertThat(moves(kept)).isEmpty();
        assertThat(replicas()).isEqualTo(4);
        answers(eachAt(60, tasks));
        await(this::replicas, count -> count == 3);
    }

    private List<String> tasks() {
        return Optional.ofNullable(swarm.scalableServices().read(name).get("web")).orElseThrow().tasks().stream()
                .filter(task -> task.state() == ServiceTask.State.RUNNING)
                .map(ServiceTask::id)
                .toList();
    }

    private static String eachAt(int value, List<String> tasks) {
        return tasks.stream()
                .map(task ->
                        "{\"metric\": {\"task_id\": \"" + task + "\"}, \"value\": [" + NOW + ", \"" + value + "\"]}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void whileTheEngineIsAwayItSaysSoAndGoesOnAfterwards() throws Exception {
        String engine = host;
        try (EngineDoor door = new EngineDoor(Path.of(host.replaceFirst("^unix://", "")))) {
            loadIs("300");
            host = door.host();
            Running running = start();
            host = engine;
            await(this::replicas, count -> count == 3);
            door.shut();
            loadIs("600");
            await(
                    running::lines,
                    lines -> lines.stream()
                                    .filter(line -> line.path("event").asText().equals("trouble"))
                                    .count()
                            > 2);
            assertThat(replicas()).isEqualTo(3);
            assertThat(running.lines()
                            .get(running.lines().size() - 1)
                            .path("why")
                            .asText())
                    .contains(door.host().replaceFirst("tcp://", ""));

            door.open();
            await(this::replicas, count -> count == 6);
            assertThat(running.process().isAlive()).isTrue();
            awaitUpTo(6, running);
            assertThat(moved(running, 2)).startsWith(3).isSorted();
        }
    }

    @Test
    void aDryRunSaysWhatWouldBeDone() {
        loadIs("500");

        CommandRun.Outcome outcome = CommandRun.in(directory)
                .run("autoscale", "run", "--once", "--dry-run", "-n", name, "-H", host, "-o", "json");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("\"wanted\": 5", "\"outcome\": \"DryRun\"");
        assertThat(replicas()).isEqualTo(1);
    }
}
