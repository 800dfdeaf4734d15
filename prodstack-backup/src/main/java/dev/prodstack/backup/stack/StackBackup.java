package dev.prodstack.backup.stack;

import dev.prodstack.backup.work.Work;
import dev.prodstack.backup.work.WorkResult;
import dev.prodstack.core.backup.BackupManifest;
import dev.prodstack.core.backup.BackupPart;
import dev.prodstack.core.backup.BackupPlan;
import dev.prodstack.core.backup.BackupRecord;
import dev.prodstack.core.backup.BackupRecord.Purpose;
import dev.prodstack.core.backup.BackupSource;
import dev.prodstack.core.backup.BackupSource.Consistency;
import dev.prodstack.core.backup.IncompleteBackup;
import dev.prodstack.core.backup.ManifestJson;
import dev.prodstack.core.cluster.ClusterException;
import dev.prodstack.core.cluster.ClusterJobs.Node;
import dev.prodstack.core.cluster.Uninterruptibly;
import dev.prodstack.core.stack.Service;
import dev.prodstack.core.stack.Stack;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Backs a stack up: {@code new StackBackup(stack, plan, image, cluster, events).run(Optional.empty())}.
 *
 * <p>Sources that the plan orders are read one after the other, the others afterwards and three at a time. A part that
 * fails leaves the others as they are; there is a manifest only if none did. Nothing of it is left in the cluster by a
 * thread that is interrupted.
 */
public final class StackBackup {
    private static final int AT_A_TIME = 3;
    private static final Duration SHORT = Duration.ofMinutes(10);
    private static final Duration STARTING = Duration.ofMinutes(10);
    private static final Duration LEAVING = Duration.ofMinutes(15);
    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Stack stack;
    private final BackupPlan settings;
    private final Cluster cluster;
    private final Consumer<StackEvent> events;
    private final StackWork work;
    private final PartBackup single;
    private final StackChanges changes;
    private final OffsiteCopy copy;

    /**
     * Prepares; nothing is asked yet.
     *
     * @param image the image of prodstack that jobs run in
     * @param events is told what happens, from several threads, one at a time
     */
    public StackBackup(Stack stack, BackupPlan settings, String image, Cluster cluster, Consumer<StackEvent> events) {
        this.stack = stack;
        this.settings = settings;
        this.cluster = cluster;
        this.events = event -> {
            synchronized (this) {
                events.accept(event);
            }
        };
        this.work = new StackWork(stack, settings, image, cluster.jobs(), this.events);
        this.changes = new StackChanges(cluster, stack.name());
        this.single = new PartBackup(stack, work, cluster.control(), changes, this.events);
        this.copy = new OffsiteCopy(stack, settings, image, cluster, this.events);
    }

    /**
     * What would be read.
     *
     * @param which sources that are meant, by {@code service source} or service alone
     * @throws ClusterException if the cluster cannot be asked
     */
    public StackBackupPlan plan(Predicate<StackBackupPlan.Part> which) {
        List<String> warnings = new ArrayList<>();
        List<StackBackupPlan.Part> parts = new ArrayList<>();
        for (Service service : stack.services().values()) {
            for (BackupSource source :
                    service.operations().backup().map(its -> its.sources()).orElse(List.of())) {
                List<Node> nodes = PartWork.volume(source)
                        .map(key -> cluster.jobs().nodesWith(stack.name(), Names.volume(stack, key)))
                        .orElse(List.of());
                parts.add(new StackBackupPlan.Part(service.name(), source, nodes));
                warn(service, source, nodes, warnings);
            }
        }
        parts.removeIf(which.negate());
        long nodes = parts.stream()
                .flatMap(part -> part.nodes().stream())
                .map(Node::id)
                .distinct()
                .count();
        if (RepositoryPlace.isOnNodes(settings.repository()) && nodes > 1) {
            warnings.add("the repository is a directory, and data is on " + nodes
                    + " nodes: each needs the same directory there (NFS, say), or use a repository on S3");
        }
        List<String> order = settings.order();
        List<StackBackupPlan.Part> ordered = parts.stream()
                .filter(part -> order.contains(part.service()))
                .sorted(Comparator.comparingInt(part -> order.indexOf(part.service())))
                .toList();
        List<StackBackupPlan.Part> others =
                parts.stream().filter(part -> !order.contains(part.service())).toList();
        return new StackBackupPlan(stack.name(), ordered, others, warnings);
    }

