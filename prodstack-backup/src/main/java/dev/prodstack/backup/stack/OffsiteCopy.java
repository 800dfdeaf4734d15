package dev.prodstack.backup.stack;

import dev.prodstack.core.backup.BackupPlan;
import dev.prodstack.core.backup.BackupPlan.Offsite;
import dev.prodstack.core.stack.Stack;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Copies a stack's backups to another place: what that lacks, and then forgets there what the retention of that place
 * does not keep.
 */
public final class OffsiteCopy {
    private final Stack stack;
    private final BackupPlan settings;
    private final String image;
    private final Cluster cluster;
    private final Consumer<StackEvent> events;

    /**
     * Prepares; nothing is asked yet.
     *
     * @param image the image of prodstack that jobs run in
     * @param events is told what happens
     */
    public OffsiteCopy(Stack stack, BackupPlan settings, String image, Cluster cluster, Consumer<StackEvent> events) {
        this.stack = stack;
        this.settings = settings;
        this.image = image;
        this.cluster = cluster;
        this.events = events;
    }

    /**
     * Copies if the place has a schedule of its own that says so, and nobody else did.
     *
     * @param since since when anybody looks
     * @return what was done, in figures; empty if it was not due
     * @throws IOException if one of the repositories cannot be used
     * @throws BusyException if somebody backs up or restores the stack
     */
    public Optional<Map<String, String>> runIfDue(Instant since, Instant now) throws IOException {
        Optional<Offsite> offsite = settings.offsite().filter(its -> isDue(its, since, now));
        if (offsite.isEmpty()) {
            return Optional.empty();
        }
        try (StackClaim claim = StackClaim.take(cluster, stack.name(), "offsite copy")) {
            claim.check();
            // Whoever had the right until now may have done it.
            return isDue(offsite.get(), since, now) ? Optional.of(run(offsite.get())) : Optional.empty();
        }
    }

    private boolean isDue(Offsite offsite, Instant since, Instant now) {
        Instant last = BackupState.read(cluster.store(), stack.name())
                .instant(BackupState.COPIED)
                .orElse(since);
        return offsite.schedule()
                .filter(schedule -> Agenda.isDue(schedule, settings.schedule().catchUp(), last, now))
                .isPresent();
    }

    /** Copies now. */
    Map<String, String> run(Offsite offsite) throws IOException {
        Instant begun = Instant.now();
        StackWork work = new StackWork(stack, settings, image, cluster.jobs(), events);
        Map<String, String> facts = new TreeMap<>(Aftercare.copy(work, stack, offsite));
        BackupState.put(cluster.store(), stack.name(), Map.of(BackupState.COPIED, begun.toString()));
        StackWork there = new StackWork(stack, offsite.repository(), image, cluster.jobs(), events);
        facts.putAll(Aftercare.retain(there, stack, offsite.retention().orElse(settings.retention())));
        return facts;
    }
}
