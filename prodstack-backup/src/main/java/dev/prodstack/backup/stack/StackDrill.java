package dev.prodstack.backup.stack;

import dev.prodstack.core.backup.BackupManifest;
import dev.prodstack.core.backup.BackupPlan;
import dev.prodstack.core.backup.BackupPlan.Drill;
import dev.prodstack.core.backup.BackupRecord;
import dev.prodstack.core.backup.BackupRecord.Purpose;
import dev.prodstack.core.cluster.ClusterException;
import dev.prodstack.core.cluster.ClusterJobs;
import dev.prodstack.core.cluster.TrialStacks;
import dev.prodstack.core.stack.Stack;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Tries the restore of a stack: {@code drill.run(drill.plan(backup))} makes a throw-away stack beside it, restores the
 * backup into that, compares what is there with what was backed up, asks it what the plan says, and removes it again,
 * also when something fails or the thread is interrupted. The stack itself is not touched, which is looked at too.
 */
public final class StackDrill {
    private final Stack stack;
    private final BackupPlan settings;
    private final String image;
    private final Cluster cluster;
    private final TrialStacks trials;
    private final Consumer<StackEvent> events;

    /**
     * Prepares; nothing is asked yet.
     *
     * @param stack the stack whose restore is tried
     * @param settings where its backups are, and how they are tried
     * @param image the image of prodstack that jobs run in
     * @param trials makes the throw-away stack
     * @param events is told what happens
     */
    public StackDrill(
            Stack stack,
            BackupPlan settings,
            String image,
            Cluster cluster,
            TrialStacks trials,
            Consumer<StackEvent> events) {
        this.stack = stack;
        this.settings = settings;
        this.image = image;
        this.cluster = cluster;
        this.trials = trials;
        this.events = events;
    }

    /**
     * What a drill would do.
     *
     * @throws ClusterException if the cluster cannot be asked
     */
    public DrillPlan plan(BackupRecord backup) {
        ClusterJobs.Node node = trials.here();
        String id = StackBackup.newId(Instant.now());
        DrillStack.Made made = DrillStack.of(
                stack, settings, backup, trials.running(stack.name()), node, id.substring(id.length() - 4));
        List<String> obstacles = made.stack().services().isEmpty()
                ? List.of("no part of the backup " + backup.id() + " is of a service that the stack still has")
                : made.obstacles();
        return new DrillPlan(
                stack.name(),
                made.stack(),
                backup,
                node,
                settings.drill().map(Drill::requests).orElse(List.of()),
                settings.drill().map(Drill::timeout).orElse(Drill.DEFAULT_TIMEOUT),
                made.notes(),
                obstacles);
    }

    /**
     * Does it.
     *
     * @return how it went; that something failed, or that it took too long, is a return value
     * @throws BusyException if somebody else tries the same stack
     * @throws ClusterException if the cluster cannot be asked, or the throw-away stack could not be removed
     * @throws CancellationException if the thread was interrupted; the throw-away stack is removed all the same
     */
    public DrillReport run(DrillPlan plan) {
        if (!plan.obstacles().isEmpty()) {
            throw new IllegalArgumentException("a plan with obstacles cannot be done");
        }
        try (StackClaim claim = StackClaim.takeDrill(cluster, stack.name())) {
            claim.check();
            return perform(plan);
        }
    }

    /**
     * Does it with the newest whole backup, if the schedule says so and nobody else did.
     *
     * @param since since when anybody looks
     * @return how it went; empty if it was not due, or there is no whole backup
     * @throws IOException if the repository cannot be read
     * @throws BusyException if somebody else is at it
     */
    public Optional<DrillReport> runIfDue(Instant since, Instant now) throws IOException {
        if (!isDue(since, now)) {
            return Optional.empty();
        }
        Optional<BackupRecord> newest = backups().list().stream()
                .filter(backup -> backup instanceof BackupManifest && backup.purpose() == Purpose.BACKUP)
                .reduce((earlier, later) -> later);
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        DrillPlan plan = plan(newest.get());
        if (!plan.obstacles().isEmpty()) {
            throw new WorkFailure("the drill cannot be made: " + String.join("; ", plan.obstacles()));
        }
        try (StackClaim claim = StackClaim.takeDrill(cluster, stack.name())) {
            claim.check();
            // Whoever had the lease until now may have done it.
            return isDue(since, now) ? Optional.of(perform(plan)) : Optional.empty();
        }
    }

    /**
     * Removes what a drill left behind whose process was killed.
     *
     * @throws BusyException if a drill is going on, or was until a moment ago
     * @throws ClusterException if the cluster cannot be asked
     */
    public void sweep() {
        try (StackClaim claim = StackClaim.takeDrill(cluster, stack.name())) {
            claim.check();
            trials.remove(DrillStack.name(stack.name()));
        }
    }

    private boolean isDue(Instant since, Instant now) {
        Instant last = BackupState.read(cluster.store(), stack.name())
                .instant(BackupState.DRILLED)
                .orElse(since);
        return settings.drill()
                .filter(drill ->
                        Agenda.isDue(drill.schedule(), settings.schedule().catchUp(), last, now))
                .isPresent();
    }

    private StackBackup backups() {
        return new StackBackup(stack, settings, image, cluster, events);
    }

    private DrillReport perform(DrillPlan plan) {
        Instant begun = Instant.now();
        BackupState.put(cluster.store(), stack.name(), Map.of(BackupState.DRILLED, begun.toString()));
        DrillRun run = new DrillRun(plan, trials, cluster, events);
        AtomicBoolean late = new AtomicBoolean();
        Thread worker = Thread.currentThread();
        String problem = "";
        boolean interrupted = false;
        Thread alarm = alarm(plan.timeout(), () -> {
            late.set(true);
            worker.interrupt();
        });
        try {
            run.all(new StackRestore(plan.trial(), settings, image, cluster, events));
        } catch (IOException | ClusterException e) {
            problem = String.valueOf(e.getMessage());
        } catch (InterruptedException | CancellationException e) {
            interrupted = !late.get();
            problem = interrupted
                    ? "interrupted"
                    : "not done within " + plan.timeout().toSeconds() + " s";
        } finally {
            alarm.interrupt();
        }
        // What is left to do asks the cluster, which an interrupted thread cannot.
        interrupted |= Thread.interrupted() && !late.get();
        if (!problem.isEmpty()) {
            events.accept(new StackEvent.Failed("drill", problem));
        }
        run.end();
        DrillReport report = run.report(begun, problem);
        DrillHistory.add(cluster.store(), report);
        if (interrupted) {
            throw new CancellationException("interrupted; the throw-away stack is removed");
        }
        return report;
    }

    /** Does something later, unless it is interrupted before. */
    private static Thread alarm(Duration time, Runnable act) {
        Thread thread = new Thread(
                () -> {
                    try {
                        Thread.sleep(time.toMillis());
                        act.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "drill-alarm");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
