package dev.prodstack.backup.snapshot;

import java.time.OffsetDateTime;
import java.util.Objects;

/**
 * How a backup went, kept with its snapshot as restic 0.17 and later do.
 *
 * @param begun when it began
 * @param ended when all of its content was stored
 * @param files how its files compare with those of the parent
 * @param directories how its directories compare with those of the parent
 * @param dataBlobs new pieces of files
 * @param treeBlobs new lists of directories
 * @param dataAdded bytes of the new blobs
 * @param dataAddedPacked bytes that these take in the repository
 * @param bytesProcessed bytes of all of its files
 */
public record SnapshotSummary(
        OffsetDateTime begun,
        OffsetDateTime ended,
        Counts files,
        Counts directories,
        long dataBlobs,
        long treeBlobs,
        long dataAdded,
        long dataAddedPacked,
        long bytesProcessed) {
    /** Checks that nothing is missing. */
    public SnapshotSummary {
        Objects.requireNonNull(begun, "begun");
        Objects.requireNonNull(ended, "ended");
        Objects.requireNonNull(files, "files");
        Objects.requireNonNull(directories, "directories");
    }

    /**
     * A comparison with the parent.
     *
     * @param added that the parent does not have
     * @param changed that are other than in the parent
     * @param unmodified that are as in the parent
     */
    public record Counts(long added, long changed, long unmodified) {
        /** How many there are. */
        public long total() {
            return added + changed + unmodified;
        }
    }
}
