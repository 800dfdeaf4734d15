package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On what a real engine answered about a stack in which most goes wrong. */
@Timeout(60)
class StatusCommandTest {
    private static final Path RECORDED = Path.of("src/test/resources/dev/prodstack/cli/status");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private CannedEngine engine;

    @BeforeEach
    void canTheEngine() throws IOException {
        engine = recorded();
    }

    @AfterEach
    void closeTheEngine() {
        engine.close();
    }

    private static CannedEngine recorded() throws IOException {
        CannedEngine engine = new CannedEngine().on("configs", "[]");
        for (String path : new String[] {"info", "services", "tasks", "nodes"}) {
            engine.on(path, Files.readString(RECORDED.resolve(path + ".json")));
        }
        engine.on("containers/json", Files.readString(RECORDED.resolve("containers.json")));
        try (Stream<Path> files = Files.list(RECORDED)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith("container-")) {
                    engine.on("containers/" + name.substring(10, name.length() - 5) + "/json", Files.readString(file));
                }
            }
        }
        return engine;
    }

    private CommandRun run() {
        return CommandRun.in(directory).env("DOCKER_HOST", engine.host());
    }

    @ParameterizedTest
    @CsvSource({
        "services.txt, status",
        "tasks.txt,    status --tasks web sick",
        "one.json,     status web -o json",
        "one.yml,      status web -o yaml",
    })
    void aStackOnOneScreen(String golden, String line) throws Exception {
        CommandRun.Outcome outcome = run().run(line.split(" ", -1));
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).isEqualTo(Files.readString(RECORDED.resolve(golden)));
        assertThat(outcome.code()).isEqualTo(1);
    }

    @Test
    void theEngineIsAskedForThatStackOnly() {
        run().run("status", "-n", "lk");
        assertThat(engine.asked())
                .contains(
                        "GET /v1.41/services?status=true&filters=%7B%22label%22%3A%5B%22com.docker.stack.namespace%3Dlk%22%5D%7D",
                        "GET /v1.41/tasks?filters=%7B%22label%22%3A%5B%22com.docker.stack.namespace%3Dlk%22%5D%7D");
    }

    @Test
    void aStackIsNamedBySettingsThenByItsFileThenByBeingTheOnlyOne() throws Exception {
        assertThat(run().run("status", "-o", "json").out()).contains("\"stack\": \"lk\"");
        assertThat(run().env("COMPOSE_PROJECT_NAME", "named").run("status").out())
                .endsWith("named: 0 of 5 as wanted.\n");
        CommandRun.in(directory).file("compose.yml", "name: filed\nservices: {web: {image: web}}\n");
        assertThat(run().run("status").out()).endsWith("filed: 0 of 5 as wanted.\n");
    }

    @Test
    void ofSeveralStacksOneMustBeNamed() {
        engine.on("services", """
                [{"ID": "1", "Spec": {"Name": "a_x", "Labels": {"com.docker.stack.namespace": "a"}}},
                 {"ID": "2", "Spec": {"Name": "b_x", "Labels": {"com.docker.stack.namespace": "b"}}}]
                """);
        assertThat(run().run("status")).isEqualTo(new CommandRun.Outcome(2, "", """
                        error: no Compose file here says which stack is meant; there are a, b
                          fix: name it with --stack NAME
                        """));
    }

    @Test
    void whatDoesNotExistIsAnErrorAndNotAnEmptyTable() {
        assertThat(run().run("status", "wbe")).isEqualTo(new CommandRun.Outcome(2, "", """
                        error: stack lk has no service "wbe"
                          fix: did you mean "web"?
                        """));
        engine.on("services", "[]");
        assertThat(run().run("status", "-n", "lk")).isEqualTo(new CommandRun.Outcome(1, "", """
                        error: there is no stack "lk" in the cluster
                          fix: there is none at all
                        """));
    }

    @Test
    void aWorkerCannotTellAndSaysWhoCan() {
        String refusal = "{\"message\":\"This node is not a swarm manager. Worker nodes can't be used to view or modify"
                + " cluster state. Please run this command on a manager node or promote the current node to a manager.\"}";
        engine.on("services", 503, refusal);
        CommandRun.Outcome outcome = run().run("status", "-n", "lk");
        assertThat(outcome.err())
                .contains("503 This node is not a swarm manager")
                .endsWith("  fix: connect to a manager: DOCKER_HOST or DOCKER_CONTEXT\n");
        assertThat(outcome.code()).isEqualTo(1);
    }

    @Test
    void whereContainersMayNotBeReadTheRestIsStillTold() {
        engine.on("containers/json", 403, "{\"message\":\"forbidden by the proxy\"}");
        CommandRun.Outcome outcome = run().run("status", "sick");
        assertThat(outcome.out()).contains("sick.1@n1 failed").doesNotContain("check:");
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void watchingElsewhereThanOnATerminalTellsWhatChangesUntilNobodyReads() throws Exception {
        StringBuilder seen = new StringBuilder();
        CountDownLatch first = new CountDownLatch(5);
        OutputStream reader = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("one by one");
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                seen.append(new String(bytes, offset, length, StandardCharsets.UTF_8));
                first.countDown();
                if (seen.indexOf("web  2/2") >= 0) {
                    throw new IOException("Broken pipe");
                }
            }
        };
        Thread change = new Thread(() -> {
            try {
                first.await();
                engine.on("services", services().toString());
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        change.start();
        CommandRun.Outcome outcome =
                run().outTo(reader).run("status", "--watch", "--interval", "5ms", "--output", "table");
        change.join();
        assertThat(outcome.code()).isZero();
        assertThat(seen.toString().lines().filter(line -> line.contains("  web  ")))
                .hasSize(2)
                .last()
                .asString()
                .matches(
                        "2026-\\S+Z  web  2/2  running  healthy  registry.example.com:5000/lab/busybox:1 [0-9a-f]{12}");
        assertThat(seen.toString().lines().filter(line -> line.contains("  bad  ")))
                .hasSize(1);
    }

    private static JsonNode services() throws IOException {
        JsonNode services = JSON.readTree(Files.readString(RECORDED.resolve("services.json")));
        for (JsonNode service : services) {
            if (service.at("/Spec/Name").asText().equals("lk_web")) {
                ((ObjectNode) service.path("ServiceStatus")).put("RunningTasks", 2);
            }
        }
        return services;
    }

    @Test
    void watchingOnATerminalDrawsTheScreenAnew() throws Exception {
        StringBuilder seen = new StringBuilder();
        OutputStream reader = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("one by one");
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                seen.append(new String(bytes, offset, length, StandardCharsets.UTF_8));
                if (seen.indexOf("\u001b[H", 1) > 0) {
                    throw new IOException("Broken pipe");
                }
            }
        };
        run().outOnTerminal().outTo(reader).env("NO_COLOR", "1").run("status", "--watch", "--interval", "1ms");
        String screen = "\u001b[H\u001b[J" + Files.readString(RECORDED.resolve("services.txt"));
        assertThat(seen.toString()).isEqualTo(screen + screen);
    }
}
