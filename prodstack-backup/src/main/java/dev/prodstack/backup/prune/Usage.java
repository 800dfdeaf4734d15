package dev.prodstack.backup.prune;

import dev.prodstack.backup.blob.BlobKind;
import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.blob.DamagedException;
import dev.prodstack.backup.index.BlobIndex;
import dev.prodstack.backup.index.IndexedPack;
import dev.prodstack.backup.pack.PackFile;
import dev.prodstack.backup.pack.PackedBlob;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.storage.FileKind;
import dev.prodstack.backup.storage.Storage;
import dev.prodstack.backup.storage.StorageFile;
import dev.prodstack.backup.usage.UsedBlobs;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a repository holds, and what of it its snapshots need. Kept per blob are two bits. */
public final class Usage {
    private final Repository repository;
    private final BlobIndex index;
    private final BitSet used;
    private final BitSet duplicated = new BitSet();
    /** Where those of the used blobs are kept that lie in several packs. */
    private final Map<Integer, ContentId> owners = new HashMap<>();

    private final List<PackUse> packs = new ArrayList<>();
    private final List<Storage.Stored> unreferenced = new ArrayList<>();
    private final Set<ContentId> missing = new HashSet<>();

    private Usage(Repository repository, BitSet used) {
        this.repository = repository;
        this.used = used;
        index = repository.index();
    }

    /**
     * Reads snapshots, index, trees and the list of packs; the index of the repository is the newest afterwards.
     *
     * @throws DamagedException if something is missing that a snapshot needs
     */
    public static Usage of(Repository repository, PruneProgress progress) throws IOException, InterruptedException {
        List<StoredSnapshot> snapshots = repository.snapshots();
        repository.loadIndex();
        List<ContentId> roots =
                snapshots.stream().map(stored -> stored.snapshot().tree()).toList();
        try (UsedBlobs used = new UsedBlobs(
                repository, trees -> progress.at(PruneProgress.Step.READ_TREES, trees, Optional.empty()))) {
            Usage usage = new Usage(repository, used.add(roots));
            usage.count(sizes(repository));
            return usage;
        }
    }

    private static Map<ContentId, Long> sizes(Repository repository) throws IOException {
        Map<ContentId, Long> sizes = new HashMap<>();
        try (Stream<Storage.Stored> listed = repository.storage().list(FileKind.PACK)) {
            listed.filter(stored -> ContentId.isId(stored.file().name()))
                    .forEach(stored -> sizes.put(ContentId.parse(stored.file().name()), stored.size()));
        }
        return sizes;
    }

    private void count(Map<ContentId, Long> sizes) throws IOException {
        eachPack(this::findDuplicates);
        List<IndexedPack> undecided = new ArrayList<>();
        eachPack(pack -> {
            // Where a pack stays in any case, it is the owner of what others hold too.
            boolean stays = pack.blobs().stream().anyMatch(this::usedHereOnly);
            boolean shares = pack.blobs().stream().anyMatch(this::shared);
            if (!stays && shares) {
                undecided.add(pack);
            } else {
                count(pack, sizes);
            }
        });
        for (IndexedPack pack : undecided) {
            count(pack, sizes);
        }
        Set<ContentId> known = new HashSet<>(index.packs());
        sizes.forEach((pack, size) -> {
            if (!known.contains(pack)) {
                unreferenced.add(new Storage.Stored(new StorageFile(FileKind.PACK, pack.toString()), size));
            }
        });
    }

    private void eachPack(PackConsumer each) throws IOException {
        Set<ContentId> seen = new HashSet<>();
        for (StorageFile file : repository.files(FileKind.INDEX)) {
            for (IndexedPack pack : repository.loadIndex(file)) {
                if (seen.add(pack.id())) {
                    each.accept(pack);
                }
            }
        }
    }

    private void findDuplicates(IndexedPack pack) {
        Set<Integer> here = new HashSet<>();
        for (PackedBlob blob : pack.blobs()) {
            int number = number(blob);
            boolean elsewhere = !index.packOf(number).equals(pack.id());
            if (used.get(number) && (elsewhere || !here.add(number))) {
                duplicated.set(number);
            }
        }
    }

    private int number(PackedBlob blob) {
        return index.number(blob.kind(), blob.id());
    }

    private boolean usedHereOnly(PackedBlob blob) {
        int number = number(blob);
        return used.get(number) && !duplicated.get(number);
    }

    private boolean shared(PackedBlob blob) {
        return duplicated.get(number(blob));
    }

