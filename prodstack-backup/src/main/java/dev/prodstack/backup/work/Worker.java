package dev.prodstack.backup.work;

import dev.prodstack.backup.Backup;
import dev.prodstack.backup.browse.Entry;
import dev.prodstack.backup.browse.SnapshotFiles;
import dev.prodstack.backup.check.Check;
import dev.prodstack.backup.check.CheckReport;
import dev.prodstack.backup.check.Finding;
import dev.prodstack.backup.check.Subset;
import dev.prodstack.backup.progress.Progress;
import dev.prodstack.backup.repository.HeldLock;
import dev.prodstack.backup.repository.NoRepositoryException;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.server.Origin;
import dev.prodstack.backup.server.StoredPart;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.source.DirectorySource;
import dev.prodstack.backup.source.StreamSource;
import dev.prodstack.backup.source.Unread;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Does the work of a job, in the job. */
public final class Worker {
    /** The kind of the snapshots that hold records of backups. */
    static final String MANIFEST = "manifest";

    /**
     * How long a work waits for a lock of the repository: where several stacks share one, or a log's receiver, one
     * stores while another prunes.
     */
    public static final Duration LOCK_PATIENCE = Duration.ofMinutes(30);

    /** Begins the line that says which lock is waited for. */
    public static final String WAITING = "waiting ";

    private static final String MANIFEST_FILE = "/manifest.json";
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Consumer<String> lines;
    private final List<String> notes = new ArrayList<>();
    private Duration due = Duration.ZERO;

    private Worker(Consumer<String> lines) {
        this.lines = lines;
    }

    /**
     * Does it, and tells the lines that {@link WorkJson#result} reads.
     *
     * @param lines is told each line; those before the last say how far it is
     * @throws IOException if it cannot be done; the message is for people
     */
    public static void perform(Work work, Consumer<String> lines) throws IOException, InterruptedException {
        Worker worker = new Worker(lines);
        WorkResult result = worker.perform(work);
        WorkJson.lines(result).forEach(lines);
    }

    private WorkResult perform(Work work) throws IOException, InterruptedException {
        if (work instanceof Work.Prepare prepare) {
            return prepare(prepare);
        } else if (work instanceof Work.SettleRecovery settle) {
            return RecoveryWork.settle(settle);
        } else if (work instanceof Work.AwaitWrites await) {
            return RecoveryWork.await(await);
        } else if (work instanceof Work.ReceiveWal receive) {
            return ReceiveWork.of(receive, lines).run();
        }
        if (work instanceof Work.Ask ask) {
            return Compare.ask(ask);
        }
        try (Repository repository = work.repository().open()) {
            patient(repository);
            if (work instanceof Work.StoreFiles files) {
                return stored(repository, storeFiles(repository, files));
            } else if (work instanceof Work.StoreText text) {
                return stored(repository, storeText(repository, text));
            } else if (work instanceof Work.StoreServer server) {
                return stored(repository, ServerWork.store(repository, origin(server.label()), server.server()));
            } else if (work instanceof Work.RestoreFiles files) {
                return restoreFiles(repository, files);
            } else if (work instanceof Work.RestoreServer server) {
                return restoreServer(repository, server);
            } else if (work instanceof Work.CompareFiles files) {
                return Compare.files(repository, files);
            } else if (work instanceof Work.CompareServer server) {
                return Compare.server(repository, server);
            } else if (work instanceof Work.ListBackups list) {
                return list(repository, list.stack());
            } else if (work instanceof Work.Verify verify) {
                return verify(repository, verify);
            } else if (work instanceof Work.Forget forget) {
                return Retained.forget(repository, forget);
            } else if (work instanceof Work.CopyOffsite copy) {
                return Retained.copy(repository, copy, this::patient);
            } else if (work instanceof Work.FoldWal fold) {
                return RecoveryWork.fold(repository, fold);
            } else if (work instanceof Work.PlanRecovery plan) {
                return RecoveryWork.plan(repository, plan);
            } else if (work instanceof Work.Recover recover) {
                return RecoveryWork.recover(repository, recover);
            }
        }
        throw new IllegalArgumentException("no such work: " + work);
    }

    private void patient(Repository repository) {
        repository.waitForLocks(LOCK_PATIENCE, locked -> lines.accept(WAITING + locked.getMessage()));
    }

    static String id(Repository repository) {
        return repository.config().id().toString();
    }

    static Origin origin(Work.Label label) {
        return new Origin(label.stack(), label.service(), label.source().replace(',', '_'), label.backup());
    }

    private static WorkResult prepare(Work.Prepare prepare) throws IOException {
        try (Repository repository = prepare.repository().open()) {
            return WorkResult.of(id(repository), List.of(), Map.of());
        } catch (NoRepositoryException e) {
            if (!prepare.make()) {
                throw e;
            }
            try (Repository repository = prepare.repository().init()) {
                return WorkResult.of(id(repository), List.of(), Map.of("made", "yes"));
            }
        }
    }

    private WorkResult stored(Repository repository, List<StoredPart> parts) throws IOException {
        repository.loadIndex();
        List<WorkResult.Stored> stored = new ArrayList<>();
        for (StoredPart part : parts) {
            List<String> ids = part.snapshots().stream().map(Object::toString).toList();
            stored.add(new WorkResult.Stored(
                    part.kind(),
                    ids,
                    part.bytesRead(),
                    part.bytesStored(),
                    part.begun().toString(),
                    part.ended().toString(),
                    part.facts(),
                    Digest.of(repository, snapshots(repository, ids))));
        }
        return new WorkResult(id(repository), stored, List.of(), notes, Map.of());
    }

