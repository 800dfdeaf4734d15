package dev.prodstack.backup;

import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.forget.ForgetPlan;
import dev.prodstack.backup.forget.ForgetPolicy;
import dev.prodstack.backup.forget.Grouping;
import dev.prodstack.backup.repository.HeldLock;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.storage.FileKind;
import dev.prodstack.backup.storage.StorageFile;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Forgets snapshots that no rule keeps: {@code Forget.by(policy).plan(repository)} shows which,
 * {@link #perform(Repository, ForgetPlan)} removes them. What they held is there until pruning.
 *
 * @param policy what is kept
 * @param grouping which snapshots it looks at together
 * @param which those that it looks at; others are kept
 */
public record Forget(ForgetPolicy policy, Grouping grouping, Predicate<StoredSnapshot> which) {
    /** By a policy, for all snapshots, those of the same paths on the same host together. */
    public static Forget by(ForgetPolicy policy) {
        return new Forget(policy, Grouping.STANDARD, snapshot -> true);
    }

    /** The same with other groups. */
    public Forget groupedBy(Grouping other) {
        return new Forget(policy, other, which);
    }

    /** The same for some snapshots. */
    public Forget among(Predicate<StoredSnapshot> some) {
        return new Forget(policy, grouping, some);
    }

    /** What would be forgotten, and why the rest not. */
    public ForgetPlan plan(Repository repository) throws IOException {
        List<StoredSnapshot> snapshots =
                repository.snapshots().stream().filter(which).toList();
        return ForgetPlan.of(snapshots, policy, grouping, Instant.now());
    }

    /**
     * Removes what a plan forgets. Killed meanwhile, some are removed and some not, and the next run removes the rest.
     *
     * @throws IOException if nothing would be left of a group, or the repository cannot be locked or written
     */
    public static void perform(Repository repository, ForgetPlan plan) throws IOException {
        if (!plan.emptied().isEmpty()) {
            throw new IOException("No snapshot would be left of: "
                    + plan.emptied().stream().map(Grouping.Group::toString).collect(Collectors.joining("; "))
                    + ". Nothing is forgotten. Add a rule such as to keep the last, or remove those snapshots by"
                    + " their ids.");
        }
        remove(repository, plan.forgotten().stream().map(StoredSnapshot::id).collect(Collectors.toSet()));
    }

    /** Removes snapshots whatever the policy. That one is not there is no error. */
    public static void remove(Repository repository, Set<ContentId> ids) throws IOException {
        HeldLock lock = repository.lockExclusive();
        try (lock) {
            for (ContentId id : ids) {
                repository.remove(new StorageFile(FileKind.SNAPSHOT, id.toString()));
            }
        }
    }
}
