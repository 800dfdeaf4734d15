package dev.prodstack.backup.index;

import dev.prodstack.backup.blob.BlobKind;
import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.pack.PackedBlob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Where each blob lies, in 48 bytes a blob and a hash table of 5 to 11 more, outside of which nothing is kept per blob.
 * Safe for many threads. Where a blob lies in several packs, the first one added counts.
 */
public final class BlobIndex {
    /** The numbers of an entry: the id as four longs, pack and offset, length and uncompressed length. */
    private static final int WIDTH = 6;

    private static final int SEGMENT = 1 << 14;
    private static final int TREE = 1 << 31;

    private final List<long[]> segments = new ArrayList<>();
    private final List<ContentId> packs = new ArrayList<>();
    private final Map<ContentId, Integer> packNumbers = new HashMap<>();
    private int[] table = new int[1 << 10];
    private int size;

    /** An index of nothing. */
    public BlobIndex() {}

    /** Adds a pack's blobs. One that is there already stays as it is. */
    public synchronized void add(IndexedPack pack) {
        if (packNumbers.containsKey(pack.id())) {
            return;
        }
        int number = packs.size();
        packs.add(pack.id());
        packNumbers.put(pack.id(), number);
        for (PackedBlob blob : pack.blobs()) {
            if (find(blob.kind(), blob.id()) < 0) {
                append(number, blob);
            }
        }
    }

    /** Where a blob lies; empty if it is not there. */
    public synchronized Optional<BlobPlace> place(BlobKind kind, ContentId id) {
        int entry = find(kind, id);
        return entry < 0 ? Optional.empty() : Optional.of(read(entry));
    }

    /** Whether a blob is there. */
    public synchronized boolean contains(BlobKind kind, ContentId id) {
        return find(kind, id) >= 0;
    }

    /** A number for a blob from 0 on, in the order of adding, that holds for the life of this index; -1 of none. */
    public synchronized int number(BlobKind kind, ContentId id) {
        return find(kind, id);
    }

    /** The pack that counts for the blob of a number. */
    public synchronized ContentId packOf(int number) {
        return read(number).pack();
    }

    /** The blob of a number. */
    public synchronized PackedBlob blob(int number) {
        return read(number).blob();
    }

    /** Whether a pack is there. */
    public synchronized boolean containsPack(ContentId pack) {
        return packNumbers.containsKey(pack);
    }

    /** The packs that are there. */
    public synchronized List<ContentId> packs() {
        return List.copyOf(packs);
    }

    /** How many blobs are there. */
    public synchronized int size() {
        return size;
    }

    /** Gives every blob on, with its pack. */
    public synchronized void forEach(BiConsumer<ContentId, PackedBlob> each) {
        for (int entry = 0; entry < size; entry++) {
            BlobPlace place = read(entry);
            each.accept(place.pack(), place.blob());
        }
    }

    private void append(int pack, PackedBlob blob) {
        if (size % SEGMENT == 0) {
            segments.add(new long[SEGMENT * WIDTH]);
        }
        long[] segment = segments.get(size / SEGMENT);
        int at = size % SEGMENT * WIDTH;
        segment[at] = blob.id().a();
        segment[at + 1] = blob.id().b();
        segment[at + 2] = blob.id().c();
        segment[at + 3] = blob.id().d();
        segment[at + 4] = (long) pack << 32 | blob.offset();
        int length = blob.length() | (blob.kind() == BlobKind.TREE ? TREE : 0);
        segment[at + 5] = (long) length << 32 | blob.uncompressed();
        size++;
        if (size > table.length / 4 * 3) {
            grow();
        } else {
            enter(size - 1);
        }
    }

    private void grow() {
        table = new int[table.length * 2];
        for (int entry = 0; entry < size; entry++) {
            enter(entry);
        }
    }

    private void enter(int entry) {
        int slot = slot(segments.get(entry / SEGMENT)[entry % SEGMENT * WIDTH]);
        while (table[slot] != 0) {
            slot = (slot + 1) & (table.length - 1);
        }
        table[slot] = entry + 1;
    }

    private int find(BlobKind kind, ContentId id) {
        for (int slot = slot(id.a()); table[slot] != 0; slot = (slot + 1) & (table.length - 1)) {
            int entry = table[slot] - 1;
            long[] segment = segments.get(entry / SEGMENT);
            int at = entry % SEGMENT * WIDTH;
            boolean same = segment[at] == id.a()
                    && segment[at + 1] == id.b()
                    && segment[at + 2] == id.c()
                    && segment[at + 3] == id.d();
            if (same && (segment[at + 5] < 0) == (kind == BlobKind.TREE)) {
                return entry;
            }
        }
        return -1;
    }

    private int slot(long hash) {
        return (int) (hash ^ (hash >>> 32)) & (table.length - 1);
    }

    private BlobPlace read(int entry) {
        long[] segment = segments.get(entry / SEGMENT);
        int at = entry % SEGMENT * WIDTH;
        ContentId id = new ContentId(segment[at], segment[at + 1], segment[at + 2], segment[at + 3]);
        long lengths = segment[at + 5];
        PackedBlob blob = new PackedBlob(
                id,
                lengths < 0 ? BlobKind.TREE : BlobKind.DATA,
                (int) segment[at + 4],
                (int) (lengths >>> 32) & ~TREE,
                (int) lengths);
        return new BlobPlace(packs.get((int) (segment[at + 4] >>> 32)), blob);
    }

    /** How many bytes the entries and the table take. */
    public synchronized long memory() {
        return segments.stream().mapToLong(segment -> segment.length * 8L).sum()
                + table.length * 4L
                + packs.size() * 100L;
    }
}
