package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The backup of a stack with servers on a real engine: restored in place, in part, into another stack beside it, and
 * tried by drills that leave it alone.
 */
@Tag("engine")
@Timeout(900)
@ExtendWith(GuideBlocks.class)
class RealDrillTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Optional<ServersStand> made = Optional.empty();

    private final ServersStand stand = made.orElseThrow();

    @BeforeAll
    static void begin(@TempDir Path directory) throws Exception {
        ServersStand stand = new ServersStand(directory);
        made = Optional.of(stand);
        stand.up();
        stand.fill();
        stand.succeeds("backup", "run");
    }

    @AfterAll
    static void end() throws Exception {
        if (made.isPresent()) {
            made.get().down();
        }
    }

    @Test
    void everythingThatWasDamagedComesBackAndAnotherStackIsFilledBesideIt(GuideBlock guide) throws Exception {
        ServersStand.State before = stand.state(stand.name());
        assertThat(before.tables()).hasLineCount(stand.tables());
        assertThat(before.keys()).hasLineCount(stand.keys());
        assertThat(before.objects()).hasLineCount(stand.objects());

        stand.damage();
        assertThat(stand.state(stand.name()).keys()).isNotEqualTo(before.keys());
        assertThat(stand.state(stand.name()).objects()).isNotEqualTo(before.objects());
        assertThat(stand.state(stand.name()).files()).isNotEqualTo(before.files());

        stand.at(guide)
                .where("shop", stand.name())
                .where("20261126T02", stand.backup().path("id").asText());
        assertThat(guide.next("--dry-run").out()).contains("Stopped meanwhile: ");
        assertThat(stand.state(stand.name()).keys()).isNotEqualTo(before.keys());
        guide.next("--confirm");
        assertThat(stand.state(stand.name())).isEqualTo(before);

        stand.damage();
        guide.next("20261126T02");
        assertThat(stand.state(stand.name())).isEqualTo(before);

        stand.damageFiles();
        guide.where("web volume uploads", "web volume data").next("--only");
        assertThat(stand.state(stand.name())).isEqualTo(before);

        String other = stand.name() + "b";
        String containers = stand.containers(stand.name());
        try {
            stand.succeeds("deploy", "--stack", other);
            assertThat(stand.state(other).tables()).isEmpty();
            stand.at(other, guide).where("shop2", other).next("--into");
            assertThat(stand.state(other)).isEqualTo(before);
            assertThat(stand.state(stand.name())).isEqualTo(before);
            assertThat(stand.containers(stand.name())).isEqualTo(containers);
        } finally {
            stand.remove(other);
        }
    }

    /** By restic and the servers' own programs alone. */
    @Test
    @Tag("long")
    void aBackupIsRestoredWithoutProdstack(GuideBlock guide) throws Exception {
        String restic = System.getenv("PRODSTACK_RESTIC");
        assumeThat(restic)
                .as("needs restic 0.16 or later: PRODSTACK_RESTIC=$(scripts/newer-restic DIRECTORY)")
                .isNotBlank();
        ServersStand.State before = stand.state(stand.name());
        stand.damage();
        Path volume = stand.emptyFiles();
        assertThat(stand.state(stand.name()).tables()).isEmpty();
        stand.at(guide)
                .with("RESTIC_PASSWORD_FILE", "password")
                .where("restic -r /srv/backups", restic + " -r " + stand.repository())
                .where("stack=shop", "stack=" + stand.name())
                .where("4983f4db:/volume/uploads", stand.snapshot("volume data") + ":/volume/data")
                .where("/var/lib/docker/volumes/shop_uploads/_data", volume.toString())
                .where("9c2f6a13", stand.snapshot("postgres"))
                .where("CONTAINER", stand.container("postgres"))
                .where("31be07d5", stand.snapshot("redis"))
                .where("7d5c11e0", stand.snapshot("secrets"));

        assertThat(guide.next("snapshots").out()).contains("kind=manifest");
        guide.next("restore 4983f4db");
        guide.next("globals.sql");
        guide.next("pg_restore");
        guide.next("dump.rdb");
        ServersStand.State after = stand.state(stand.name());
        assertThat(after.files()).isEqualTo(before.files());
        assertThat(after.tables()).isEqualTo(before.tables());
        assertThat(stand.keys(stand.file("dump.rdb"))).isEqualTo(before.keys());
        assertThat(JSON.readTree(guide.next("manifest.json").out()).path("parts"))
                .isNotEmpty();
        assertThat(JSON.readTree(guide.next("swarm.json").out())).isNotEmpty();
        guide.next("secrets/values");
        assertThat(stand.file("secrets/token")).hasContent(stand.token());
        stand.succeeds("restore", "--only", "redis", "--only", "objects", "--confirm", stand.name());
        assertThat(stand.state(stand.name())).isEqualTo(before);
    }

    @Test
    @Tag("long")
    void whatIsNotMeantStaysAsItIs() throws Exception {
        ServersStand.State before = stand.state(stand.name());
        stand.damage();
        ServersStand.State damaged = stand.state(stand.name());

        stand.succeeds("restore", "--only", "redis", "--confirm", stand.name());
        ServersStand.State partly = stand.state(stand.name());
        assertThat(partly.keys()).isEqualTo(before.keys());
        assertThat(partly.tables()).isEmpty();
        assertThat(partly.objects()).isEqualTo(damaged.objects());
        assertThat(partly.files()).isEqualTo(damaged.files());

        stand.succeeds("restore", "--skip", "redis", "--confirm", stand.name());
        assertThat(stand.state(stand.name())).isEqualTo(before);
    }

    @Test
    void aDrillShowsThatTheBackupIsGoodAndLeavesTheStackAlone(GuideBlock guide) throws Exception {
        ServersStand.State before = stand.state(stand.name());
        String containers = stand.containers(stand.name());
        String trial = stand.name() + "-drill";

        stand.at(guide);
        assertThat(guide.next("--dry-run").out())
                .contains(
                        "into the throw-away stack " + trial,
                        "Networks of its own: " + trial + "_inner-",
                        "(no way out). None of " + stand.name() + "'s is attached, nothing is published.",
                        "web: published ports are left out (",
                        "asks http://web:8000/kept/page for 200",
                        "left out: bystander");
        assertThat(stand.docker("service", "ls")).doesNotContain(trial);

        guide.next("drill");
        JsonNode reports =
                JSON.readTree(stand.succeeds("drill", "--report", "json").out());
        JsonNode report = reports.get(reports.size() - 1);
        assertThat(report.path("good").asBoolean()).isTrue();
        assertThat(report.path("rto_seconds").asInt()).isPositive();
        assertThat(report.path("checks").findValuesAsText("name"))
                .containsExactly(
                        "isolation",
                        "postgres postgres",
                        "redis redis",
                        "web volume data",
                        "objects s3",
                        "request http://web:8000/kept/page",
                        "torn down",
                        "production untouched");
        List<String> found = report.path("checks").findValuesAsText("found");
        assertThat(found.get(0)).contains("networks " + trial + "_inner-", "nothing published");
        assertThat(found.get(1)).contains("pg amcheck ok", "tables " + stand.tables());
        assertThat(found.get(2)).contains("keys " + stand.keys() + ",");

        assertThatNothingIsLeftOf(trial);
        assertThat(stand.containers(stand.name())).isEqualTo(containers);
        assertThat(stand.state(stand.name())).isEqualTo(before);
        assertThat(stand.succeeds("drill", "--report", "metrics").out())
                .contains(
                        "prodstack_drill_last_success{stack=\"" + stand.name() + "\"} 1",
                        "prodstack_drill_rto_seconds",
                        "prodstack_drill_rpo_seconds");
        guide.next("--report html");
        assertThat(stand.file("drills.html")).content().contains("Recovery time", "pg amcheck ok");
    }

    @Test
    @Tag("long")
    void aDrillThatFailsSaysWhyAndIsTakenDownToo() throws Exception {
        stand.asking("/kept/nothing");
        try {
            CommandRun.Outcome failed = stand.prodstack("drill");
            assertThat(failed.code()).as(failed.err()).isEqualTo(1);
            assertThat(failed.err())
                    .contains("request http://web:8000/kept/nothing: 1 thing differs: it answers 404, not 200");
            assertThat(failed.out()).contains("NOT GOOD");
            assertThatNothingIsLeftOf(stand.name() + "-drill");
            assertThat(stand.succeeds("drill", "--report", "metrics").out())
                    .contains(
                            "prodstack_drill_last_success{stack=\"" + stand.name() + "\"} 0",
                            "prodstack_drill_last_failed_checks{stack=\"" + stand.name() + "\"} 1");
        } finally {
            stand.asking("/kept/page");
        }
    }

    @Test
    @Tag("long")
    void aDrillThatIsInterruptedIsTakenDownToo() throws Exception {
        String trial = stand.name() + "-drill";
        CompletableFuture<CommandRun.Outcome> ended = new CompletableFuture<>();
        Thread drill = new Thread(() -> ended.complete(stand.prodstack("drill")));
        drill.start();
        // Its job works while it is in the middle of the restore.
        for (int i = 0;
                i < 1200
                        && !ended.isDone()
                        && !stand.docker("service", "ls").contains("prodstack-" + trial + "-restore");
                i++) {
            Thread.sleep(100);
        }
        assertThat(ended).isNotDone();
        drill.interrupt();
        CommandRun.Outcome outcome = ended.get(300, TimeUnit.SECONDS);
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(130);
        assertThat(stand.docker("service", "ls", "--format", "{{.Name}}")).doesNotContain(trial);
        assertThat(stand.docker("volume", "ls", "--format", "{{.Name}}")).doesNotContain(trial);
    }

    @Test
    @Tag("long")
    void aStackThatOnlyHasTheNameOfADrillIsNotRemoved() throws Exception {
        String trial = stand.name() + "-drill";
        stand.docker(
                "service",
                "create",
                "--detach",
                "--name",
                trial + "_mine",
                "--label",
                "com.docker.stack.namespace=" + trial,
                stand.busybox(),
                "sleep",
                "100000");
        try {
            CommandRun.Outcome refused = stand.prodstack("drill");
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err()).contains("the stack " + trial + " is no trial (" + trial + "_mine)");
            assertThat(stand.docker("service", "ls")).contains(trial + "_mine");
        } finally {
            stand.docker("service", "rm", trial + "_mine");
        }
    }

    private void assertThatNothingIsLeftOf(String trial) throws Exception {
        assertThat(stand.docker("service", "ls", "--format", "{{.Name}}")).doesNotContain(trial);
        assertThat(stand.docker("network", "ls", "--format", "{{.Name}}")).doesNotContain(trial);
        assertThat(stand.docker("volume", "ls", "--format", "{{.Name}}")).doesNotContain(trial);
        assertThat(stand.docker("secret", "ls", "--format", "{{.Name}}")).doesNotContain(trial);
    }
}
