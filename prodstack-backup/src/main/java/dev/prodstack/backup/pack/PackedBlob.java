package dev.prodstack.backup.pack;

import dev.prodstack.backup.blob.BlobKind;
import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.crypto.MasterKey;
import java.util.Objects;

/**
 * A blob's place in its pack.
 *
 * @param id of its plain content
 * @param kind what it is
 * @param offset in the pack, in bytes
 * @param length as stored: sealed, and compressed if it is
 * @param uncompressed the length of its plain content if it is compressed; 0 if it is not
 */
public record PackedBlob(ContentId id, BlobKind kind, int offset, int length, int uncompressed) {
    /** Checks the numbers, which are read from files. */
    public PackedBlob {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        if (offset < 0
                || length < MasterKey.OVERHEAD
                || uncompressed < 0
                || (long) offset + length > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "no place of a blob: offset " + offset + ", length " + length + ", uncompressed " + uncompressed);
        }
    }

    /** Whether its content is compressed. */
    public boolean compressed() {
        return uncompressed > 0;
    }

    /** How long its plain content is. */
    public int plainLength() {
        return compressed() ? uncompressed : length - MasterKey.OVERHEAD;
    }

    /** Where it ends in the pack. */
    public int end() {
        return offset + length;
    }
}
