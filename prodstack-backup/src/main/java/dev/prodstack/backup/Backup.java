package dev.prodstack.backup;

import dev.prodstack.backup.blob.BlobKind;
import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.blob.DamagedException;
import dev.prodstack.backup.pack.Compression;
import dev.prodstack.backup.progress.Meter;
import dev.prodstack.backup.progress.Progress;
import dev.prodstack.backup.repository.BlobWriter;
import dev.prodstack.backup.repository.HeldLock;
import dev.prodstack.backup.repository.Host;
import dev.prodstack.backup.repository.ReadBack;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.Snapshot;
import dev.prodstack.backup.snapshot.SnapshotSummary;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.source.Sink;
import dev.prodstack.backup.source.Source;
import dev.prodstack.backup.source.Tally;
import dev.prodstack.backup.source.Unread;
import dev.prodstack.backup.tree.Tree;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Backs a source up: {@code Backup.of(source).to(repository)}.
 *
 * @param source what is backed up
 * @param hostname what the snapshot says where
 * @param tags the snapshot's labels
 * @param compression how hard content is compressed
 * @param readBack which blobs are read back before they are stored
 * @param unread is told of what is not in the snapshot, or not as it should be; called from the thread that backs up
 * @param progress is told how far it is, now and then, from any thread
 */
public record Backup(
        Source source,
        String hostname,
        List<String> tags,
        Compression compression,
        ReadBack readBack,
        Consumer<Unread> unread,
        Consumer<Progress> progress) {
    /** Copies the tags. */
    public Backup {
        tags = List.copyOf(tags);
    }

    /** Of a source on this host, without tags. */
    public static Backup of(Source source) {
        return new Backup(source, Host.name(), List.of(), Compression.AUTO, ReadBack.EACH_BLOB, what -> {}, far -> {});
    }

    /** The same with labels. */
    public Backup tagged(String... labels) {
        return new Backup(source, hostname, List.of(labels), compression, readBack, unread, progress);
    }

    /** The same on a host of another name. */
    public Backup onHost(String name) {
        return new Backup(source, name, tags, compression, readBack, unread, progress);
    }

    /** The same, telling of what could not be backed up. */
    public Backup telling(Consumer<Unread> listener) {
        return new Backup(source, hostname, tags, compression, readBack, listener, progress);
    }

    /** The same, compressed otherwise. */
    public Backup compressed(Compression other) {
        return new Backup(source, hostname, tags, other, readBack, unread, progress);
    }

    /**
     * The same without reading blobs back before they are stored, which takes a good part of a first backup's time.
     * What a faulty memory or processor makes of them is then found by a check of all data, or by a restore.
     */
    public Backup withoutReadingBack() {
        return new Backup(source, hostname, tags, compression, ReadBack.NONE, unread, progress);
    }

    /** The same, telling how far it is. */
    public Backup showing(Consumer<Progress> listener) {
        return new Backup(source, hostname, tags, compression, readBack, unread, listener);
    }

    /**
     * Stores what is not there yet, and then a snapshot.
     *
     * @throws IOException if the source as a whole cannot be read, or the repository not written; there is no snapshot
     */
    public StoredSnapshot to(Repository repository) throws IOException, InterruptedException {
        OffsetDateTime begun = OffsetDateTime.now(ZoneId.systemDefault());
        HeldLock lock = repository.lockShared();
        try (lock) {
            Optional<StoredSnapshot> parent = parent(repository);
            repository.loadIndex();
            BlobWriter writer = new BlobWriter(repository, compression, readBack);
            Tally tally = new Tally(new Meter(progress));
            ContentId root;
            try (Sink sink = new Sink(repository, writer, unread, tally)) {
                root = source.store(sink, tree(repository, parent));
            }
            writer.finish();
            return repository.save(new Snapshot(
                    begun,
                    parent.map(StoredSnapshot::id),
                    root,
                    source.paths(),
                    hostname,
                    System.getProperty("user.name", ""),
                    Host.uid(),
                    Host.gid(),
                    source.excludes(),
                    tags,
                    Optional.empty(),
                    "prodstack",
                    Optional.of(summary(begun, writer, tally))));
        }
    }

    private static SnapshotSummary summary(OffsetDateTime begun, BlobWriter writer, Tally tally) {
        return new SnapshotSummary(
                begun,
                OffsetDateTime.now(ZoneId.systemDefault()),
                tally.files(),
                tally.directories(),
                writer.newBlobs(BlobKind.DATA),
                writer.newBlobs(BlobKind.TREE),
                writer.addedBytes(),
                writer.storedBytes(),
                tally.bytes());
    }

    private Optional<StoredSnapshot> parent(Repository repository) throws IOException {
        return repository
                .snapshots((file, damage) -> unread.accept(new Unread(
                        Unread.Kind.NOTE,
                        file.toString(),
                        "is a damaged snapshot, which does not serve as parent: " + damage.getMessage())))
                .stream()
                .filter(stored -> stored.snapshot().hostname().equals(hostname)
                        && Set.copyOf(stored.snapshot().paths()).equals(Set.copyOf(source.paths())))
                .reduce((earlier, later) -> later);
    }

    /** The tree of the parent; without it all is read, and its chunks are found by what they hold. */
    private Optional<Tree> tree(Repository repository, Optional<StoredSnapshot> parent) throws IOException {
        if (parent.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(repository.tree(parent.get().snapshot().tree()));
        } catch (DamagedException e) {
            unread.accept(new Unread(
                    Unread.Kind.NOTE,
                    "snapshot " + parent.get().id().brief(),
                    "does not serve as parent: " + e.getMessage()));
            return Optional.empty();
        }
    }
}
