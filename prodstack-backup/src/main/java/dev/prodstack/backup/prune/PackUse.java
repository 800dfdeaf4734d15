package dev.prodstack.backup.prune;

import dev.prodstack.backup.blob.ContentId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What of a pack is used.
 *
 * @param pack which
 * @param size of its file in bytes
 * @param holds which kinds of blobs
 * @param usedBlobs how many blobs are used
 * @param usedBytes how many bytes those take
 * @param unusedBlobs how many blobs are not, or are used in another pack
 * @param unusedBytes how many bytes those take
 * @param uncompressed whether a used blob is not compressed
 * @param lockedUntil until when the storage keeps it whatever is asked
 */
public record PackUse(
        ContentId pack,
        long size,
        Holds holds,
        int usedBlobs,
        long usedBytes,
        int unusedBlobs,
        long unusedBytes,
        boolean uncompressed,
        Optional<Instant> lockedUntil) {
    /** Checks. */
    public PackUse {
        Objects.requireNonNull(pack, "pack");
        Objects.requireNonNull(holds, "holds");
        Objects.requireNonNull(lockedUntil, "lockedUntil");
    }

    PackUse locked(Optional<Instant> until) {
        return new PackUse(pack, size, holds, usedBlobs, usedBytes, unusedBlobs, unusedBytes, uncompressed, until);
    }

    boolean lockedAt(Instant now) {
        return lockedUntil.filter(now::isBefore).isPresent();
    }

    /** Kinds of blobs in one pack. */
    public enum Holds {
        /** Pieces of files. */
        DATA,
        /** Lists of directories. */
        TREES,
        /** Both, as early versions of restic wrote. */
        BOTH
    }
}
