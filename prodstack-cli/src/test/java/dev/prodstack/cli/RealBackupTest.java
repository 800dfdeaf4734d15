package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stack with a volume, backed up by jobs to a directory and restored, on a real engine such as {@code lab/swarm}
 * brings up. Jobs run the classes under test.
 */
@Tag("engine")
@Timeout(400)
class RealBackupTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STACK = """
            name: NAME
            services:
              web:
                image: IMAGE
                command: [sleep, "100000"]
                init: true
                stop_grace_period: 1s
                volumes: ["data:/data"]
                deploy: {replicas: 1, endpoint_mode: dnsrr}
                x-prodstack:
                  backup: [{volume: {name: data, service: stopped}}]
              reader:
                image: IMAGE
                command: [sleep, "100000"]
                init: true
                stop_grace_period: 1s
                depends_on: [web]
                deploy: {replicas: 2, endpoint_mode: dnsrr}
            volumes: {data: {}}
            secrets: {backup_password: {file: ./password}}
            x-prodstack:
              backup:
                repository: {directory: REPOSITORY, password_secret: backup_password}
            """;

    /** Awkward names, modes, owners, links, an empty directory, a pipe and a file with holes. */
    private static final String FILL = "cd /data && mkdir -p 'a dir/empty' sub && echo one > 'a dir/one'"
            + " && echo two > sub/two && chown 1234:4321 sub sub/two && chmod 4750 sub/two"
            + " && ln -s ../sub/two 'a dir/link' && ln sub/two sub/hard && mkfifo pipe && truncate -s 3M holes"
            + " && echo three > \"$(printf 'new\\nline')\" && touch -d '2001-02-03 04:05:06' 'a dir/one'"
            + " && touch -d '2002-02-03 04:05:06' 'a dir' sub";

    /** All about every file but its inode and when that changed. */
    private static final String LOOK = "cd /data && find . -mindepth 1 -exec stat -c '%n %f %u %g %h %Y' {} + | sort;"
            + " find . -type f -exec sha256sum {} + | sort; readlink 'a dir/link'";

    @TempDir
    private Path directory = Path.of("");

    private final String name = "t" + Long.toString(System.nanoTime(), 36);
    private Optional<Path> repository = Optional.empty();
    private String host = "";
    private String image = "";

    @BeforeEach
    void begin() throws Exception {
        String base = LabVariable.of("PRODSTACK_TEST_IMAGE");
        host = LabVariable.of("PRODSTACK_TEST_DOCKER_HOST");
        image = JobImage.build(directory, host, base, LabVariable.of("PRODSTACK_TEST_REGISTRY"));
        // Nodes of a lab see this directory.
        Path place = Files.createTempDirectory(Path.of("/var/tmp"), "prodstack-repository-");
        repository = Optional.of(place);
        Files.setPosixFilePermissions(
                Files.writeString(directory.resolve("password"), "a password for backups"),
                PosixFilePermissions.fromString("rw-------"));
        Files.writeString(
                directory.resolve("compose.yaml"),
                STACK.replace("NAME", name).replace("IMAGE", base).replace("REPOSITORY", place.toString()));
    }

    @AfterEach
    void end() throws Exception {
        if (repository.isEmpty()) {
            return;
        }
        prodstack("rm", "--confirm", name);
        for (int i = 0; i < 60 && docker("volume", "ls", "-q").contains(name); i++) {
            docker("volume", "rm", name + "_data");
            Thread.sleep(500);
        }
        docker("image", "rm", "--force", image);
        for (String config : docker("config", "ls", "--format", "{{.Name}}").split("\n", -1)) {
            if (config.endsWith("." + name)) {
                docker("config", "rm", config);
            }
        }
        List<Path> files;
        try (Stream<Path> walk = Files.walk(repository.get())) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }

    private CommandRun.Outcome prodstack(String... arguments) {
        return CommandRun.in(directory)
                .env("DOCKER_HOST", host)
                .env("PRODSTACK_IMAGE", image)
                .run(arguments);
    }

    private String docker(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("docker", "-H", host));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private String inside(String script) throws Exception {
        String container = "";
        for (int i = 0; i < 100 && container.isEmpty(); i++) {
            container = docker("ps", "-q", "--filter", "name=" + name + "_web").strip();
            Thread.sleep(100);
        }
        return docker("exec", container, "sh", "-c", script);
    }

    private static void fine(CommandRun.Outcome outcome) {
        assertThat(outcome.code()).as(outcome.out() + outcome.err()).isZero();
    }

    @Test
    void aVolumeComesBackAsItWasWithWhateverDependsOnItStopped() throws Exception {
        assertThatTheScheduleWaitsForTheStack();
        fine(prodstack("deploy"));
        assertThat(inside(FILL)).isEmpty();
        String before = inside(LOOK);
        assertThat(before).contains("a dir/one", "pipe", "holes");

        CommandRun.Outcome backedUp = prodstack("backup", "run", "-o", "json");
        fine(backedUp);
        JsonNode report = JSON.readTree(backedUp.out());
        assertThat(report.at("/backup/parts").findValuesAsText("source")).containsExactly("volume data", "state");
        assertThat(report.at("/after").findValuesAsText("name")).containsExactly("retention", "verify");
        assertThat(report.at("/after").findValuesAsText("problem")).containsOnly("");

        inside("cd /data && rm -rf sub && echo other > 'a dir/one' && echo more > more && chmod 700 'a dir'");
        CommandRun.Outcome unconfirmed = prodstack("restore");
        assertThat(unconfirmed.code()).isEqualTo(2);
        assertThat(unconfirmed.err()).contains("add --confirm " + name);
        assertThat(inside("cat /data/more")).isEqualTo("more\n");

        CommandRun.Outcome restored = prodstack("restore", "--confirm", name);
        fine(restored);
        assertThat(restored.out())
                .contains("Stopped meanwhile: reader, web.", "Restored: 1 part, all services healthy");
        assertThat(inside(LOOK)).isEqualTo(before);
        assertThat(docker("service", "ls", "--format", "{{.Name}} {{.Replicas}}"))
                .contains(name + "_web 1/1", name + "_reader 2/2")
                .doesNotContain("prodstack-" + name);
        assertThat(docker("config", "ls", "--format", "{{.Name}}"))
                .as("nothing of a job is left")
                .doesNotContain("prodstack-" + name);
        assertThat(prodstack("backup", "list").out()).contains("complete", "before a restore");

        assertThatWhatIsNotThereIsNotTakenForNew();
    }

    @Test
    void whoIsInterruptedLeavesNothingBehindAndCanGoOn() throws Exception {
        fine(prodstack("deploy"));
        assertThat(inside(FILL)).isEmpty();
        String before = inside(LOOK);

        LiveProcess.Ended backup = interruptedWhileStopped("backup", "run", "--image", image);
        assertThat(backup.code()).as(backup.err()).isEqualTo(130);
        assertThat(backup.err()).contains("error: interrupted");
        assertThat(docker("service", "ls", "--format", "{{.Name}} {{.Replicas}}"))
                .contains(name + "_web 1/1", name + "_reader 2/2")
                .doesNotContain("prodstack-" + name);
        assertThat(docker("config", "ls", "--format", "{{.Name}}")).doesNotContain("prodstack-" + name);

        fine(prodstack("backup", "run"));
        inside("cd /data && rm -rf sub && echo more > more");
        LiveProcess.Ended restore =
                interruptedWhileStopped("restore", "--confirm", name, "--no-safety-backup", "--image", image);
        assertThat(restore.code()).as(restore.err()).isEqualTo(130);
        assertThat(restore.err()).contains("interrupted half-way: reader, web stay stopped", "--resume", "--undo");
        assertThat(docker("service", "ls", "--format", "{{.Name}}")).doesNotContain("prodstack-" + name);
        fine(prodstack("restore", "--resume", "--confirm", name));
        assertThat(inside(LOOK)).isEqualTo(before);
    }

    private LiveProcess.Ended interruptedWhileStopped(String... arguments) throws Exception {
        LiveProcess running = LiveProcess.start(directory, host, arguments);
        String web = name + "_web 0/0";
        for (int i = 0;
                i < 1200
                        && !docker("service", "ls", "--format", "{{.Name}} {{.Replicas}}")
                                .contains(web);
                i++) {
            assertThat(running.endsWithin(50)).as(running::messages).isFalse();
        }
        running.interrupt();
        return running.ended();
    }

    /** Its service runs before the deploy that starts it has ended: failing then would fail the deploy. */
    private void assertThatTheScheduleWaitsForTheStack() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        CommandRun elsewhere = CommandRun.in(Files.createDirectories(directory.resolve("elsewhere")))
                .env("DOCKER_HOST", host);
        CompletableFuture<CommandRun.Outcome> ended = new CompletableFuture<>();
        Thread schedule = new Thread(() ->
                ended.complete(elsewhere.run("backup", "schedule", "-n", name, "--listen", Integer.toString(port))));
        schedule.start();
        try {
            HttpRequest health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/healthz"))
                    .build();
            HttpClient client = HttpClient.newHttpClient();
            int status = 0;
            for (int i = 0; i < 200 && status == 0 && !ended.isDone(); i++) {
                try {
                    status = client.send(health, HttpResponse.BodyHandlers.discarding())
                            .statusCode();
                } catch (ConnectException e) {
                    Thread.sleep(100);
                }
            }
            assertThat(ended).as(() -> ended.isDone() ? ended.join().err() : "").isNotDone();
            assertThat(status).isEqualTo(200);
        } finally {
            schedule.interrupt();
        }
        assertThat(ended.get(60, TimeUnit.SECONDS).err()).contains("the cluster does not know how stack " + name);
    }

    /** As when a network file system is not mounted. */
    private void assertThatWhatIsNotThereIsNotTakenForNew() throws IOException {
        Path config = repository.orElseThrow().resolve("config");
        byte[] content = Files.readAllBytes(config);
        Files.delete(config);
        CommandRun.Outcome refused = prodstack("backup", "run");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("There is no repository at");
        assertThat(config).doesNotExist();
        Files.write(config, content);
    }
}
