package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.cli.ClusterStand.State;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Backup and restore of a stack whose data is on three nodes, and what happens to them when a node, the connection or
 * the command is lost meanwhile.
 */
@Tag("long")
@Timeout(1800)
class RealClusterBackupTest {
    private static final String NOW = "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD') || 'T' ||"
            + " to_char(clock_timestamp() AT TIME ZONE 'UTC', 'HH24:MI:SS.US') || 'Z'";

    private static Optional<ClusterStand> made = Optional.empty();

    private final ClusterStand stand = made.orElseThrow();

    @BeforeAll
    static void begin(@TempDir Path directory) throws Exception {
        LabVariable.of("PRODSTACK_TEST_DOCKER_HOST");
        ClusterStand stand = new ClusterStand(directory);
        made = Optional.of(stand);
        stand.up();
    }

    @AfterAll
    static void end() throws Exception {
        if (made.isPresent()) {
            made.get().down();
        }
    }

    @BeforeEach
    void fill() throws Exception {
        stand.lab().lab("heal");
        stand.deploy(Map.of());
        stand.awaitAllRun();
        stand.fill();
    }

    private String[] restoring(String... more) {
        List<String> words = new ArrayList<>(List.of("restore", "--confirm", stand.name()));
        words.addAll(List.of(more));
        return words.toArray(new String[0]);
    }

    @Test
    void dataOnSeveralNodesGoesIntoOneRepositoryAndComesBack() throws Exception {
        State before = stand.state();
        stand.succeeds("backup", "run");

        JsonNode backup = stand.newest();
        assertThat(backup.path("complete").asBoolean()).isTrue();
        assertThat(ClusterStand.nodes(backup))
                .containsEntry("quiet volume quiet_data", "n2")
                .containsEntry("web volume web_data", "n1")
                .containsEntry(ClusterStand.FILES, "n3")
                .containsKeys("postgres postgres", "swarm state");
        assertThat(stand.quiesced()).isEqualTo("before\nafter");
        assertThat(stand.stored(backup, "quiet volume quiet_data", "/volume/quiet_data/log"))
                .isEqualTo("before\n");
        assertThat(stand.buckets().copies())
                .isNotEmpty()
                .isEqualTo(stand.buckets().snapshots());
        stand.buckets().checkCopies();

        stand.damage();
        assertThat(stand.state()).isNotEqualTo(before);
        CommandRun.Outcome restored = stand.succeeds(restoring());
        assertThat(restored.out()).contains("Stopped meanwhile: files, quiet, web.", "Restored: 4 parts");
        assertThat(stand.state()).isEqualTo(before);
        assertThat(stand.quiesced()).isEqualTo("before");
        assertThat(stand.jobsLeft()).isEmpty();
    }

    @Test
    void aDrillRestoresOnEveryNodeAndLeavesTheStackAlone() throws Exception {
        State before = stand.state();
        stand.succeeds("backup", "run");
        stand.damage();
        State damaged = stand.state();

        CommandRun.Outcome drill = stand.succeeds("drill");
        assertThat(drill.out()).contains("torn down", "production untouched").doesNotContain("NOT GOOD");
        List<JsonNode> reports = stand.drills();
        JsonNode report = reports.get(reports.size() - 1);
        assertThat(report.path("good").asBoolean()).isTrue();
        assertThat(report.path("checks").findValuesAsText("name"))
                .contains("isolation", "postgres postgres", "web volume web_data", ClusterStand.FILES);
        assertThat(stand.state()).isEqualTo(damaged);
        assertThat(stand.ofTheDrill()).isEmpty();

        stand.succeeds(restoring());
        assertThat(stand.state()).isEqualTo(before);
    }

