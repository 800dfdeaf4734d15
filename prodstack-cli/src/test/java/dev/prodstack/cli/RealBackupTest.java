package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stack with a volume, backed up by jobs to a directory and restored, on a real engine such as {@code lab/swarm}
 * brings up. Jobs run the classes under test.
 */
@Tag("engine")
@Timeout(600)
@ExtendWith(GuideBlocks.class)
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
            secrets: {backup_password: {file: ./password}, token: {external: true, name: NAME-token}}
            x-prodstack:
              backup:
                secrets: [token]
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

    private Optional<EngineStack> made = Optional.empty();

    @BeforeEach
    void begin() throws Exception {
        String base = LabVariable.of("PRODSTACK_TEST_IMAGE");
        EngineStack stack = new EngineStack(directory);
        made = Optional.of(stack);
        stack.jobsRunIn(JobImage.build(directory, stack.host(), base, LabVariable.of("PRODSTACK_TEST_REGISTRY")));
        Files.setPosixFilePermissions(
                Files.writeString(directory.resolve("token"), "a token"), PosixFilePermissions.fromString("rw-------"));
        stack.file(STACK.replace("NAME", stack.name())
                .replace("IMAGE", base)
                .replace("REPOSITORY", stack.repository().toString()));
        stack.succeeds("init-secrets", "--from-directory", directory.toString());
    }

    @AfterEach
    void end() throws Exception {
        if (made.isPresent()) {
            made.get().remove(made.get().name(), "data");
            made.get().docker("secret", "rm", made.get().name() + "-token");
            made.get().forget();
        }
    }

    private EngineStack stack() {
        return made.orElseThrow();
    }

    private CommandRun.Outcome prodstack(String... arguments) {
        return stack().prodstack(arguments);
    }

    private String docker(String... arguments) throws Exception {
        return stack().docker(arguments);
    }

    private String inside(String script) throws Exception {
        return stack().inside("web", script);
    }

    @Test
    void aVolumeComesBackAsItWasWithWhateverDependsOnItStopped() throws Exception {
        String name = stack().name();
        assertThatTheScheduleWaitsForTheStack();
        stack().succeeds("deploy");
        assertThat(inside(FILL)).isEmpty();
        String before = inside(LOOK);
        assertThat(before).contains("a dir/one", "pipe", "holes");

        CommandRun.Outcome backedUp = prodstack("backup", "run", "-o", "json");
        EngineStack.succeeded(backedUp);
        JsonNode report = JSON.readTree(backedUp.out());
        assertThat(report.at("/backup/parts").findValuesAsText("source"))
                .containsExactly("volume data", "state", "secrets");
        String stored = report.at("/backup/parts/2/snapshots/0").asText();
        CommandRun.Outcome token = prodstack(
                "repo",
                "dump",
                "-r",
                stack().repository().toString(),
                "--password-file",
                directory.resolve("password").toString(),
                stored + ":/run/secrets/values/token");
        assertThat(token.out()).as(token.err()).isEqualTo("a token");
        assertThat(report.at("/after").findValuesAsText("name")).containsExactly("retention", "verify");
        assertThat(report.at("/after").findValuesAsText("problem")).containsOnly("");

        inside("cd /data && rm -rf sub && echo other > 'a dir/one' && echo more > more && chmod 700 'a dir'");
        CommandRun.Outcome unconfirmed = prodstack("restore");
        assertThat(unconfirmed.code()).isEqualTo(2);
        assertThat(unconfirmed.err()).contains("add --confirm " + name);
        assertThat(inside("cat /data/more")).isEqualTo("more\n");

        CommandRun.Outcome restored = prodstack("restore", "--confirm", name);
        EngineStack.succeeded(restored);
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
    void whoIsInterruptedLeavesNothingBehindAndCanGoOn(GuideBlock backingUp, GuideBlock onSchedule) throws Exception {
        String name = stack().name();
        stack().succeeds("deploy");
        assertThat(inside(FILL)).isEmpty();
        String before = inside(LOOK);

        LiveProcess.Ended backup = interruptedWhileStopped("backup", "run", "--image", stack().image());
        assertThat(backup.code()).as(backup.err()).isEqualTo(130);
        assertThat(backup.err()).contains("error: interrupted");
        assertThat(docker("service", "ls", "--format", "{{.Name}} {{.Replicas}}"))
                .contains(name + "_web 1/1", name + "_reader 2/2")
                .doesNotContain("prodstack-" + name);
        assertThat(docker("config", "ls", "--format", "{{.Name}}")).doesNotContain("prodstack-" + name);

        stack().at(backingUp);
        assertThat(backingUp.next("--dry-run").out()).contains("volume data");
        backingUp.next("backup run");
        assertThat(backingUp.next("backup list").out()).contains("complete");
        assertThat(backingUp.next("backup show").out()).contains("volume data", "secrets");
        backingUp.next("verify --data");
        stack().at(onSchedule);
        assertThat(onSchedule.next("--next").out()).startsWith("20");
        onSchedule.next("report");
        assertThat(directory.resolve("backups.html")).content().contains("<html", name);
        inside("cd /data && rm -rf sub && echo more > more");
        LiveProcess.Ended restore =
                interruptedWhileStopped("restore", "--confirm", name, "--no-safety-backup", "--image", stack().image());
        assertThat(restore.code()).as(restore.err()).isEqualTo(130);
        assertThat(restore.err()).contains("interrupted half-way: reader, web stay stopped", "--resume", "--undo");
        assertThat(docker("service", "ls", "--format", "{{.Name}}")).doesNotContain("prodstack-" + name);
        assertThatNobodyTakesWhatIsHalfRestoredForWhole();
        stack().succeeds("restore", "--resume", "--confirm", name);
        assertThat(inside(LOOK)).isEqualTo(before);
    }

    private void assertThatNobodyTakesWhatIsHalfRestoredForWhole() throws Exception {
        CommandRun.Outcome status = prodstack("status");
        assertThat(status.code()).isEqualTo(1);
        assertThat(status.out()).contains("suspended", "a restore has stopped it", "--resume");
        CommandRun.Outcome deploy = prodstack("deploy");
        assertThat(deploy.code()).isNotZero();
        assertThat(deploy.out() + deploy.err()).contains("half restored", "prodstack restore --resume");
        CommandRun.Outcome backup = prodstack("backup", "run");
        assertThat(backup.code()).isEqualTo(1);
        assertThat(backup.err()).contains("half restored", "prodstack restore --resume");
        assertThat(docker("service", "ls", "--format", "{{.Name}} {{.Replicas}}"))
                .contains(stack().name() + "_web 0/0", stack().name() + "_reader 0/0");
    }

    @Test
    void aDeployWaitsForWhoStoppedServicesAndStartsThemIfHeIsDead() throws Exception {
        String name = stack().name();
        stack().succeeds("deploy");
        assertThat(inside(FILL)).isEmpty();
        LiveProcess backup = whileStopped("backup", "run", "--image", stack().image());

        CommandRun.Outcome refused = prodstack("deploy");
        assertThat(refused.code()).isEqualTo(8);
        assertThat(refused.err()).contains("is changing the stack " + name + ": backup of web volume data");
        assertThat(docker("service", "ls", "--format", "{{.Name}} {{.Replicas}}"))
                .contains(name + "_web 0/0");
        backup.kill();
        CommandRun.Outcome deployed = stack().succeeds("deploy", "--lock-timeout", "3m");

        assertThat(deployed.out() + deployed.err()).contains("a backup that never ended has stopped it");
        assertThat(docker("service", "ls", "--format", "{{.Name}} {{.Replicas}}"))
                .contains(name + "_web 1/1");
        stack().succeeds("backup", "run", "--lock-timeout", "3m");
    }

    private LiveProcess.Ended interruptedWhileStopped(String... arguments) throws Exception {
        LiveProcess running = whileStopped(arguments);
        running.interrupt();
        return running.ended();
    }

    /** The command as a process that has just stopped the service. */
    private LiveProcess whileStopped(String... arguments) throws Exception {
        String name = stack().name();
        LiveProcess running = LiveProcess.start(directory, stack().host(), arguments);
        String web = name + "_web 0/0";
        for (int i = 0;
                i < 1200
                        && !docker("service", "ls", "--format", "{{.Name}} {{.Replicas}}")
                                .contains(web);
                i++) {
            assertThat(running.endsWithin(50)).as(running::messages).isFalse();
        }
        return running;
    }

    /** Its service runs before the deploy that starts it has ended: failing then would fail the deploy. */
    private void assertThatTheScheduleWaitsForTheStack() throws Exception {
        String name = stack().name();
        int port = LiveEndpoint.freePort();
        CommandRun elsewhere = CommandRun.in(Files.createDirectories(directory.resolve("elsewhere")))
                .env("DOCKER_HOST", stack().host());
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
        Path config = stack().repository().resolve("config");
        byte[] content = Files.readAllBytes(config);
        Files.delete(config);
        CommandRun.Outcome refused = prodstack("backup", "run");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("There is no repository at");
        assertThat(config).doesNotExist();
        Files.write(config, content);
    }
}
