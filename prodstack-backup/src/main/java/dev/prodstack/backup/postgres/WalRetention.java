package dev.prodstack.backup.postgres;

import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.browse.SnapshotFiles;
import dev.prodstack.backup.repository.HeldLock;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.server.Origin;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which log is needed no more. A base backup has the log in it that it takes to restore it as it was; what comes after
 * is for moments between. So of each system the log is kept from the last base backup on that began before the time
 * from which on any moment is to be reached, or from the oldest one. Of a system without a base backup, what was sent
 * before a time goes: its first one may be about to be taken.
 *
 * @param pieces how many pieces were removed
 * @param snapshots snapshots of whole segments that are needed no more; they are still there
 */
public record WalRetention(int pieces, Set<ContentId> snapshots) {
    /** Copies the set. */
    public WalRetention {
        snapshots = Set.copyOf(snapshots);
    }

    /**
     * Removes the pieces that are not needed.
     *
     * @param gone snapshots that are as good as forgotten, base backups among them
     * @param reach from when on any moment is to be reached
     * @param oldest before when log of a system without a base backup goes
     */
    public static WalRetention apply(
            Repository repository, String stack, Set<ContentId> gone, Instant reach, Instant oldest)
            throws IOException {
        int removed = 0;
        Set<ContentId> snapshots = new HashSet<>();
        List<WalStore> stores = WalStore.of(repository, stack);
        if (stores.isEmpty()) {
            return new WalRetention(0, Set.of());
        }
        HeldLock lock = repository.lockShared();
        try (lock) {
            Map<WalLine, Lsn> needed = needed(repository, stack, gone, reach);
            for (WalStore store : stores) {
                Optional<Lsn> from = Optional.ofNullable(needed.get(store.line()));
                List<WalPiece> surplus = new ArrayList<>();
                for (WalPiece piece : store.pieces()) {
                    if (isSurplus(piece, from, oldest)) {
                        surplus.add(piece);
                    }
                }
                store.remove(surplus);
                removed += surplus.size();
                snapshots.addAll(surplus(store, from, oldest));
            }
        }
        return new WalRetention(removed, snapshots);
    }

    private static boolean isSurplus(WalPiece piece, Optional<Lsn> from, Instant oldest) {
        return from.map(start -> piece.end().compareTo(start) <= 0)
                .orElseGet(() -> piece.sent().isBefore(oldest));
    }

    /** Snapshots of which no segment is needed. */
    private static Set<ContentId> surplus(WalStore store, Optional<Lsn> from, Instant oldest) throws IOException {
        Map<ContentId, Boolean> all = new HashMap<>();
        for (WalStore.Folded folded : store.folded()) {
            all.merge(folded.snapshot().id(), isSurplus(folded.piece(), from, oldest), Boolean::logicalAnd);
        }
        Set<ContentId> snapshots = new HashSet<>();
        all.forEach((id, surplus) -> {
            if (surplus) {
                snapshots.add(id);
            }
        });
        return snapshots;
    }

    /** Where the log of each system is needed from, to the segment. */
    private static Map<WalLine, Lsn> needed(Repository repository, String stack, Set<ContentId> gone, Instant reach)
            throws IOException {
        repository.loadIndex();
        Map<WalLine, StoredSnapshot> first = new HashMap<>();
        // Oldest first.
        for (StoredSnapshot base : repository.snapshots()) {
            Optional<String> service = Origin.label(base.snapshot(), "service");
            Optional<String> system = Origin.label(base.snapshot(), "system");
            if (base.snapshot().tags().containsAll(List.of("kind=" + PostgresBase.KIND, "stack=" + stack))
                    && service.isPresent()
                    && system.isPresent()
                    && !gone.contains(base.id())) {
                WalLine line = new WalLine(stack, service.get(), system.get());
                boolean before = !base.snapshot().time().toInstant().isAfter(reach);
                if (before || !first.containsKey(line)) {
                    first.put(line, base);
                }
            }
        }
        Map<WalLine, Lsn> needed = new HashMap<>();
        for (Map.Entry<WalLine, StoredSnapshot> its : first.entrySet()) {
            StoredSnapshot base = its.getValue();
            needed.put(
                    its.getKey(),
                    BaseManifest.of(SnapshotFiles.of(repository, base), base)
                            .start()
                            .segmentStart());
        }
        return needed;
    }
}