    @Test
    void aNodeLostDuringABackupLeavesItIncompleteAndTheNextOneSucceeds() throws Exception {
        LiveProcess running = stand.beginJobs(stand.host(), "backup", "run");
        stand.awaitJobAt(running, "volume");
        stand.lab().lab("kill", ClusterStand.FAR);
        LiveProcess.Ended ended = running.ended();
        assertThat(ended.code()).as(ended.err()).isEqualTo(1);
        assertThat(ended.err())
                .contains("the backup is incomplete: " + ClusterStand.FILES + ": its node is down; it was ", " on n3");
        assertThat(stand.jobsLeft()).isEmpty();
        assertThat(stand.replicas()).containsEntry("web", "1/1").containsEntry("quiet", "1/1");

        JsonNode incomplete = stand.newest();
        assertThat(incomplete.path("complete").asBoolean()).isFalse();
        assertThat(incomplete.path("failures"))
                .singleElement()
                .satisfies(failed -> assertThat(ClusterStand.name(failed)).isEqualTo(ClusterStand.FILES));
        assertThat(ClusterStand.nodes(incomplete))
                .containsOnlyKeys("quiet volume quiet_data", "postgres postgres", "web volume web_data", "swarm state");
        assertThat(stand.stored(incomplete, "web volume web_data", "/volume/web_data/sub/two"))
                .isEqualTo("two\n");

        stand.heal();
        ClusterStand.await(
                "the lost job's container to end", () -> stand.jobsRunning().isEmpty());
        stand.succeeds("backup", "run");
        assertThat(stand.newest().path("complete").asBoolean()).isTrue();
        String listed = stand.succeeds("backup", "list").out();
        assertThat(listed).containsPattern(incomplete.path("id").asText() + ".* 1 failed");
        assertThat(listed).containsPattern(stand.newest().path("id").asText() + ".* complete");
        assertThat(stand.stored(stand.newest(), ClusterStand.FILES, "/volume/files_data/kept/round"))
                .isEqualTo(stand.round());
    }

    /** A restore whose node loses power in the middle. */
    private LiveProcess restoringAsANodeIsLost() throws Exception {
        LiveProcess running = stand.beginJobs(stand.host(), restoring());
        stand.awaitJobAt(running, "restore");
        stand.lab().lab("kill", ClusterStand.FAR);
        return running;
    }

    @Test
    void aNodeLostDuringARestoreLeavesServicesStoppedUntilItIsResumed() throws Exception {
        State before = stand.state();
        stand.succeeds("backup", "run");
        stand.damage();
        LiveProcess running = restoringAsANodeIsLost();
        LiveProcess.Ended ended = running.ended();
        assertThat(ended.code()).as(ended.err()).isEqualTo(5);
        assertThat(ended.err())
                .contains("its node is down; it was ", " on n3; and going back failed too: ")
                .contains("files, quiet, web stay stopped. What was there before is in the backup ");
        assertThat(stand.jobsLeft()).isEmpty();

        stand.lab().lab("heal");
        assertThat(stand.replicas())
                .containsEntry("files", "0/0")
                .containsEntry("quiet", "0/0")
                .containsEntry("web", "0/0");
        stand.succeeds(restoring("--resume"));
        assertThat(stand.state()).isEqualTo(before);
        assertThat(stand.jobsLeft()).isEmpty();
    }

    @Test
    void aNodeThatComesBackDuringARestoreHasItGoBack() throws Exception {
        stand.succeeds("backup", "run");
        stand.damage();
        State damaged = stand.state();
        LiveProcess running = restoringAsANodeIsLost();
        stand.lab().lab("heal");
        LiveProcess.Ended ended = running.ended();
        assertThat(ended.code()).as(ended.err()).isEqualTo(4);
        assertThat(ended.err()).contains("What was there before is back, from the safety backup");
        stand.awaitAllRun();
        assertThat(stand.state()).isEqualTo(damaged);
    }

    @Test
    void aRestoreInterruptedAfterTheLossOfANodeIsTakenBack() throws Exception {
        stand.succeeds("backup", "run");
        stand.damage();
        State damaged = stand.state();
        LiveProcess running = restoringAsANodeIsLost();
        running.interrupt();
        LiveProcess.Ended ended = running.ended();
        assertThat(ended.code()).as(ended.err()).isEqualTo(130);
        assertThat(ended.err()).contains("interrupted half-way: files, quiet, web stay stopped", "--resume", "--undo");

        stand.lab().lab("heal");
        assertThat(stand.replicas()).containsEntry("web", "0/0");
        stand.succeeds(restoring("--undo"));
        assertThat(stand.state()).isEqualTo(damaged);
        assertThat(stand.jobsLeft()).isEmpty();
    }

    @Test
    void aConnectionThatIsLostForAWhileDoesNotHurtABackup() throws Exception {
        Path socket = Path.of(stand.host().replaceFirst("^unix://", ""));
        try (EngineDoor door = new EngineDoor(socket)) {
            LiveProcess running = stand.beginJobs(door.host(), "backup", "run");
            stand.awaitJobAt(running, "volume");
            door.shut();
            ClusterStand.await("the job to end while nobody sees it", () -> !stand.jobRuns("volume"));
            assertThat(running.endsWithin(1)).as(running::messages).isFalse();
            door.open();
            LiveProcess.Ended ended = running.ended();
            assertThat(ended.code()).as(ended.err()).isZero();
        }
        assertThat(stand.newest().path("complete").asBoolean()).isTrue();
        assertThat(stand.stored(stand.newest(), ClusterStand.FILES, "/volume/files_data/kept/round"))
                .isEqualTo(stand.round());
        assertThat(stand.jobsLeft()).isEmpty();
    }