    private static void warn(Service service, BackupSource source, List<Node> nodes, List<String> warnings) {
        String name = service.name() + " " + source.name();
        if (PartWork.volume(source).isPresent() && nodes.isEmpty()) {
            warnings.add(name + ": no task ever mounted it, so it cannot be found: deploy the stack first");
        }
        if (source instanceof BackupSource.Volume volume && volume.consistency() == Consistency.WithService.STOPPED) {
            warnings.add(name + ": " + service.name() + " is stopped while it is read");
        }
        if (source instanceof BackupSource.RabbitMq) {
            warnings.add(name + ": definitions, not messages");
        }
    }

    /** A name for a backup that begins now. */
    static String newId(Instant now) {
        return ID.format(now) + "-" + UUID.randomUUID().toString().substring(0, 4);
    }

    /**
     * Does it, and what comes after: retention, verification, the copy in another place.
     *
     * @param release the number of the release that runs
     * @throws IOException if the repository cannot be used; nothing was stored
     * @throws CancellationException if the thread is interrupted while a job runs: it was ended, and services that were
     *     stopped are started again
     * @throws BusyException if somebody else is at it
     * @throws ClusterException if the cluster cannot be asked
     */
    public BackupReport run(StackBackupPlan plan, Optional<Integer> release) throws IOException, InterruptedException {
        try (StackClaim claim = StackClaim.take(cluster, stack.name(), "backup")) {
            return run(plan, release, claim);
        }
    }

    /**
     * Does it if the schedule says so and nobody else did.
     *
     * @param since since when anybody looks
     * @return how it went; empty if it was not due
     * @throws IOException if the repository cannot be used; nothing was stored
     * @throws BusyException if somebody else is at it
     */
    public Optional<BackupReport> runIfDue(Instant since, Instant now, Optional<Integer> release)
            throws IOException, InterruptedException {
        if (!isDue(since, now)) {
            return Optional.empty();
        }
        try (StackClaim claim = StackClaim.take(cluster, stack.name(), "backup")) {
            // Whoever had the claim until now may have done it.
            return isDue(since, now) ? Optional.of(run(plan(part -> true), release, claim)) : Optional.empty();
        }
    }

    private boolean isDue(Instant since, Instant now) {
        Instant last = BackupState.read(cluster.store(), stack.name())
                .instant(BackupState.BEGUN)
                .orElse(since);
        return Agenda.isDue(settings.schedule(), last, now);
    }

    /** When the last backup that succeeded began. */
    public Optional<Instant> lastSuccess() {
        return BackupState.read(cluster.store(), stack.name()).instant(BackupState.SUCCEEDED);
    }

    private BackupReport run(StackBackupPlan plan, Optional<Integer> release, StackClaim claim)
            throws IOException, InterruptedException {
        LeftJobs.end(cluster, stack.name());
        refuseWhatIsHalfRestored();
        restartWhatIsLeft();
        Instant begun = Instant.now();
        BackupState.put(cluster.store(), stack.name(), Map.of(BackupState.BEGUN, begun.toString()));
        prepare();
        BackupRecord backup = store(plan, Purpose.BACKUP, release, claim);
        List<BackupReport.Step> after = new ArrayList<>();
        if (backup instanceof BackupManifest) {
            BackupState.put(cluster.store(), stack.name(), Map.of(BackupState.SUCCEEDED, begun.toString()));
            claim.check();
            PointInTime.logged(stack)
                    .keySet()
                    .forEach(service -> after.add(
                            step("log of " + service, () -> Aftercare.fold(work, stack, service, backup.id()))));
            after.add(step("retention", () -> Aftercare.retain(work, stack, settings.retention())));
            after.add(step("verify", () -> Aftercare.verify(work, settings.verification(), List.of())));
            settings.offsite()
                    .filter(offsite -> offsite.schedule().isEmpty())
                    .ifPresent(offsite -> after.add(step("offsite", () -> copy.run(offsite))));
        }
        return new BackupReport(backup, after);
    }

