package dev.prodstack.backup.stack;

import dev.prodstack.backup.postgres.DataDirectory.Old;
import dev.prodstack.backup.stack.RestoreReport.Ending;
import dev.prodstack.backup.work.Moment;
import dev.prodstack.core.backup.BackupManifest;
import dev.prodstack.core.backup.BackupPart;
import dev.prodstack.core.backup.BackupPlan;
import dev.prodstack.core.backup.BackupPlan.Verification;
import dev.prodstack.core.backup.BackupRecord;
import dev.prodstack.core.backup.BackupRecord.Purpose;
import dev.prodstack.core.backup.BackupSource;
import dev.prodstack.core.cluster.ClusterException;
import dev.prodstack.core.cluster.ClusterJobs.Node;
import dev.prodstack.core.cluster.StackControl;
import dev.prodstack.core.stack.Service;
import dev.prodstack.core.stack.Stack;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Restores a stack from a backup: shows a plan, and does it. The order is databases, caches, brokers, volumes, buckets,
 * metrics. Services that depend on what is restored are stopped meanwhile, and are started only once all of it is
 * there: a stack that is half restored does not look healthy.
 */
public final class StackRestore {
    private static final Duration STOPPING = Duration.ofMinutes(5);
    private static final Duration STARTING = Duration.ofMinutes(10);

    private final Stack stack;
    private final Cluster cluster;
    private final Consumer<StackEvent> events;
    private final StackBackup backups;
    private final PartRestore parts;
    private final PointInTime recoveries;
    private final StackWork work;
    private Inspection inspection = plan -> {};

    /** Looks at what is restored, before services are started on it. */
    interface Inspection {
        /** What it throws is a failure of the restore. */
        void look(RestorePlan plan) throws IOException;
    }

    /** Whether what is replaced is backed up before. */
    public enum Safety {
        /** It is; without that nothing is changed. */
        BACKUP,
        /** It is not: it is beyond saving, or can be done without. */
        NONE
    }

    /**
     * Prepares; nothing is asked yet.
     *
     * @param stack the stack that is restored into
     * @param settings where its backups are
     * @param image the image of prodstack that jobs run in
     * @param events is told what happens
     */
    public StackRestore(Stack stack, BackupPlan settings, String image, Cluster cluster, Consumer<StackEvent> events) {
        this.stack = stack;
        this.cluster = cluster;
        this.events = events;
        this.backups = new StackBackup(stack, settings, image, cluster, events);
        this.work = backups.work();
        this.parts = new PartRestore(stack, work, cluster.control());
        this.recoveries = new PointInTime(stack, cluster, work);
    }

    /** The same, with somebody who looks at what is restored before services are started on it. */
    StackRestore inspecting(Inspection by) {
        inspection = by;
        return this;
    }

    StackWork work() {
        return work;
    }

    /**
     * What a restore would do.
     *
     * @param which the parts that are meant
     * @throws ClusterException if the cluster cannot be asked
     */
    public RestorePlan plan(BackupRecord backup, Predicate<BackupPart> which) {
        List<RestorePlan.Step> steps = new ArrayList<>();
        List<String> obstacles = new ArrayList<>();
        Set<String> stops = new TreeSet<>();
        for (BackupPart part : backup.parts()) {
            if (!part.service().equals(BackupPart.CLUSTER) && Restorable.wants(part) && which.test(part)) {
                step(part, steps, obstacles, stops);
            }
        }
        steps.sort(Comparator.comparingInt(step -> Restorable.rank(step.source())));
        if (steps.isEmpty() && obstacles.isEmpty()) {
            obstacles.add("no part of the backup " + backup.id() + " is meant");
        }
        Optional<Duration> lastTook = BackupState.read(cluster.store(), stack.name())
                .get(BackupState.RESTORED_IN)
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
        return new RestorePlan(stack.name(), backup, steps, stops, obstacles, lastTook, Optional.empty());
    }