    @Test
    void whatAKilledBackupLeftStoppedIsStartedByTheNextOne() throws Exception {
        State before = stand.state();
        LiveProcess running = stand.beginJobs(stand.host(), "backup", "run");
        ClusterStand.await(
                "web to be stopped", () -> "0/0".equals(stand.replicas().get("web")));
        running.kill();
        running.ended();
        assertThat(stand.replicas()).containsEntry("web", "0/0");

        CommandRun.Outcome next = stand.succeeds("backup", "run", "--lock-timeout", "3m");
        assertThat(next.err()).contains("starting what an earlier run left stopped: web");
        assertThat(stand.replicas()).isEqualTo(Map.of("postgres", "1/1", "files", "1/1", "web", "1/1", "quiet", "1/1"));
        assertThat(stand.state()).isEqualTo(before);
        assertThat(stand.newest().path("complete").asBoolean()).isTrue();
        assertThat(stand.jobsLeft()).isEmpty();
    }

    /** The deploy waits until the backup is done; the autoscaler leaves alone what is stopped. */
    @Test
    void aDeployAndTheAutoscalerGoOnWithABackupAndARestore() throws Exception {
        State before = stand.state();
        try (LivePrometheus prometheus = LivePrometheus.start(stand.directory())) {
            Map<String, String> scaled = Map.of(
                    "PROMETHEUS",
                    prometheus.url(),
                    "POLICY",
                    "autoscale: {min: 1, max: 3, metrics: [{prometheus: {query: vector(150), target: 100, reading: average}}]}");
            stand.deploy(scaled);
            LiveProcess autoscaler = stand.begin("autoscale", "run", "-n", stand.name(), "--listen", "127.0.0.1:0");
            try {
                awaitWeb("2/2");
                LiveProcess backup = stand.beginJobs(stand.host(), "backup", "run");
                awaitWeb("0/0");
                stand.file(scaled);
                LiveProcess deploy = stand.begin("deploy", "--lock-timeout", "5m");
                assertEnded(backup);
                assertEnded(deploy);
                awaitWeb("2/2");
                assertThat(stand.newest().path("complete").asBoolean()).isTrue();

                stand.damage();
                assertEnded(stand.beginJobs(stand.host(), restoring()));
                assertThat(stand.state()).isEqualTo(before);
                awaitWeb("2/2");
            } finally {
                autoscaler.interrupt();
            }
            assertThat(autoscaler.ended().out())
                    .containsOnlyOnce("\"outcome\":\"Scaled\"")
                    .contains("\"outcome\":\"Stopped\"");
        } finally {
            stand.deploy(Map.of());
            stand.succeeds("scale", "web=1");
        }
    }

    private void awaitWeb(String replicas) throws Exception {
        ClusterStand.await(
                "web to be " + replicas, () -> replicas.equals(stand.replicas().get("web")));
    }

    private static void assertEnded(LiveProcess process) throws Exception {
        LiveProcess.Ended ended = process.ended();
        assertThat(ended.code()).as(ended.err()).isZero();
    }

    /**
     * What the service {@code wal} of a stack runs.
     *
     * @param process the command
     * @param port where it answers
     */
    private record Receiver(LiveProcess process, int port) {
        double metric(String name) throws InterruptedException {
            return LiveEndpoint.metric(port, "prodstack_wal_" + name);
        }

        /** Waits until all is stored that was committed by then. */
        void awaitStored(Instant committed) throws Exception {
            ClusterStand.await("the log to be stored", () -> LiveEndpoint.hasStored(port, committed));
        }

        void end() throws Exception {
            process.interrupt();
            assertThat(process.ended().code()).as(process::messages).isEqualTo(130);
        }
    }

    private Receiver receive() throws Exception {
        int port = LiveEndpoint.freePort();
        return new Receiver(
                stand.beginJobs(stand.host(), "backup", "wal", "-n", stand.name(), "--listen", Integer.toString(port)),
                port);
    }