    private void refuseWhatIsHalfRestored() throws WorkFailure {
        Optional<Journal> unfinished = Journal.read(cluster.store(), stack.name());
        if (unfinished.isPresent()) {
            throw new WorkFailure("a restore of " + unfinished.get().backup() + " was interrupted and never ended, so"
                    + " what is there may be half restored: finish it with prodstack restore --resume, or go back with"
                    + " --undo, and back up then");
        }
    }

    /** A run that was killed may have left services stopped. */
    private void restartWhatIsLeft() {
        if (cluster.control().stopped(stack.name()).isEmpty()) {
            return;
        }
        try (StackChanges.Turn turn = changes.begin("start what a backup left stopped", PartBackup.A_DEPLOY)) {
            Set<String> left = cluster.control().stopped(stack.name());
            events.accept(new StackEvent.Note(
                    "backup", "starting what an earlier run left stopped: " + String.join(", ", left)));
            turn.check();
            cluster.control().start(stack.name(), left, STARTING);
        }
    }

    /** Something that is done after a backup. */
    interface Act {
        Map<String, String> run() throws IOException;
    }

    private BackupReport.Step step(String name, Act act) {
        Instant begun = Instant.now();
        events.accept(new StackEvent.Begun(name));
        try {
            Map<String, String> facts = act.run();
            Duration took = Duration.between(begun, Instant.now());
            events.accept(new StackEvent.Done(name, words(facts), took));
            return new BackupReport.Step(name, "", words(facts), took);
        } catch (IOException | ClusterException e) {
            String reason = String.valueOf(e.getMessage());
            events.accept(new StackEvent.Failed(name, reason));
            return new BackupReport.Step(name, reason, "", Duration.between(begun, Instant.now()));
        }
    }

    private static String words(Map<String, String> facts) {
        return String.join(
                ", ",
                facts.entrySet().stream()
                        .map(fact -> fact.getKey().replace('_', ' ') + " " + fact.getValue())
                        .toList());
    }

    /**
     * Opens the repository, which is made the first time. A repository that the cluster remembers and that is not there
     * is a mistake: a network file system that is not mounted, say.
     */
    void prepare() throws IOException {
        Optional<String> known = BackupState.read(cluster.store(), stack.name()).get(BackupState.REPOSITORY);
        WorkResult result = work.run(
                        StackWork.Place.anywhere("prepare", SHORT), access -> new Work.Prepare(access, known.isEmpty()))
                .result();
        if (known.isPresent() && !known.get().equals(result.repository())) {
            throw new WorkFailure("the repository is " + result.repository().substring(0, 8) + ", but backups of "
                    + stack.name() + " went to " + known.get().substring(0, 8)
                    + " so far: see whether the right directory is mounted on every node");
        }
        if (known.isEmpty()) {
            BackupState.put(cluster.store(), stack.name(), Map.of(BackupState.REPOSITORY, result.repository()));
        }
    }

    /** Stores the parts and a record of them. */
    BackupRecord store(StackBackupPlan plan, Purpose purpose, Optional<Integer> release, StackClaim claim)
            throws IOException, InterruptedException {
        Instant begun = Instant.now();
        String id = newId(begun);
        List<BackupPart> parts = Collections.synchronizedList(new ArrayList<>());
        List<IncompleteBackup.Failed> failures = Collections.synchronizedList(new ArrayList<>());
        for (StackBackupPlan.Part part : plan.ordered()) {
            claim.check();
            store(part, id, parts, failures);
        }
        sideBySide(plan.others(), part -> store(part, id, parts, failures));
        if (purpose == Purpose.BACKUP) {
            storeCluster("state", failures, () -> parts.addAll(single.state(id)));
            if (!settings.secrets().isEmpty()) {
                storeCluster("secrets", failures, () -> parts.addAll(single.secrets(settings.secrets(), id)));
            }
        }
        claim.check();
        BackupRecord backup = record(id, purpose, begun, release, parts, failures);
        work.run(
                StackWork.Place.anywhere("manifest", SHORT),
                access -> new Work.StoreText(
                        access,
                        new Work.Label(stack.name(), BackupPart.CLUSTER, "manifest", id),
                        "manifest",
                        "manifest.json",
                        ManifestJson.encode(backup)));
        return backup;
    }

