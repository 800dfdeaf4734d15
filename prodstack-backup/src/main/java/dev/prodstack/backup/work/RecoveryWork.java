package dev.prodstack.backup.work;

import dev.prodstack.backup.postgres.DataDirectory;
import dev.prodstack.backup.postgres.Postgres;
import dev.prodstack.backup.postgres.PostgresFacts;
import dev.prodstack.backup.postgres.PostgresRecovery;
import dev.prodstack.backup.postgres.WalStore;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.SnapshotSummary;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What has to do with restores of databases to a moment. */
final class RecoveryWork {
    private static final long PAUSE_MILLIS = 250;

    private RecoveryWork() {}

    static WorkResult fold(Repository repository, Work.FoldWal work) throws IOException, InterruptedException {
        int snapshots = 0;
        for (WalStore store : WalStore.of(repository, work.label().stack())) {
            if (store.line().service().equals(work.label().service())) {
                Optional<StoredSnapshot> folded = store.fold(Worker.origin(work.label()));
                snapshots += folded.isPresent() ? 1 : 0;
            }
        }
        return WorkResult.of(Worker.id(repository), List.of(), Map.of("snapshots", Integer.toString(snapshots)));
    }

    private static PostgresRecovery.Plan plan(Repository repository, String stack, String service, Moment moment)
            throws IOException {
        PostgresRecovery recovery = PostgresRecovery.of(repository, stack, service);
        return Postgres.installed().map(recovery::verifiedBy).orElse(recovery).plan(moment.target());
    }

    static WorkResult plan(Repository repository, Work.PlanRecovery work) throws IOException {
        PostgresRecovery.Plan plan = plan(repository, work.stack(), work.service(), work.moment());
        PostgresRecovery.Span span = plan.span();
        Map<String, String> facts = new TreeMap<>();
        facts.put("moment", plan.moment().toString());
        facts.put("base", span.base().id().toString());
        facts.put("base_time", span.fromTime().toString());
        facts.put("bytes", Long.toString(bytes(span.base())));
        facts.put("log_bytes", Long.toString(plan.logBytes()));
        facts.put("timeline", Integer.toString(span.timeline()));
        facts.put("lsn_from", span.from().toString());
        facts.put("lsn_until", span.until().toString());
        facts.put("until_time", span.untilTime().toString());
        return WorkResult.of(Worker.id(repository), List.of(), facts);
    }

    private static long bytes(StoredSnapshot base) {
        return base.snapshot().summary().map(SnapshotSummary::bytesProcessed).orElse(0L);
    }

    static WorkResult recover(Repository repository, Work.Recover work) throws IOException, InterruptedException {
        PostgresRecovery.Plan plan = plan(repository, work.stack(), work.service(), work.moment());
        Path directory = Path.of(work.directory());
        Files.createDirectories(directory);
        long needed = bytes(plan.span().base()) + plan.logBytes();
        long free = Files.getFileStore(directory).getUsableSpace();
        if (work.old() != DataDirectory.Old.REMOVED && free < needed) {
            throw new IOException("The data directory needs " + needed + " bytes beside what is there, and " + free
                    + " are free. Make room there, or have what is there removed first: --no-safety-backup");
        }
        new DataDirectory(directory).replace(work.old(), plan::into);
        return WorkResult.of(
                Worker.id(repository),
                List.of(),
                Map.of(
                        "bytes", Long.toString(needed),
                        "base", plan.span().base().id().brief(),
                        "timeline", Integer.toString(plan.span().timeline())));
    }

    static WorkResult settle(Work.SettleRecovery work) throws IOException {
        DataDirectory directory = new DataDirectory(Path.of(work.directory()));
        if (work.putBack()) {
            directory.putBack();
        } else {
            directory.keepNew();
        }
        return WorkResult.of("", List.of(), Map.of());
    }

    static WorkResult await(Work.AwaitWrites work) throws IOException, InterruptedException {
        Postgres postgres = ServerWork.postgres(work.server());
        Instant begun = Instant.now();
        while (true) {
            IOException failed;
            try {
                if (PostgresFacts.takesWrites(postgres)) {
                    return WorkResult.of("", List.of(), Map.of());
                }
                failed = new IOException("PostgreSQL at " + postgres.server() + " still replays log.");
            } catch (IOException e) {
                failed = e;
            }
            if (Duration.between(begun, Instant.now()).toSeconds() >= work.seconds()) {
                throw new IOException(
                        "Waited " + work.seconds() + " s for the server to take writes. " + failed.getMessage()
                                + " See the server's log: prodstack logs.",
                        failed);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