    /**
     * What a restore of databases to a moment would do. What has no log comes from the newest whole backup before.
     *
     * @param from the stack that was backed up
     * @param backups its backups
     * @param which the parts that are meant
     * @throws IOException if the moment cannot be reached; says which can
     * @throws ClusterException if the cluster cannot be asked
     */
    public RestorePlan planTo(Moment moment, String from, List<BackupRecord> backups, Predicate<BackupPart> which)
            throws IOException {
        PointInTime.Parts found = recoveries.find(moment, from, backups, which);
        RestorePlan plan = plan(found.backup(), part -> true);
        List<String> obstacles = new ArrayList<>(found.obstacles());
        obstacles.addAll(plan.obstacles());
        return new RestorePlan(
                plan.stack(),
                plan.backup(),
                plan.steps(),
                plan.stops(),
                obstacles,
                plan.lastTook(),
                Optional.of(new RestorePlan.ToMoment(moment, found.others())));
    }

    /**
     * What it takes to go back from a restore that never ended.
     *
     * @param safety the backup of what was there before
     */
    public RestorePlan planBack(Unfinished unfinished, BackupRecord safety) {
        BackupRecord record =
                unfinished.moment().isPresent() ? PointInTime.replaced(stack, unfinished.parts(), safety) : safety;
        return plan(record, part -> unfinished.parts().contains(part.name()));
    }

    private void step(BackupPart part, List<RestorePlan.Step> steps, List<String> obstacles, Set<String> stops) {
        Optional<BackupSource> source = Optional.ofNullable(stack.services().get(part.service()))
                .flatMap(service -> service.operations().backup())
                .stream()
                .flatMap(policy -> policy.sources().stream())
                .filter(its -> its.name().equals(part.source()))
                .findFirst();
        if (source.isEmpty()) {
            obstacles.add(part.name() + ": the stack's file has no such source any more; leave it out with --skip \""
                    + part.name() + "\"");
            return;
        }
        if (PointInTime.isOfDirectory(part)) {
            recoveries.step(part, source.get(), obstacles).ifPresent(step -> {
                stops.addAll(recoveries.mounting(part));
                stops.addAll(dependents(part.service()));
                steps.add(step);
            });
            return;
        }
        Optional<String> volume = PartWork.volume(source.get());
        Optional<String> node = Optional.empty();
        if (volume.isPresent()) {
            List<Node> nodes = cluster.jobs().nodesWith(stack.name(), Names.volume(stack, volume.get()));
            node = nodes.stream()
                    .filter(its -> its.name().equals(part.node()) || nodes.size() == 1)
                    .map(Node::id)
                    .findFirst();
            if (node.isEmpty()) {
                obstacles.add(part.name() + ": "
                        + (nodes.isEmpty()
                                ? "no task ever mounted the volume here: deploy the stack first, so that it is where"
                                        + " its service runs"
                                : "it was on " + part.node() + ", and the volume is on several other nodes now"));
                return;
            }
            stops.addAll(PartWork.mounting(stack, volume.get()));
        }
        stops.addAll(dependents(part.service()));
        steps.add(new RestorePlan.Step(part, source.get(), node, Restorable.replaces(source.get())));
    }

    /** The services that need a service, or need one that does. */
    private Set<String> dependents(String service) {
        Set<String> found = new LinkedHashSet<>();
        List<String> open = new ArrayList<>(List.of(service));
        while (!open.isEmpty()) {
            String needed = open.remove(0);
            for (Service other : stack.services().values()) {
                if (other.dependsOn().containsKey(needed) && found.add(other.name())) {
                    open.add(other.name());
                }
            }
        }
        return found;
    }

