package dev.prodstack.backup.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.backup.work.Moment;
import dev.prodstack.core.backup.BackupManifest;
import dev.prodstack.core.backup.BackupPart;
import dev.prodstack.core.backup.BackupRecord;
import dev.prodstack.core.backup.BackupRecord.Purpose;
import dev.prodstack.core.cluster.ClusterJobs;
import dev.prodstack.core.cluster.JobOrder;
import dev.prodstack.core.cluster.JobResult;
import dev.prodstack.core.cluster.StackControl;
import dev.prodstack.core.compose.ComposeFile;
import dev.prodstack.core.compose.ComposeSource;
import dev.prodstack.core.stack.Service;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.core.value.Data;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which parts a restore to a moment is made of, in which order, and what is stopped. */
class PointInTimeTest {
    private static final String FILE = """
            name: shop
            services:
              postgres:
                image: postgres
                environment: {PGDATA: /var/lib/postgresql/data/here}
                volumes: ["pg:/var/lib/postgresql/data"]
                x-prodstack: {backup: [{postgres: {password_secret: p, dump: {}, wal: {}}}]}
              web:
                image: web
                depends_on: [postgres]
                volumes: ["uploads:/uploads"]
                x-prodstack: {backup: [{volume: {name: uploads}}]}
              page: {image: page, depends_on: [web]}
              other: {image: other}
            volumes: {pg: {}, uploads: {}}
            secrets: {p: {external: true}}
            x-prodstack: {backup: {repository: {directory: /backups, password_secret: p}}}
            """;
    private static final Moment MOMENT = Moment.at(Instant.parse("2026-11-26T10:30:00Z"));
    private static final String BASE = "4983f4db".repeat(8);

    @TempDir
    private Path directory = Path.of("");

    private final Jobs jobs = new Jobs();
    private Optional<StackRestore> restore = Optional.empty();
    private Optional<Stack> stack = Optional.empty();

    /** A cluster whose jobs find the moment, or do not. */
    private static final class Jobs implements ClusterJobs {
        private final List<String> inputs = new ArrayList<>();
        private String failure = "";

        @Override
        public JobResult run(JobOrder order, Consumer<String> lines) {
            inputs.add(order.input());
            if (!failure.isEmpty()) {
                return new JobResult(JobResult.Ending.FAILED, 1, "", "n1", List.of(), List.of("error: " + failure));
            }
            return new JobResult(
                    JobResult.Ending.DONE,
                    0,
                    "",
                    "n1",
                    List.of("result {\"repository\":\"r\",\"stored\":[],\"backups\":[],\"notes\":[],\"facts\":{"
                            + "\"moment\":\"2026-11-26T10:30:00Z\",\"base\":\"" + BASE
                            + "\",\"base_time\":\"2026-11-26T02:00:14Z\",\"bytes\":\"1000\",\"log_bytes\":\"24\","
                            + "\"lsn_from\":\"0/3000000\",\"lsn_until\":\"0/5000000\","
                            + "\"until_time\":\"2026-11-26T10:31:00Z\"}}"),
                    List.of());
        }

        @Override
        public List<Node> nodesWith(String stack, String volume) {
            return List.of(new Node("id", "n1"));
        }

        @Override
        public int removeOrphans(String stack) {
            return 0;
        }

        @Override
        public int end(String stack, Set<String> purposes) {
            return 0;
        }
    }

    private static final class Control implements StackControl {
        @Override
        public Set<String> stop(String stack, Set<String> services, Occasion occasion, Duration deadline) {
            return services;
        }

        @Override
        public void start(String stack, Set<String> services, Duration deadline) {
            // Nothing runs here.
        }

        @Override
        public Set<String> stopped(String stack) {
            return Set.of();
        }

        @Override
        public Map<String, String> troubles(String stack, Set<String> services) {
            return Map.of();
        }

        @Override
        public void runInside(
                String stack, String service, String node, List<String> command, String image, Duration deadline) {
            // Nothing runs here.
        }

        @Override
        public Data describe(String stack) {
            return Data.of(Map.of());
        }
    }

    @BeforeEach
    void begin() throws IOException {
        Path file = Files.writeString(directory.resolve("compose.yaml"), FILE);
        Stack read = ComposeFile.load(ComposeSource.of(file)).stack();
        stack = Optional.of(read);
        restore = Optional.of(new StackRestore(
                read,
                read.operations().backup().orElseThrow(),
                "image",
                new Cluster(jobs, new Control(), new MemoryStore(), "me"),
                event -> {}));
    }

    private static BackupPart part(String service, String source, String kind) {
        return new BackupPart(
                service,
                source,
                kind,
                "n1",
                List.of("a".repeat(64)),
                10,
                1,
                Instant.EPOCH,
                Instant.EPOCH,
                Map.of(),
                "");
    }

