package dev.prodstack.backup.repository;

import dev.prodstack.backup.crypto.MasterKey;
import dev.prodstack.backup.pack.PackFile;
import dev.prodstack.backup.pack.PackedBlob;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A pack that is being filled. */
final class OpenPack {
    private static final int TARGET = 16 * 1024 * 1024;
    /** Small blobs would make a header longer than any reader takes. */
    private static final int MOST_BLOBS = 100_000;

    private List<PackedBlob> blobs = new ArrayList<>();
    private List<byte[]> parts = new ArrayList<>();
    private int size;

    /** Adds a blob behind the others; what there is by then if that is enough for a pack. */
    synchronized Optional<Full> add(PackedBlob blob, byte[] sealed) {
        blobs.add(new PackedBlob(blob.id(), blob.kind(), size, blob.length(), blob.uncompressed()));
        parts.add(sealed);
        size += sealed.length;
        return size >= TARGET || blobs.size() >= MOST_BLOBS ? take() : Optional.empty();
    }

    /** Empties it. */
    synchronized Optional<Full> take() {
        if (blobs.isEmpty()) {
            return Optional.empty();
        }
        Full full = new Full(blobs, parts, size);
        blobs = new ArrayList<>();
        parts = new ArrayList<>();
        size = 0;
        return Optional.of(full);
    }

    /** What makes up a pack. */
    record Full(List<PackedBlob> blobs, List<byte[]> parts, int size) {
        byte[] content(MasterKey key) {
            byte[] end = PackFile.end(key, blobs);
            byte[] content = new byte[size + end.length];
            int at = 0;
            for (byte[] part : parts) {
                System.arraycopy(part, 0, content, at, part.length);
                at += part.length;
            }
            System.arraycopy(end, 0, content, at, end.length);
            return content;
        }
    }
}
