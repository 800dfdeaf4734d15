package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On the recorded stack of the status tests, of which two services have logs. */
@Timeout(60)
class LogsCommandTest {
    private static final Path RECORDED = Path.of("src/test/resources/dev/prodstack/cli/status");
    private static final String WEB_1 = "ndlws1efwpfqh9xps8qaqpkqo";
    private static final String SICK_1 = "kthgb0520jyrth23bdpfd8znr";

    @TempDir
    Path directory;

    private CannedEngine engine;

    @BeforeEach
    void canTheEngine() throws IOException {
        engine = new CannedEngine().on("configs", "[]");
        for (String path : new String[] {"info", "services", "tasks", "nodes"}) {
            engine.on(path, Files.readString(RECORDED.resolve(path + ".json")));
        }
        engine.on("containers/json", "[]");
        logs("lk_web", line(WEB_1, 10, "hello\n"), line(WEB_1, 30, "\u001b[31mred\u001b[0m \u001b[2Jgone\n"));
        logs("lk_sick", line(SICK_1, 20, "cough\n"));
    }

    @AfterEach
    void closeTheEngine() {
        engine.close();
    }

    private void logs(String service, byte[]... frames) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] frame : frames) {
            body.writeBytes(frame);
        }
        engine.on("services/" + service + "/logs", 200, "application/octet-stream", body.toByteArray());
    }

    private static byte[] line(String task, int second, String text) {
        byte[] content = ("2026-11-24T00:00:" + second + ".000000000Z com.docker.swarm.node.id=n,"
                        + "com.docker.swarm.task.id=" + task + " " + text)
                .getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + content.length)
                .put((byte) 1)
                .putInt(4, content.length)
                .put(8, content)
                .array();
    }

    private CommandRun run() {
        return CommandRun.in(directory).env("DOCKER_HOST", engine.host());
    }

    @Test
    void servicesAreMergedUnderTheirTasksNames() {
        assertThat(run().run("logs", "web", "sick")).isEqualTo(new CommandRun.Outcome(0, """
                web.1  | hello
                sick.1 | cough
                web.1  | red \\u001b[2Jgone
                """, ""));
        assertThat(run().run("logs", "web", "sick", "--color", "always", "-t", "--grep", "red|cough")
                        .out())
                .isEqualTo("\u001b[36msick.1 |\u001b[0m \u001b[2m2026-11-24T00:00:20Z\u001b[0m cough\n"
                        + "\u001b[33mweb.1  |\u001b[0m \u001b[2m2026-11-24T00:00:30Z\u001b[0m "
                        + "\u001b[31mred\u001b[0m \\u001b[2Jgone\u001b[0m\n");
    }

    @Test
    void aProgramGetsObjects() {
        assertThat(run().run("logs", "sick", "-o", "json").out())
                .isEqualTo("{\"time\":\"2026-11-24T00:00:20Z\",\"service\":\"sick\",\"task\":\"sick.1\",\"task_id\":\""
                        + SICK_1 + "\",\"node\":\"n\",\"output\":\"stdout\",\"text\":\"cough\"}\n");
    }

    @Test
    void whatCannotBeReadIsSaidAndTheRestIsShown() {
        engine.on("services/lk_web/logs", 500, "{\"message\":\"the engine is not well\"}");
        assertThat(run().run("logs", "web", "sick")).isEqualTo(new CommandRun.Outcome(1, "sick.1 | cough\n", """
                logs of web cannot be read, or not all: 500 the engine is not well
                """));
    }

    @Test
    void theEngineIsAskedForWhatIsWanted() {
        run().run("logs", "sick", "--tail", "7", "--since", "2026-11-24T01:00:00+01:00");
        assertThat(engine.asked())
                .contains("GET /v1.41/services/lk_sick/logs?stdout=1&stderr=1&timestamps=1&details=1"
                        + "&since=1795478400.000000000&tail=7");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            wbe            | stack lk has no service "wbe"
            --grep (       | --grep cannot be "("
            --tail -1      | --tail cannot be -1
            --since monday | --since cannot be "monday"
            """)
    void whatMakesNoSenseIsRefused(String arguments, String message) {
        CommandRun.Outcome outcome = run().run(("logs " + arguments).split(" ", -1));
        assertThat(outcome.err()).contains(message);
        assertThat(outcome.code()).isEqualTo(2);
    }
}