    private static BackupRecord backup(String id, String ended, Purpose purpose) {
        return new BackupManifest(
                "shop",
                id,
                purpose,
                Instant.parse(ended).minusSeconds(60),
                Instant.parse(ended),
                Optional.empty(),
                List.of(
                        part("postgres", "postgres", "dump"),
                        part("postgres", "postgres", "base"),
                        part("web", "volume uploads", "files"),
                        part("swarm", "state", "state")));
    }

    private static final List<BackupRecord> BACKUPS = List.of(
            backup("older", "2026-11-25T02:10:00Z", Purpose.BACKUP),
            backup("before", "2026-11-26T02:10:00Z", Purpose.BACKUP),
            backup("safety", "2026-11-26T09:00:00Z", Purpose.SAFETY),
            backup("after", "2026-11-26T10:30:01Z", Purpose.BACKUP));

    private RestorePlan plan(List<BackupRecord> backups, String... only) throws IOException {
        return restore.orElseThrow()
                .planTo(
                        MOMENT,
                        "shop",
                        backups,
                        part -> only.length == 0 || List.of(only).contains(part.service()));
    }

    @Test
    void theDatabaseIsOfTheMomentAndAllElseOfTheNewestBackupThatHadEndedByThen() throws Exception {
        RestorePlan plan = plan(BACKUPS);

        assertThat(plan.obstacles()).isEmpty();
        assertThat(plan.moment()).contains(new RestorePlan.ToMoment(MOMENT, Optional.of("before")));
        assertThat(plan.steps())
                .extracting(step -> step.part().name())
                .containsExactly("postgres postgres", "web volume uploads");
        assertThat(plan.steps().get(0).part().snapshots()).containsExactly(BASE);
        assertThat(plan.steps().get(0).replaces())
                .contains("base backup 4983f4db of 2026-11-26T02:00:14Z", "log 0/3000000 .. 0/5000000");
        assertThat(plan.stops()).containsExactlyInAnyOrder("postgres", "web", "page");
        assertThat(jobs.inputs).singleElement().asString().contains("PlanRecovery", "2026-11-26T10:30:00Z");
    }

    @Test
    void withoutABackupBeforeTheDatabaseAloneCanBeRestored() throws Exception {
        assertThat(plan(List.of()).obstacles())
                .singleElement()
                .asString()
                .contains("no whole backup had ended by 2026-11-26T10:30:00Z that has web volume uploads", "--only");
        RestorePlan alone = plan(List.of(), "postgres");
        assertThat(alone.obstacles()).isEmpty();
        assertThat(alone.steps()).extracting(step -> step.part().name()).containsExactly("postgres postgres");
        assertThat(alone.moment()).contains(new RestorePlan.ToMoment(MOMENT, Optional.empty()));
        assertThat(plan(BACKUPS, "postgres").moment().orElseThrow().others()).isEmpty();
    }

    @Test
    void aMomentThatCannotBeReachedIsRefusedWithWhatCan() {
        jobs.failure = "PostgreSQL of postgres cannot be restored to then. Reachable: this .. that.";
        assertThatThrownBy(() -> plan(BACKUPS)).isInstanceOf(WorkFailure.class).hasMessageContaining("Reachable: this");
        assertThatThrownBy(() -> plan(BACKUPS, "web"))
                .isInstanceOf(WorkFailure.class)
                .hasMessageContaining("no database is meant whose log is kept");
    }

    @Test
    void whatGoesBackIsTheDirectoryAndNotTheDump() {
        StackRestore.Unfinished unfinished = new StackRestore.Unfinished(
                "before",
                "safety",
                List.of("postgres postgres", "web volume uploads"),
                1,
                List.of("postgres", "web"),
                Optional.of(MOMENT));

        RestorePlan back = restore.orElseThrow().planBack(unfinished, BACKUPS.get(2));

        assertThat(back.obstacles()).isEmpty();
        assertThat(back.steps())
                .extracting(step -> step.part().name() + " " + step.replaces())
                .containsExactly(
                        "postgres postgres its data directory is what it was before",
                        "web volume uploads its files are made as they were; others are removed");
        assertThat(back.stops()).contains("postgres", "web", "page");
    }

    @Test
    void aJournalRemembersTheMoment() {
        MemoryStore store = new MemoryStore();
        Journal journal =
                new Journal("b", "shop", "s", List.of("web"), List.of("web volume x"), 1, Optional.of(MOMENT));
        journal.write(store, "shop");
        assertThat(Journal.read(store, "shop")).contains(journal);
        assertThat(journal.withDone(2).moment()).contains(MOMENT);
    }

    @Test
    void theDataDirectoryIsWherePgdataIs() {
        assertThat(DataPlace.of(service("postgres"))).contains(new DataPlace("pg", "here"));
        assertThat(new DataPlace("pg", "here").path()).isEqualTo("/server/here");
        assertThat(DataPlace.of(service("web"))).isEmpty();
    }

    private Service service(String name) {
        return Optional.ofNullable(stack.orElseThrow().services().get(name)).orElseThrow();
    }
}