    private static void sideBySide(List<StackBackupPlan.Part> parts, Consumer<StackBackupPlan.Part> work)
            throws IOException, InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            List<Future<?>> running = new ArrayList<>();
            parts.forEach(part -> running.add(pool.submit(() -> work.accept(part))));
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CancellationException cancelled) {
                throw cancelled;
            }
            throw new IOException("a part could not even be tried: " + e.getCause(), e);
        } finally {
            pool.shutdownNow();
            Uninterruptibly.run(() -> awaitEnd(pool));
        }
    }

    /** Jobs are removed and services started again by the threads that were at it, before anybody goes on. */
    private static void awaitEnd(ExecutorService pool) {
        try {
            if (!pool.awaitTermination(LEAVING.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("what reads parts did not end within " + LEAVING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private BackupRecord record(
            String id,
            Purpose purpose,
            Instant begun,
            Optional<Integer> release,
            List<BackupPart> parts,
            List<IncompleteBackup.Failed> failures) {
        List<BackupPart> sorted =
                parts.stream().sorted(Comparator.comparing(BackupPart::begun)).toList();
        return failures.isEmpty()
                ? new BackupManifest(stack.name(), id, purpose, begun, Instant.now(), release, sorted)
                : new IncompleteBackup(stack.name(), id, purpose, begun, Instant.now(), sorted, failures);
    }

    private interface Storing {
        void store() throws IOException;
    }

    private static void storeCluster(String source, List<IncompleteBackup.Failed> failures, Storing storing) {
        try {
            storing.store();
        } catch (IOException | ClusterException e) {
            failures.add(new IncompleteBackup.Failed(BackupPart.CLUSTER, source, String.valueOf(e.getMessage())));
        }
    }

    private void store(
            StackBackupPlan.Part part, String id, List<BackupPart> parts, List<IncompleteBackup.Failed> failures) {
        Instant begun = Instant.now();
        events.accept(new StackEvent.Begun(part.name()));
        try {
            List<BackupPart> its = single.store(part, id);
            parts.addAll(its);
            long read = its.stream().mapToLong(BackupPart::bytesRead).sum();
            long stored = its.stream().mapToLong(BackupPart::bytesStored).sum();
            events.accept(new StackEvent.Done(
                    part.name(), read + " bytes read, " + stored + " added", Duration.between(begun, Instant.now())));
        } catch (CancellationException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            String reason = String.valueOf(e.getMessage());
            failures.add(
                    new IncompleteBackup.Failed(part.service(), part.source().name(), reason));
            events.accept(new StackEvent.Failed(part.name(), reason));
        }
    }

    /**
     * The backups that there are, oldest first.
     *
     * @throws IOException if the repository cannot be read
     */
    public List<BackupRecord> list() throws IOException {
        WorkResult result = work.run(
                        StackWork.Place.anywhere("list", SHORT), access -> new Work.ListBackups(access, stack.name()))
                .result();
        List<BackupRecord> records = new ArrayList<>();
        result.backups().forEach(text -> records.add(ManifestJson.decode(text)));
        return records;
    }

    /**
     * Checks the repository, and that it has all that a backup needs.
     *
     * @throws IOException if it has not
     */
    public Map<String, String> verify(BackupPlan.Verification how, List<BackupRecord> backups) throws IOException {
        return Aftercare.verify(
                work,
                how,
                backups.stream()
                        .flatMap(backup -> backup.parts().stream())
                        .flatMap(part -> part.snapshots().stream())
                        .distinct()
                        .toList());
    }

    StackWork work() {
        return work;
    }

    StackChanges changes() {
        return changes;
    }
}
