package dev.prodstack.backup.copy;

import dev.prodstack.backup.snapshot.StoredSnapshot;
import java.util.List;
import java.util.Objects;

/**
 * What copying did.
 *
 * @param copied the snapshots as they are in the second repository, in the order of their times
 * @param present how many were there already
 * @param newBlobs how many blobs were missing there
 * @param storedBytes how many bytes of packs were stored
 * @param chunking whether a later backup straight to the second repository finds there what was copied
 */
public record CopyReport(List<StoredSnapshot> copied, int present, long newBlobs, long storedBytes, Chunking chunking) {
    /** Copies. */
    public CopyReport {
        copied = List.copyOf(copied);
        Objects.requireNonNull(chunking, "chunking");
    }

    /** How two repositories cut files. */
    public enum Chunking {
        /** At the same places. */
        ALIKE,
        /**
         * At places of their own: a file that is backed up to both is stored in different pieces, and so twice once one
         * is copied to the other. A second repository for copies is best made with the polynomial of the first.
         */
        DIFFERENT
    }
}
