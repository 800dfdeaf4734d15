package dev.prodstack.backup.repository;

import dev.prodstack.backup.blob.BlobKind;
import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.blob.DamagedException;
import dev.prodstack.backup.index.BlobIndex;
import dev.prodstack.backup.index.IndexedPack;
import dev.prodstack.backup.pack.Compression;
import dev.prodstack.backup.pack.PackedBlob;
import dev.prodstack.backup.storage.FileKind;
import dev.prodstack.backup.storage.Storage;
import dev.prodstack.backup.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes blobs that the repository does not have yet, packs of them, and the index of those. Safe for many threads,
 * each of which compresses, seals and checks its own blobs and stores the packs it fills; so callers bound what is
 * under way.
 *
 * <p>Blobs go by chance to one of two open packs, so that the sizes of packs do not tell the order of chunks, from
 * which the polynomial could be learnt (Cryptology ePrint 2025/532).
 */
public final class BlobWriter {
    private static final int OPEN_DATA_PACKS = 2;
    /** How many blobs a file of the index has, about. */
    public static final int MOST_INDEXED = 50_000;

    /** After this long what is stored is put in the index, so that who is killed has not worked for nothing. */
    static final Duration LONGEST_UNINDEXED = Duration.ofMinutes(10);

    private final Repository repository;
    private final InstantSource clock;
    private final BlobIndex known;
    private final Indexing indexing;
    private final Compression compression;
    private final ReadBack readBack;
    private final Set<Handle> under = ConcurrentHashMap.newKeySet();
    private final SecureRandom chance = new SecureRandom();
    private final List<OpenPack> data = packs(OPEN_DATA_PACKS);
    private final List<OpenPack> trees = packs(1);
    private final AtomicLong dataBlobs = new AtomicLong();
    private final AtomicLong treeBlobs = new AtomicLong();
    private final AtomicLong added = new AtomicLong();
    private final AtomicLong stored = new AtomicLong();

    private List<IndexedPack> unindexed = new ArrayList<>();
    private int unindexedBlobs;
    private Instant indexed;

    /** Into a repository whose index is loaded and which is locked. */
    public BlobWriter(Repository repository, Compression compression) {
        this(repository, compression, ReadBack.EACH_BLOB);
    }

    /** The same, reading back what it is told to. */
    public BlobWriter(Repository repository, Compression compression, ReadBack readBack) {
        this(repository, compression, readBack, InstantSource.system(), repository.index(), Indexing.AS_IT_GROWS);
    }

    BlobWriter(Repository repository, Compression compression, InstantSource clock) {
        this(repository, compression, ReadBack.EACH_BLOB, clock, repository.index(), Indexing.AS_IT_GROWS);
    }

    private BlobWriter(
            Repository repository,
            Compression compression,
            ReadBack readBack,
            InstantSource clock,
            BlobIndex known,
            Indexing indexing) {
        this.repository = repository;
        this.clock = clock;
        indexed = clock.instant();
        this.compression = compression;
        this.readBack = readBack;
        this.known = known;
        this.indexing = indexing;
    }

    /**
     * One that writes blobs once more although the repository has them, as pruning does, and leaves the index to its
     * caller: see {@link #finishUnindexed}.
     */
    public static BlobWriter beside(Repository repository) {
        return new BlobWriter(
                repository,
                Compression.AUTO,
                ReadBack.EACH_BLOB,
                InstantSource.system(),
                new BlobIndex(),
                Indexing.BY_THE_CALLER);
    }

