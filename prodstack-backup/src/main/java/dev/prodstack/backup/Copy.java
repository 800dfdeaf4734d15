package dev.prodstack.backup;

import dev.prodstack.backup.blob.BlobKind;
import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.copy.BlobCopier;
import dev.prodstack.backup.copy.CopyReport;
import dev.prodstack.backup.pack.Compression;
import dev.prodstack.backup.repository.BlobWriter;
import dev.prodstack.backup.repository.HeldLock;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.Snapshot;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.usage.UsedBlobs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Copies snapshots to a second repository, which has its own keys and password: only blobs that it lacks.
 * {@code Copy.from(repository).to(offsite)}.
 *
 * @param source where they are
 * @param which those that are copied
 * @param progress is told of each once it is there
 */
public record Copy(Repository source, Predicate<StoredSnapshot> which, Consumer<StoredSnapshot> progress) {
    /** All snapshots of a repository. */
    public static Copy from(Repository source) {
        return new Copy(source, snapshot -> true, copied -> {});
    }

    /** The same for some. */
    public Copy only(Predicate<StoredSnapshot> some) {
        return new Copy(source, some, progress);
    }

    /** The same, telling of each. */
    public Copy telling(Consumer<StoredSnapshot> listener) {
        return new Copy(source, which, listener);
    }

    /** Those that would be copied, oldest first. */
    public List<StoredSnapshot> missing(Repository target) throws IOException {
        Set<ContentId> there = new HashSet<>();
        for (StoredSnapshot stored : target.snapshots()) {
            there.add(stored.id());
            stored.snapshot().original().ifPresent(there::add);
        }
        List<StoredSnapshot> missing = new ArrayList<>();
        for (StoredSnapshot stored : source.snapshots()) {
            boolean present = there.contains(stored.id())
                    || stored.snapshot().original().filter(there::contains).isPresent();
            if (which.test(stored) && !present) {
                missing.add(stored);
            }
        }
        return missing;
    }

    /**
     * Copies. Killed meanwhile, the snapshots that are there are whole, and the next run copies the rest.
     *
     * @throws IllegalArgumentException if both are the same repository
     */
    public CopyReport to(Repository target) throws IOException, InterruptedException {
        if (source.config().id().equals(target.config().id())) {
            throw new IllegalArgumentException("The repositories at " + source.location() + " and " + target.location()
                    + " are the same one. Make another with init, and copy to that.");
        }
        HeldLock from = source.lockShared();
        try (from) {
            HeldLock to = target.lockShared();
            try (to) {
                return copy(target);
            }
        }
    }

    private CopyReport copy(Repository target) throws IOException, InterruptedException {
        List<StoredSnapshot> missing = missing(target);
        int all = (int) source.snapshots().stream().filter(which).count();
        source.loadIndex();
        target.loadIndex();
        List<StoredSnapshot> copied = new ArrayList<>();
        long blobs = 0;
        long bytes = 0;
        try (UsedBlobs used = new UsedBlobs(source, trees -> {});
                BlobCopier copier = new BlobCopier(source, target)) {
            BitSet done = new BitSet();
            for (StoredSnapshot stored : missing) {
                BitSet needed = used.add(Set.of(stored.snapshot().tree()));
                BitSet fresh = (BitSet) needed.clone();
                fresh.andNot(done);
                done = needed;
                BlobWriter writer = new BlobWriter(target, Compression.AUTO);
                copier.copy(fresh, writer);
                writer.finish();
                blobs += writer.newBlobs(BlobKind.DATA) + writer.newBlobs(BlobKind.TREE);
                bytes += writer.storedBytes();
                StoredSnapshot there = target.save(copyOf(stored));
                copied.add(there);
                progress.accept(there);
            }
        }
        return new CopyReport(copied, all - missing.size(), blobs, bytes, chunking(target));
    }

    private CopyReport.Chunking chunking(Repository target) {
        return source.config().polynomial().equals(target.config().polynomial())
                ? CopyReport.Chunking.ALIKE
                : CopyReport.Chunking.DIFFERENT;
    }

    /** As restic does: without the parent, which is of the other repository, and with the id that it had there. */
    private static Snapshot copyOf(StoredSnapshot stored) {
        return stored.snapshot()
                .withoutParent()
                .withOriginal(stored.snapshot().original().orElse(stored.id()));
    }
}