    private void count(IndexedPack pack, Map<ContentId, Long> sizes) throws DamagedException {
        int usedBlobs = 0;
        long usedBytes = 0;
        long bytes = 0;
        boolean uncompressed = false;
        Set<BlobKind> kinds = new HashSet<>();
        for (PackedBlob blob : needed(pack.id(), pack.blobs())) {
            usedBlobs++;
            usedBytes += blob.length();
            uncompressed |= !blob.compressed();
        }
        for (PackedBlob blob : pack.blobs()) {
            bytes += blob.length();
            kinds.add(blob.kind());
        }
        Long size = sizes.get(pack.id());
        if (size == null || size != bytes + PackFile.endLength(pack.blobs())) {
            damaged(pack.id(), size, bytes + PackFile.endLength(pack.blobs()), usedBlobs);
        }
        PackUse.Holds holds = kinds.size() == 2
                ? PackUse.Holds.BOTH
                : kinds.contains(BlobKind.TREE) ? PackUse.Holds.TREES : PackUse.Holds.DATA;
        if (size != null) {
            packs.add(new PackUse(
                    pack.id(),
                    size,
                    holds,
                    usedBlobs,
                    usedBytes,
                    pack.blobs().size() - usedBlobs,
                    bytes - usedBytes,
                    uncompressed,
                    Optional.empty()));
        }
    }

    /** What is damaged and of no use may go; what is needed is for a person to look at. */
    private void damaged(ContentId pack, @Nullable Long size, long expected, int usedBlobs) throws DamagedException {
        if (size == null) {
            missing.add(pack);
        }
        if (usedBlobs > 0) {
            throw new DamagedException("The pack " + pack + " of the repository at " + repository.location() + " "
                    + (size == null ? "is missing" : "has " + size + " bytes, where its index says " + expected)
                    + ", and snapshots need it. Nothing was removed. Run check to see what is affected.");
        }
    }

    /**
     * Of the blobs of a pack those that must be kept there: used, and not kept in another pack. The first pack that is
     * asked about owns what several hold.
     */
    List<PackedBlob> needed(ContentId pack, List<PackedBlob> blobs) {
        List<PackedBlob> needed = new ArrayList<>();
        Set<Integer> here = new HashSet<>();
        for (PackedBlob blob : blobs) {
            int number = number(blob);
            if (!used.get(number)) {
                continue;
            }
            boolean mine = !duplicated.get(number)
                    || (owners.computeIfAbsent(number, absent -> pack).equals(pack) && here.add(number));
            if (mine) {
                needed.add(blob);
            }
        }
        return needed;
    }

    /**
     * What rules make of it. The storage is asked for the locks of packs that would go.
     *
     * @param now for those locks
     */
    public PrunePlan plan(PruneRules rules, Instant now) throws IOException {
        List<Storage.Stored> free = new ArrayList<>();
        for (Storage.Stored stored : unreferenced) {
            if (lock(stored.file()).filter(now::isBefore).isEmpty()) {
                free.add(stored);
            }
        }
        Set<ContentId> looked = new HashSet<>();
        PrunePlan plan = PrunePlan.of(packs, free, rules, now);
        while (look(plan, looked)) {
            // In place of packs that are locked, others may be chosen.
            plan = PrunePlan.of(packs, free, rules, now);
        }
        return plan;
    }

    /** Whether something was looked at that was not before. */
    private boolean look(PrunePlan plan, Set<ContentId> looked) throws IOException {
        Set<ContentId> going = new HashSet<>();
        plan.decisions().stream()
                .filter(decision -> decision.action() != PrunePlan.Action.KEEP)
                .map(decision -> decision.pack().pack())
                .filter(looked::add)
                .forEach(going::add);
        for (int i = 0; i < packs.size(); i++) {
            PackUse pack = packs.get(i);
            if (going.contains(pack.pack())) {
                packs.set(
                        i,
                        pack.locked(
                                lock(new StorageFile(FileKind.PACK, pack.pack().toString()))));
            }
        }
        return !going.isEmpty();
    }

    private Optional<Instant> lock(StorageFile file) throws IOException {
        return repository.storage().lockedUntil(file);
    }

    /** Packs that the index names, but that are not there; nothing of them is needed. */
    Set<ContentId> missing() {
        return Set.copyOf(missing);
    }

    private interface PackConsumer {
        void accept(IndexedPack pack) throws IOException;
    }
}
