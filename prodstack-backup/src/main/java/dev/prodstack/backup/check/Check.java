package dev.prodstack.backup.check;

import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.blob.DamagedException;
import dev.prodstack.backup.index.BlobIndex;
import dev.prodstack.backup.pack.PackedBlob;
import dev.prodstack.backup.parallel.Workers;
import dev.prodstack.backup.progress.Meter;
import dev.prodstack.backup.progress.Progress;
import dev.prodstack.backup.repository.HeldLock;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.storage.FileKind;
import dev.prodstack.backup.storage.Storage;
import dev.prodstack.backup.storage.StorageFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks a repository: {@code Check.of(repository).readingData(Subset.ALL).run()}. The structure is checked always:
 * every file but packs is read, every pack that the index names is there and as long as it should be, and every
 * snapshot's trees are read and name blobs that there are. Whether the pieces of files are what they should be shows
 * only who reads them.
 *
 * @param repository what is checked
 * @param data which packs are read whole
 * @param locking whether others are kept from pruning meanwhile
 * @param progress is told how far it is, now and then, from any thread
 */
public record Check(Repository repository, Optional<Subset> data, Locking locking, Consumer<Progress> progress) {
    /** Whether others are kept from pruning meanwhile. */
    public enum Locking {
        /** By a lock, for which the repository is written to. */
        SHARED,
        /** Not. */
        NONE
    }

    /** Checks that nothing is missing. */
    public Check {
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(locking, "locking");
    }

    /** Of the structure. */
    public static Check of(Repository repository) {
        return new Check(repository, Optional.empty(), Locking.SHARED, far -> {});
    }

    /** The same, reading packs too. */
    public Check readingData(Subset subset) {
        return new Check(repository, Optional.of(subset), locking, progress);
    }

    /** The same without writing a lock, for repositories that cannot be written to. */
    public Check withoutLock() {
        return new Check(repository, data, Locking.NONE, progress);
    }

    /** The same, telling how far it is. */
    public Check showing(Consumer<Progress> listener) {
        return new Check(repository, data, locking, listener);
    }

    /**
     * Does it.
     *
     * @throws IOException if the storage cannot be read; what is damaged is in the report
     */
    public CheckReport run() throws IOException, InterruptedException {
        if (locking == Locking.NONE) {
            return new Run().report();
        }
        HeldLock lock = repository.lockShared();
        try (lock) {
            return new Run().report();
        }
    }

    private final class Run {
        private final List<Finding> findings = Collections.synchronizedList(new ArrayList<>());
        private final Set<ContentId> badBlobs = Collections.synchronizedSet(new HashSet<>());
        private final Meter meter = new Meter(progress);
        private final Map<ContentId, List<PackedBlob>> indexed = new HashMap<>();

        CheckReport report() throws IOException, InterruptedException {
            names(FileKind.KEY, Finding.Kind.KEY);
            List<StoredSnapshot> snapshots =
                    repository.snapshots((file, damage) -> find(Finding.Kind.SNAPSHOT, file, damage));
            repository.loadIndex((file, damage) -> find(Finding.Kind.INDEX, file, damage));
            Set<ContentId> named = new HashSet<>(repository.index().packs());
            repository.salvageIndex((file, damage) -> {});
            gather(repository.index());
            List<Storage.Stored> packs = packs();
            compare(packs, named);
            List<Storage.Stored> read = packs.stream()
                    .filter(pack -> data.isPresent() && data.get().contains(id(pack)))
                    .toList();
            meter.expect(
                    read.size(), read.stream().mapToLong(Storage.Stored::size).sum());
            PackReader reader = new PackReader(repository);
            Workers.forEach(read, pack -> read(reader, pack));
            TreeWalk walk = new TreeWalk(repository, badBlobs::contains);
            for (StoredSnapshot snapshot : snapshots) {
                walk.walk(snapshot);
            }
            findings.addAll(walk.findings());
            return new CheckReport(
                    findings,
                    snapshots.size(),
                    packs.size(),
                    read.size(),
                    repository.index().size(),
                    meter.now());
        }