    @Test
    void aDatabaseOnAnotherNodeComesBackToAMoment() throws Exception {
        stand.deploy(Map.of("LOG", "wal: {store_every: 2s}"));
        Receiver receiver = receive();
        try {
            ClusterStand.await("the first base backup", () -> receiver.metric("bases_total") == 1);
            stand.succeeds("backup", "run", "--lock-timeout", "5m");
            stand.ask("DELETE FROM orders WHERE id > 10000");
            State then = stand.state();
            String moment = stand.ask(NOW);
            stand.ask("DELETE FROM orders");
            receiver.awaitStored(Instant.parse(stand.ask(NOW)));

            stand.succeeds(restoring("--to-time", moment, "--only", "postgres", "--lock-timeout", "5m"));
            assertThat(stand.state()).isEqualTo(then);
            assertThat(receiver.metric("gaps_total")).isZero();
        } finally {
            receiver.end();
        }
        assertThat(stand.jobsLeft()).isEmpty();
    }

    @Test
    void anotherReceiverTakesOverFromAKilledOneAndNothingIsMissing() throws Exception {
        stand.deploy(Map.of("LOG", "wal: {store_every: 2s}"));
        Receiver first = receive();
        ClusterStand.await("the first base backup", () -> first.metric("bases_total") == 1);
        Receiver second = receive();
        try {
            ClusterStand.await("the second to stand by", () -> second.metric("leader") == 0);
            stand.ask("DELETE FROM orders WHERE id > 15000");
            first.process().kill();
            stand.ask("DELETE FROM orders WHERE id > 10000");
            State then = stand.state();
            String moment = stand.ask(NOW);
            stand.ask("DELETE FROM orders");
            second.awaitStored(Instant.parse(stand.ask(NOW)));
            assertThat(second.metric("leader")).isEqualTo(1);
            assertThat(second.metric("gaps_total")).isZero();
            assertThat(second.metric("bases_total")).as("none was due").isZero();

            stand.succeeds(restoring("--to-time", moment, "--only", "postgres", "--lock-timeout", "5m"));
            assertThat(stand.state()).isEqualTo(then);
        } finally {
            second.end();
        }
        assertThat(stand.jobsLeft()).isEmpty();
    }

    @Test
    void ofTwoThatKeepTheScheduleOneBacksUpCopiesAndDrills() throws Exception {
        stand.succeeds("backup", "run");
        int backups = stand.backups().size();
        int drills = stand.drills().size();
        ZonedDateTime due = ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(2);
        String hourly = due.getMinute() + " * * * *";
        stand.deploy(Map.of("BACKUP_TIMES", hourly, "DRILL_TIMES", hourly));
        List<Integer> ports = List.of(LiveEndpoint.freePort(), LiveEndpoint.freePort());
        List<LiveProcess> keepers = new ArrayList<>();
        try {
            for (int port : ports) {
                keepers.add(stand.beginJobs(
                        stand.host(), "backup", "schedule", "-n", stand.name(), "--listen", Integer.toString(port)));
            }
            ClusterStand.await("the scheduled backup", () -> stand.backups().size() > backups);
            ClusterStand.await("the scheduled drill", () -> stand.drills().size() > drills);
            // The drill takes a backup that is whole, and does not wait for the one that the other makes meanwhile.
            ClusterStand.await(
                    "the copies",
                    () -> stand.buckets().copies().equals(stand.buckets().snapshots()));
            Instant begun = Instant.parse(stand.newest().path("begun").asText());
            // Whoever did not do it has looked again by then, and found nothing due.
            for (int port : ports) {
                ClusterStand.await(
                        "both to know of the drill",
                        () -> LiveEndpoint.metrics(port)
                                .contains("prodstack_drill_last_success{stack=\"" + stand.name() + "\"} 1"));
                ClusterStand.await(
                        "both to know of the backup",
                        () -> LiveEndpoint.metrics(port)
                                .contains("prodstack_backup_last_success_timestamp_seconds{stack=\"" + stand.name()
                                        + "\"} " + begun.getEpochSecond()));
            }
        } finally {
            for (LiveProcess keeper : keepers) {
                keeper.interrupt();
                assertThat(keeper.ended().code()).as(keeper::messages).isEqualTo(130);
            }
        }
        assertThat(keepers.stream().filter(keeper -> keeper.messages().contains("was good")))
                .as("who drilled")
                .hasSize(1);
        assertThat(stand.backups()).hasSize(backups + 1);
        assertThat(stand.drills()).hasSize(drills + 1);
        assertThat(stand.newest().path("complete").asBoolean()).isTrue();
        assertThat(stand.buckets().copies())
                .isNotEmpty()
                .isEqualTo(stand.buckets().snapshots());
        assertThat(stand.jobsLeft()).isEmpty();
        assertThat(stand.ofTheDrill()).isEmpty();
    }
}
