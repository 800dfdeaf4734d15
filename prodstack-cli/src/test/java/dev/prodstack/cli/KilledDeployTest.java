package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.swarm.Connection;
import dev.prodstack.swarm.Swarm;
import dev.prodstack.swarm.progress.DeployOutcome.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Deploys that are killed at random moments over their whole length. Whatever state they leave, status says that a
 * deploy is unfinished, and running it again finishes it.
 */
@Tag("engine")
@Timeout(1800)
class KilledDeployTest {
    private static final int ROUNDS = "full".equals(System.getProperty("prodstack.tier")) ? 20 : 3;
    private static final String SHOP = """
            name: NAME
            services:
              base:
                image: IMAGE
                command: [sleep, "1000"]
                init: true
                stop_grace_period: 1s
                environment: {VERSION: "NUMBER"}
                healthcheck: {test: [CMD, "true"], interval: 1s}
                deploy: {endpoint_mode: dnsrr, update_config: {order: start-first, monitor: 1s}}
                networks: [core]
              web:
                image: IMAGE
                command: [sleep, "1000"]
                init: true
                stop_grace_period: 1s
                environment: {VERSION: "NUMBER"}
                depends_on: [base]
                configs: [conf]
                secrets: [password]
                healthcheck: {test: [CMD, "true"], interval: 1s}
                deploy: {replicas: 2, endpoint_mode: dnsrr, update_config: {order: start-first, monitor: 1s}}
                networks: [core]
            networks: {core: {driver: overlay}}
            configs: {conf: {content: "conf NUMBER"}}
            secrets: {password: {file: ./password}}
            """;

    @TempDir
    private Path directory = Path.of("");

    private final String name = "t" + Long.toString(System.nanoTime(), 36);
    private final Random random = new Random(Long.getLong("prodstack.seed", System.nanoTime()));
    private String host = "";
    private String image = "";

    @BeforeEach
    void begin() {
        host = LabVariable.of("PRODSTACK_TEST_DOCKER_HOST");
        image = LabVariable.of("PRODSTACK_TEST_IMAGE");
    }

    @AfterEach
    void end() {
        if (!host.isEmpty()) {
            try (Swarm swarm = Swarm.connect(Connection.fromEnvironment().to(host))) {
                assertThat(swarm.apply(swarm.planRemoval(name), event -> {}).ending())
                        .isEqualTo(Ending.DONE);
                swarm.forgetReleases(name);
            }
        }
    }

    private void write(int version) throws IOException {
        String number = Integer.toString(version);
        Files.writeString(
                directory.resolve("compose.yaml"),
                SHOP.replace("NAME", name).replace("IMAGE", image).replace("NUMBER", number));
        Files.writeString(directory.resolve("password"), "password " + number);
    }

    private CommandRun.Outcome run(String... arguments) {
        return CommandRun.in(directory).env("DOCKER_HOST", host).run(arguments);
    }

    @Test
    void runningItAgainFinishesTheJob() throws Exception {
        write(0);
        assertThat(run("deploy").code()).isZero();
        write(1);
        LiveProcess measured = LiveProcess.start(directory, host, "deploy");
        long begun = System.nanoTime();
        awaitFirstMessage(measured);
        int before = (int) ((System.nanoTime() - begun) / 1_000_000);
        assertThat(measured.ended().code()).isZero();
        int length = (int) ((System.nanoTime() - begun) / 1_000_000);
        List<String> table = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            write(round + 1);
            boolean early = round % 5 == 0;
            table.add(round(round, early, random.nextInt(early ? before : length - before)));
        }
        System.out.printf(
                Locale.ROOT,
                "%d deploys of %d ms killed, %d ms of them before the first message:%n%5s %10s  %-66s %-10s %s%n%s%n",
                ROUNDS,
                length,
                before,
                "round",
                "after ms",
                "last message",
                "status",
                "again",
                String.join("\n", table));
    }

    private static void awaitFirstMessage(LiveProcess deploy) throws Exception {
        while (deploy.messages().isEmpty() && !deploy.endsWithin(20)) {
            // It reads, asks and plans.
        }
    }

    /**
     * One deploy that is killed.
     *
     * @param early whether the moment counts from the start of the process, not from its first message
     * @param moment milliseconds
     */
    private String round(int round, boolean early, int moment) throws Exception {
        LiveProcess deploy = LiveProcess.start(directory, host, "deploy");
        if (!early) {
            awaitFirstMessage(deploy);
        }
        boolean ended = deploy.endsWithin(moment);
        deploy.kill();
        deploy.ended();
        List<String> said = deploy.messages().lines().toList();
        String last = said.isEmpty() ? "(none yet)" : said.get(said.size() - 1);

        CommandRun.Outcome status = run("status");
        boolean begun = said.stream().anyMatch(line -> line.startsWith("release "));
        boolean unfinished =
                status.out().contains("is unfinished") || status.out().contains("is under way");
        if (begun && !ended) {
            assertThat(unfinished)
                    .as("status after a kill at \"%s\" says: %s", last, status.out())
                    .isTrue();
            assertThat(status.code()).isEqualTo(1);
        }
        // Every other time the dead holder's lock runs out by itself.
        CommandRun.Outcome again =
                round % 2 == 0 ? run("deploy", "--break-lock") : run("deploy", "--lock-timeout", "60s");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(run("status").code()).isZero();
        assertThat(run("plan", "--detailed-exitcode").code()).isZero();
        return String.format(
                Locale.ROOT,
                "%5d %10s  %-66s %-10s %s",
                round,
                early ? "start+" + moment : Integer.toString(moment),
                last,
                unfinished ? "unfinished" : "as wanted",
                again.out().lines().reduce((first, second) -> second).orElse(""));
    }
}