    /**
     * Does it.
     *
     * @throws IOException if nothing was changed: the repository is damaged, or the safety backup failed
     * @throws BusyException if somebody else is at it
     * @throws CancellationException if the thread is interrupted; what was begun is {@link #unfinished}
     */
    public RestoreReport run(RestorePlan plan, Verification verification, Safety safety)
            throws IOException, InterruptedException {
        if (!plan.obstacles().isEmpty()) {
            throw new IllegalArgumentException("a plan with obstacles cannot be done");
        }
        try (StackClaim claim = StackClaim.take(cluster, stack.name(), "restore");
                StackChanges.Turn turn = backups.changes().begin("restore", Duration.ZERO)) {
            LeftJobs.end(cluster, stack.name());
            timed("verify", () -> backups.verify(verification, List.of(plan.backup())));
            Optional<BackupRecord> saved = safety == Safety.BACKUP ? Optional.of(save(plan, claim)) : Optional.empty();
            claim.check();
            turn.check();
            // What was there before an unfinished one is still what to go back to.
            Optional<Journal> unfinished = Journal.read(cluster.store(), stack.name());
            Journal journal = new Journal(
                    plan.backup().id(),
                    plan.backup().stack(),
                    saved.map(BackupRecord::id)
                            .orElse(unfinished.map(Journal::safety).orElse("")),
                    List.copyOf(plan.stops()),
                    plan.steps().stream()
                            .map(step -> step.part().name())
                            .distinct()
                            .toList(),
                    0,
                    plan.moment().map(RestorePlan.ToMoment::moment).or(() -> unfinished.flatMap(Journal::moment)));
            journal.write(cluster.store(), stack.name());
            return perform(plan, saved, journal, claim, PointInTime.old(journal, unfinished));
        }
    }

    private BackupRecord save(RestorePlan plan, StackClaim claim) throws IOException, InterruptedException {
        Set<String> meant = new TreeSet<>();
        plan.steps().forEach(step -> meant.add(step.part().name()));
        events.accept(new StackEvent.Begun("safety backup"));
        Instant begun = Instant.now();
        BackupRecord saved = backups.store(
                backups.plan(part -> meant.contains(part.name())), Purpose.SAFETY, Optional.empty(), claim);
        if (!(saved instanceof BackupManifest)) {
            throw new WorkFailure("the safety backup of what would be replaced failed, so nothing was changed. If that"
                    + " is beyond saving, do without: --no-safety-backup");
        }
        events.accept(new StackEvent.Done("safety backup", saved.id(), Duration.between(begun, Instant.now())));
        return saved;
    }

    private RestoreReport perform(
            RestorePlan plan, Optional<BackupRecord> saved, Journal journal, StackClaim claim, Old old) {
        Instant begun = Instant.now();
        List<RestoreReport.Restored> restored = new ArrayList<>();
        try {
            steps(plan, journal, claim, old, restored);
            Duration took = Duration.between(begun, Instant.now());
            Journal.clear(cluster.store(), stack.name());
            BackupState.put(
                    cluster.store(), stack.name(), Map.of(BackupState.RESTORED_IN, Long.toString(took.toSeconds())));
            return new RestoreReport(Ending.DONE, "", journal.safety(), restored, took);
        } catch (IOException | ClusterException e) {
            String reason = String.valueOf(e.getMessage());
            if (Thread.currentThread().isInterrupted()) {
                CancellationException cancelled = new CancellationException(reason);
                cancelled.initCause(e);
                throw cancelled;
            }
            events.accept(new StackEvent.Failed("restore", reason));
            return goBack(plan, saved, reason, restored, begun);
        }
    }

    private void steps(
            RestorePlan plan, Journal journal, StackClaim claim, Old old, List<RestoreReport.Restored> restored)
            throws IOException {
        if (!plan.stops().isEmpty()) {
            timed("stop " + String.join(", ", plan.stops()), () -> {
                cluster.control().stop(stack.name(), plan.stops(), StackControl.Occasion.RESTORE, STOPPING);
                return Map.of();
            });
        }
        int done = 0;
        for (RestorePlan.Step step : plan.steps()) {
            claim.check();
            Instant begun = Instant.now();
            Map<String, String> facts = timed(step.part().name(), () -> restore(step, journal, old));
            restored.add(new RestoreReport.Restored(step.part().name(), facts, Duration.between(begun, Instant.now())));
            journal.withDone(++done).write(cluster.store(), stack.name());
        }
        inspection.look(plan);
        Set<String> all = new TreeSet<>(plan.stops());
        plan.steps().forEach(step -> all.add(step.part().service()));
        timed("start " + String.join(", ", all), () -> {
            cluster.control().start(stack.name(), all, STARTING);
            return Map.of();
        });
        recoveries.settle(plan, events);
    }

