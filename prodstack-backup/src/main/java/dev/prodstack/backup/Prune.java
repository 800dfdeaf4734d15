package dev.prodstack.backup;

import dev.prodstack.backup.prune.PrunePlan;
import dev.prodstack.backup.prune.PruneProgress;
import dev.prodstack.backup.prune.PruneRules;
import dev.prodstack.backup.prune.Sweep;
import dev.prodstack.backup.prune.Usage;
import dev.prodstack.backup.repository.HeldLock;
import dev.prodstack.backup.repository.Repository;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Predicate;

/**
 * Frees the room of what no snapshot needs any more.
 *
 * @param rules how thoroughly
 * @param progress is told how far it is
 */
public record Prune(PruneRules rules, PruneProgress progress) {
    /** As restic does unless asked otherwise: up to 5 % stays unused. */
    public static Prune standard() {
        return by(PruneRules.STANDARD);
    }

    /** By rules. */
    public static Prune by(PruneRules rules) {
        return new Prune(rules, PruneProgress.NONE);
    }

    /** The same, telling how far it is. */
    public Prune telling(PruneProgress listener) {
        return new Prune(rules, listener);
    }

    /** What would be done; changes nothing. */
    public PrunePlan plan(Repository repository) throws IOException, InterruptedException {
        HeldLock lock = repository.lockShared();
        try (lock) {
            return Usage.of(repository, progress).plan(rules, Instant.now());
        }
    }

    /** Does it. */
    public PrunePlan of(Repository repository) throws IOException, InterruptedException {
        return of(repository, plan -> true);
    }

    /**
     * Shows the plan and does it, while nobody else works on the repository.
     *
     * @param approval is shown the plan, and says whether it is done
     * @return the plan
     */
    public PrunePlan of(Repository repository, Predicate<PrunePlan> approval) throws IOException, InterruptedException {
        HeldLock lock = repository.lockExclusive();
        try (lock) {
            Usage usage = Usage.of(repository, progress);
            PrunePlan plan = usage.plan(rules, Instant.now());
            if (approval.test(plan)) {
                new Sweep(repository, usage, rules, progress).perform(plan);
            }
            return plan;
        }
    }
}
