package dev.prodstack.backup.work;

import dev.prodstack.backup.Copy;
import dev.prodstack.backup.Forget;
import dev.prodstack.backup.Prune;
import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.copy.CopyReport;
import dev.prodstack.backup.forget.ForgetPlan;
import dev.prodstack.backup.forget.ForgetPolicy;
import dev.prodstack.backup.forget.Grouping;
import dev.prodstack.backup.forget.Period;
import dev.prodstack.backup.postgres.WalRetention;
import dev.prodstack.backup.postgres.WalStore;
import dev.prodstack.backup.repository.NoRepositoryException;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.server.Origin;
import dev.prodstack.backup.snapshot.SnapshotFilter;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.core.backup.RetentionSpan;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Which backups stay, here and in another place. */
final class Retained {
    private static final String WITHIN = "within";

    private Retained() {}

    /** The snapshots with the records of a stack's backups, oldest first. */
    static List<StoredSnapshot> manifests(Repository repository, String stack) throws IOException {
        return new SnapshotFilter(List.of(), List.of(List.of("stack=" + stack, "kind=" + Worker.MANIFEST)), List.of())
                .of(repository.snapshots());
    }

    /**
     * Forgets whole backups: those whose record no rule keeps, with all their parts. What has no record, such as parts
     * of a backup that never ended, goes with the backups of its age.
     */
    static WorkResult forget(Repository repository, Work.Forget work) throws IOException, InterruptedException {
        List<StoredSnapshot> manifests = manifests(repository, work.stack());
        ForgetPlan plan = ForgetPlan.of(manifests, policy(work.keep(), work.tags()), Grouping.STANDARD, Instant.now());
        Set<ContentId> forgotten =
                plan.forgotten().stream().map(StoredSnapshot::id).collect(Collectors.toSet());
        List<StoredSnapshot> kept = manifests.stream()
                .filter(stored -> !forgotten.contains(stored.id()))
                .toList();
        Set<String> keptBackups = kept.stream()
                .flatMap(stored -> Origin.label(stored.snapshot(), "backup").stream())
                .collect(Collectors.toSet());
        Instant oldest = kept.stream()
                .map(stored -> stored.snapshot().time().toInstant())
                .min(Instant::compareTo)
                .orElse(Instant.MIN);
        Set<ContentId> gone = new HashSet<>(forgotten);
        for (StoredSnapshot stored : repository.snapshots()) {
            Optional<String> backup = Origin.label(stored.snapshot(), "backup");
            boolean isLog = Origin.label(stored.snapshot(), "kind").equals(Optional.of(WalStore.KIND));
            if (Origin.label(stored.snapshot(), "stack").equals(Optional.of(work.stack()))
                    && backup.isPresent()
                    && !keptBackups.contains(backup.get())
                    && !isLog
                    && stored.snapshot().time().toInstant().isBefore(oldest)) {
                gone.add(stored.id());
            }
        }
        WalRetention log = WalRetention.apply(repository, work.stack(), gone, reach(work.keep()), oldest);
        gone.addAll(log.snapshots());
        if (!gone.isEmpty()) {
            Forget.remove(repository, gone);
            Prune.standard().of(repository);
        }
        Map<String, String> facts = new TreeMap<>();
        facts.put("backups_kept", Integer.toString(kept.size()));
        facts.put("backups_forgotten", Integer.toString(forgotten.size()));
        facts.put("snapshots_forgotten", Integer.toString(gone.size()));
        if (log.pieces() > 0) {
            facts.put("log_pieces_removed", Integer.toString(log.pieces()));
        }
        return WorkResult.of(Worker.id(repository), List.of(), facts);
    }

    /** From when on any moment is to be reached: since whenever, where all is kept by counts. */
    private static Instant reach(Map<String, String> keep) {
        return Optional.ofNullable(keep.get(WITHIN))
                .map(span -> RetentionSpan.parse(span)
                        .before(ZonedDateTime.now(ZoneOffset.UTC))
                        .toInstant())
                .orElse(Instant.MIN);
    }

    private static ForgetPolicy policy(Map<String, String> keep, List<String> tags) {
        ForgetPolicy policy = ForgetPolicy.NONE;
        for (Map.Entry<String, String> rule : keep.entrySet()) {
            policy = rule.getKey().equals(WITHIN)
                    ? policy.keepWithin(RetentionSpan.parse(rule.getValue()))
                    : policy.keep(
                            Period.valueOf(rule.getKey().toUpperCase(Locale.ROOT)), Integer.parseInt(rule.getValue()));
        }
        for (String tag : tags) {
            policy = policy.keepTagged(Set.of(tag));
        }
        return policy;
    }

    static WorkResult copy(Repository repository, Work.CopyOffsite work, Consumer<Repository> opened)
            throws IOException, InterruptedException {
        try (Repository target = target(repository, work.target())) {
            opened.accept(target);
            CopyReport report = Copy.from(repository)
                    .only(stored -> stored.snapshot().tags().contains("stack=" + work.stack()))
                    .to(target);
            Map<String, String> facts = new TreeMap<>();
            facts.put("copied", Integer.toString(report.copied().size()));
            facts.put("bytes", Long.toString(report.storedBytes()));
            return WorkResult.of(Worker.id(target), List.of(), facts);
        }
    }

    private static Repository target(Repository source, RepositoryAccess access) throws IOException {
        try {
            return access.open();
        } catch (NoRepositoryException e) {
            return access.initLike(source);
        }
    }
}