    private static List<OpenPack> packs(int count) {
        List<OpenPack> packs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            packs.add(new OpenPack());
        }
        return packs;
    }

    /** Stores the whole of an array, and returns its id. */
    public ContentId save(BlobKind kind, byte[] content) throws IOException {
        return save(kind, content, 0, content.length);
    }

    /** Stores a part of an array unless it is there or on its way, and returns its id. */
    public ContentId save(BlobKind kind, byte[] content, int offset, int length) throws IOException {
        ContentId id = ContentId.of(content, offset, length);
        Handle handle = new Handle(kind, id);
        if (!under.add(handle)) {
            return id;
        }
        if (known.contains(kind, id)) {
            under.remove(handle);
            return id;
        }
        boolean compress = kind == BlobKind.TREE || compression != Compression.OFF;
        byte[] frame = Scratch.ofThread().frame(compress ? Compression.mostCompressed(length) : 0);
        int size = compress ? compression.compress(content, offset, length, frame) : length;
        boolean smaller = compress && (size < length || kind == BlobKind.TREE);
        byte[] sealed = smaller
                ? repository.key().seal(frame, 0, size)
                : repository.key().seal(content, offset, length);
        PackedBlob blob = new PackedBlob(id, kind, 0, sealed.length, smaller ? length : 0);
        if (readBack == ReadBack.EACH_BLOB) {
            verify(blob, sealed);
        }
        (kind == BlobKind.TREE ? treeBlobs : dataBlobs).incrementAndGet();
        added.addAndGet(length);
        add(blob, sealed);
        return id;
    }

    /** Stores a blob as it was sealed before with the same key, and was opened and found right, unless it is there. */
    public void copy(PackedBlob blob, byte[] sealed) throws IOException {
        Handle handle = new Handle(blob.kind(), blob.id());
        if (!under.add(handle)) {
            return;
        }
        if (known.contains(blob.kind(), blob.id())) {
            under.remove(handle);
            return;
        }
        (blob.kind() == BlobKind.TREE ? treeBlobs : dataBlobs).incrementAndGet();
        added.addAndGet(blob.plainLength());
        add(blob, sealed);
    }

    /** Opens what was just sealed: a fault of memory or of a compressor must not be found at the restore. */
    private void verify(PackedBlob blob, byte[] sealed) throws IOException {
        try {
            repository.verify(blob, sealed, 0);
        } catch (DamagedException e) {
            throw new IOException(
                    "A blob could not be read back after it was compressed and sealed, before it was stored: it "
                            + e.getMessage()
                            + ". The memory or processor of this machine may be faulty; nothing wrong was stored.",
                    e);
        }
    }

    private List<OpenPack> packs(BlobKind kind) {
        return switch (kind) {
            case DATA -> data;
            case TREE -> trees;
        };
    }

    private void add(PackedBlob blob, byte[] sealed) throws IOException {
        List<OpenPack> choice = packs(blob.kind());
        OpenPack pack = choice.get(choice.size() == 1 ? 0 : chance.nextInt(choice.size()));
        Optional<OpenPack.Full> full = pack.add(blob, sealed);
        if (full.isPresent()) {
            store(full.get(), blob.kind());
        }
    }

    private void store(OpenPack.Full full, BlobKind kind) throws IOException {
        byte[] content = full.content(repository.key());
        ContentId id = ContentId.of(content);
        repository.requireLocks();
        Storage into = kind == BlobKind.TREE ? repository.storage().forTrees() : repository.storage();
        into.save(new StorageFile(FileKind.PACK, id.toString()), ByteBuffer.wrap(content));
        stored.addAndGet(content.length);
        IndexedPack pack = new IndexedPack(id, full.blobs());
        known.add(pack);
        full.blobs().forEach(blob -> under.remove(new Handle(kind, blob.id())));
        List<IndexedPack> due = List.of();
        synchronized (this) {
            unindexed.add(pack);
            unindexedBlobs += full.blobs().size();
            boolean many = unindexedBlobs >= MOST_INDEXED;
            boolean late = !clock.instant().isBefore(indexed.plus(LONGEST_UNINDEXED));
            if ((many || late) && indexing == Indexing.AS_IT_GROWS) {
                due = takeUnindexed();
            }
        }
        repository.saveIndex(due);
    }

    private synchronized List<IndexedPack> takeUnindexed() {
        List<IndexedPack> taken = unindexed;
        unindexed = new ArrayList<>();
        unindexedBlobs = 0;
        indexed = clock.instant();
        return taken;
    }

    /** Stores what is not full yet, and then the index; to be called when no other thread saves any more. */
    public void finish() throws IOException {
        storeRest();
        repository.saveIndex(takeUnindexed());
    }

    /** The same without the index: returns the packs, which nobody finds before they are in one. */
    public List<IndexedPack> finishUnindexed() throws IOException {
        storeRest();
        return takeUnindexed();
    }

    private void storeRest() throws IOException {
        for (BlobKind kind : BlobKind.values()) {
            for (OpenPack pack : packs(kind)) {
                Optional<OpenPack.Full> rest = pack.take();
                if (rest.isPresent()) {
                    store(rest.get(), kind);
                }
            }
        }
    }

    /** How many blobs of a kind were new. */
    public long newBlobs(BlobKind kind) {
        return (kind == BlobKind.TREE ? treeBlobs : dataBlobs).get();
    }

    /** How many bytes the new blobs have. */
    public long addedBytes() {
        return added.get();
    }

    /** How many bytes of packs were stored. */
    public long storedBytes() {
        return stored.get();
    }

    private enum Indexing {
        AS_IT_GROWS,
        BY_THE_CALLER
    }

    private record Handle(BlobKind kind, ContentId id) {}
}