    private List<StoredPart> storeFiles(Repository repository, Work.StoreFiles work)
            throws IOException, InterruptedException {
        Path root = Path.of(work.path());
        AtomicLong missing = new AtomicLong();
        List<String> exclude = work.exclude().stream()
                .map(pattern -> work.path() + "/" + pattern.replaceFirst("^/+", ""))
                .toList();
        Origin origin = origin(work.label());
        StoredSnapshot snapshot = origin.backup(DirectorySource.at(root).excluding(exclude), "files")
                .compressed(work.repository().hardness())
                .telling(unread -> {
                    if (unread.kind() == Unread.Kind.MISSING) {
                        missing.incrementAndGet();
                    }
                    note(unread.path() + " " + unread.reason());
                })
                .showing(this::progress)
                .to(repository);
        Map<String, String> facts = new TreeMap<>();
        facts.put(
                "files",
                Long.toString(
                        snapshot.snapshot().summary().orElseThrow().files().total()));
        facts.put("path", work.path());
        if (missing.get() > 0) {
            facts.put("missing", Long.toString(missing.get()));
        }
        return List.of(StoredPart.of(origin, "files", List.of(snapshot), facts));
    }

    private static List<StoredPart> storeText(Repository repository, Work.StoreText work)
            throws IOException, InterruptedException {
        Origin origin = origin(work.label());
        Backup backup = origin.backup(
                StreamSource.named(
                        work.name(), new ByteArrayInputStream(work.text().getBytes(StandardCharsets.UTF_8))),
                work.kind());
        return List.of(StoredPart.of(origin, work.kind(), List.of(backup.to(repository)), Map.of()));
    }

    private WorkResult restoreFiles(Repository repository, Work.RestoreFiles work)
            throws IOException, InterruptedException {
        StoredSnapshot snapshot =
                snapshots(repository, work.snapshots()).stream().findFirst().orElseThrow();
        Map<String, String> facts =
                FileRestore.of(repository, snapshot).into(Path.of(work.path()), this::note, this::progress);
        return WorkResult.of(id(repository), notes, facts);
    }

    private WorkResult restoreServer(Repository repository, Work.RestoreServer work)
            throws IOException, InterruptedException {
        StoredSnapshot snapshot =
                snapshots(repository, work.snapshots()).stream().findFirst().orElseThrow();
        return WorkResult.of(id(repository), notes, ServerWork.restore(repository, work, snapshot));
    }

    static List<StoredSnapshot> snapshots(Repository repository, List<String> ids) throws IOException {
        Map<String, StoredSnapshot> known = new TreeMap<>();
        for (StoredSnapshot stored : repository.snapshots()) {
            known.put(stored.id().toString(), stored);
            stored.snapshot().original().ifPresent(id -> known.put(id.toString(), stored));
        }
        List<StoredSnapshot> found = new ArrayList<>();
        for (String id : ids) {
            found.add(Optional.ofNullable(known.get(id))
                    .orElseThrow(() -> new IOException("The repository at " + repository.location()
                            + " has no snapshot " + id + ", which the backup needs. Choose another backup.")));
        }
        return found;
    }

    private WorkResult list(Repository repository, String stack) throws IOException {
        List<String> records = new ArrayList<>();
        List<StoredSnapshot> manifests = Retained.manifests(repository, stack);
        HeldLock lock = repository.lockShared();
        try (lock) {
            repository.loadIndex();
            for (StoredSnapshot stored : manifests) {
                SnapshotFiles files = SnapshotFiles.of(repository, stored);
                Optional<Entry> entry = files.find(MANIFEST_FILE);
                if (entry.isPresent()) {
                    ByteArrayOutputStream content = new ByteArrayOutputStream();
                    files.content(entry.get().node(), content);
                    records.add(content.toString(StandardCharsets.UTF_8));
                }
            }
        }
        return new WorkResult(id(repository), List.of(), records, notes, Map.of());
    }

    private WorkResult verify(Repository repository, Work.Verify work) throws IOException, InterruptedException {
        snapshots(repository, work.snapshots());
        Check check = Check.of(repository).showing(this::progress);
        CheckReport report = (work.part() == 0 ? check : check.readingData(new Subset(work.part(), work.of()))).run();
        List<Finding> faults = report.findings().stream()
                .filter(finding -> finding.kind().isFault())
                .toList();
        if (!faults.isEmpty()) {
            throw new IOException("The repository at " + repository.location() + " is damaged: " + faults.get(0)
                    + (faults.size() > 1 ? ", and " + (faults.size() - 1) + " more" : "")
                    + ". prodstack repo check says which files that affects.");
        }
        Map<String, String> facts = new TreeMap<>();
        facts.put("snapshots", Long.toString(report.snapshots()));
        facts.put("packs", Long.toString(report.packs()));
        facts.put("packs_read", Long.toString(report.packsRead()));
        return WorkResult.of(id(repository), notes, facts);
    }

    private synchronized void note(String text) {
        if (notes.size() < 50) {
            notes.add(text);
        }
    }

    private synchronized void progress(Progress progress) {
        if (progress.elapsed().compareTo(due) >= 0) {
            due = progress.elapsed().plus(PAUSE);
            lines.accept("progress " + progress.files() + " " + progress.bytes() + " "
                    + progress.totalBytes().orElse(0L) + " " + Instant.now());
        }
    }
}