        private void find(Finding.Kind kind, StorageFile file, Exception why) {
            findings.add(new Finding(kind, file.toString(), String.valueOf(why.getMessage()), List.of(), 0));
        }

        /** Files that are named by their content, and that nothing else reads. */
        private void names(FileKind kind, Finding.Kind finding) throws IOException {
            try (Stream<Storage.Stored> files = repository.storage().list(kind)) {
                for (Storage.Stored stored : files.toList()) {
                    try {
                        byte[] content = repository.storage().load(stored.file());
                        if (!ContentId.of(content)
                                .toString()
                                .equals(stored.file().name())) {
                            find(
                                    finding,
                                    stored.file(),
                                    new DamagedException("The file " + stored.file() + " is not what its name says."));
                        }
                    } catch (NoSuchFileException goneSinceListed) {
                        // Somebody has removed it.
                    }
                }
            }
        }

        private void gather(BlobIndex index) {
            index.forEach((pack, blob) ->
                    indexed.computeIfAbsent(pack, id -> new ArrayList<>()).add(blob));
        }

        private List<Storage.Stored> packs() throws IOException {
            try (Stream<Storage.Stored> listed = repository.storage().list(FileKind.PACK)) {
                return listed.filter(pack -> ContentId.isId(pack.file().name())).toList();
            }
        }

        private static ContentId id(Storage.Stored pack) {
            return ContentId.parse(pack.file().name());
        }

        /** The packs that are named with those that are there. */
        private void compare(List<Storage.Stored> packs, Set<ContentId> named) {
            Map<ContentId, Long> there = packs.stream().collect(Collectors.toMap(Run::id, Storage.Stored::size));
            for (ContentId pack : named) {
                StorageFile file = new StorageFile(FileKind.PACK, pack.toString());
                List<PackedBlob> blobs = indexed.getOrDefault(pack, List.of());
                long end = blobs.stream().mapToLong(PackedBlob::end).max().orElse(0);
                Optional<Long> size = Optional.ofNullable(there.get(pack));
                if (size.isEmpty()) {
                    lost(file, "The pack " + file + " is missing.", blobs);
                } else if (size.get() <= end) {
                    lost(
                            file,
                            "The pack " + file + " has " + size.get() + " bytes, of which its blobs alone take " + end
                                    + ".",
                            blobs.stream()
                                    .filter(blob -> blob.end() > size.get())
                                    .toList());
                }
            }
            for (Storage.Stored pack : packs) {
                if (!named.contains(id(pack))) {
                    findings.add(new Finding(
                            Finding.Kind.UNINDEXED,
                            pack.file().toString(),
                            "The pack " + pack.file() + " is in no index: repair index names it, prune removes it.",
                            List.of(),
                            0));
                }
            }
        }

        private void lost(StorageFile file, String message, List<PackedBlob> blobs) {
            blobs.forEach(blob -> badBlobs.add(blob.id()));
            findings.add(new Finding(Finding.Kind.PACK, file.toString(), message, List.of(), 0));
        }

        private void read(PackReader reader, Storage.Stored pack) throws IOException {
            Optional<PackReader.Fault> fault = reader.read(pack, indexed.getOrDefault(id(pack), List.of()));
            if (fault.isPresent()) {
                List<PackedBlob> blobs = fault.get().lost();
                String lost = blobs.isEmpty()
                        ? " All of its blobs are whole."
                        : " Damaged: "
                                + blobs.stream()
                                        .limit(Finding.MOST_AFFECTED)
                                        .map(blob -> blob.kind().word() + " blob "
                                                + blob.id().brief())
                                        .collect(Collectors.joining(", "))
                                + (blobs.size() > Finding.MOST_AFFECTED
                                        ? " and " + (blobs.size() - Finding.MOST_AFFECTED) + " more."
                                        : ".");
                lost(pack.file(), "The pack " + pack.file() + " " + fault.get().reason() + "." + lost, blobs);
            }
            meter.add(1, pack.size());
        }
    }
}