    private Map<String, String> restore(RestorePlan.Step step, Journal journal, Old old) throws IOException {
        return PointInTime.isOfDirectory(step.part()) ? recoveries.restore(step, journal, old) : parts.restore(step);
    }

    private RestoreReport goBack(
            RestorePlan plan,
            Optional<BackupRecord> saved,
            String reason,
            List<RestoreReport.Restored> restored,
            Instant begun) {
        String stopped = plan.stops().isEmpty() ? "" : String.join(", ", plan.stops()) + " stay stopped. ";
        if (saved.isEmpty()) {
            return new RestoreReport(
                    Ending.STUCK,
                    reason + ". " + stopped + "Mend that, then prodstack restore --resume, which does all of it anew",
                    "",
                    restored,
                    Duration.between(begun, Instant.now()));
        }
        try {
            events.accept(new StackEvent.Begun("going back to " + saved.get().id()));
            Set<String> putBack = recoveries.putBack(plan);
            if (!saved.get().parts().stream().allMatch(part -> putBack.contains(part.name()))) {
                RestorePlan back = plan(saved.get(), part -> !putBack.contains(part.name()));
                if (!back.obstacles().isEmpty()) {
                    throw new WorkFailure(String.join("; ", back.obstacles()));
                }
                for (RestorePlan.Step step : back.steps()) {
                    timed("back: " + step.part().name(), () -> parts.restore(step));
                }
            }
            cluster.control().start(stack.name(), plan.stops(), STARTING);
            Journal.clear(cluster.store(), stack.name());
            return new RestoreReport(
                    Ending.WENT_BACK,
                    reason + ". What was there before is back, from the safety backup "
                            + saved.get().id(),
                    saved.get().id(),
                    restored,
                    Duration.between(begun, Instant.now()));
        } catch (IOException | ClusterException e) {
            return new RestoreReport(
                    Ending.STUCK,
                    reason + "; and going back failed too: " + e.getMessage() + ". " + stopped
                            + "What was there before is in the backup "
                            + saved.get().id()
                            + ": mend that, then bring it back with prodstack restore --undo, or finish with --resume",
                    saved.get().id(),
                    restored,
                    Duration.between(begun, Instant.now()));
        }
    }

    private Map<String, String> timed(String what, StackBackup.Act act) throws IOException {
        Instant begun = Instant.now();
        events.accept(new StackEvent.Begun(what));
        Map<String, String> facts = act.run();
        String text = String.join(
                ", ",
                facts.entrySet().stream()
                        .filter(fact -> fact.getValue().length() < 40)
                        .limit(5)
                        .map(fact -> fact.getKey().replace('_', ' ') + " " + fact.getValue())
                        .toList());
        events.accept(new StackEvent.Done(what, text, Duration.between(begun, Instant.now())));
        return facts;
    }

    /**
     * The backup that a restore was restoring that never ended.
     *
     * @throws ClusterException if the cluster cannot be asked
     */
    public Optional<Unfinished> unfinished() {
        return Journal.read(cluster.store(), stack.name())
                .map(journal -> new Unfinished(
                        journal.backup(),
                        journal.safety(),
                        journal.parts(),
                        journal.done(),
                        journal.stopped(),
                        journal.moment()));
    }

    /**
     * A restore that never ended.
     *
     * @param backup what was restored
     * @param safety what was there before; empty if that was not backed up
     * @param parts the parts that were meant
     * @param done how many of them are restored
     * @param stopped the services that are stopped
     * @param moment the moment that databases are restored to
     */
    public record Unfinished(
            String backup,
            String safety,
            List<String> parts,
            int done,
            List<String> stopped,
            Optional<Moment> moment) {}
}
