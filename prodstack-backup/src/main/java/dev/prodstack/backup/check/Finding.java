package dev.prodstack.backup.check;

import java.util.List;
import java.util.Objects;

/**
 * Something that is not as it should be.
 *
 * @param kind what it is
 * @param subject the file of the repository, or the blob
 * @param message what is wrong, in a sentence
 * @param affected which files of which snapshots, as {@code snapshot:path}, of which there may be more
 * @param affectedCount how many there are; a directory with all that is below it counts as one
 */
public record Finding(Kind kind, String subject, String message, List<String> affected, long affectedCount) {
    /** How many paths a finding names. */
    public static final int MOST_AFFECTED = 20;

    /** Copies the list. */
    public Finding {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(message, "message");
        affected = List.copyOf(affected);
    }

    /** What may be wrong. */
    public enum Kind {
        /** A key file is damaged: its password opens the repository no more. */
        KEY,
        /** A snapshot's file is damaged: the snapshot is lost. */
        SNAPSHOT,
        /** An index file is damaged. Repairing the index makes it anew from the packs. */
        INDEX,
        /** A pack is damaged or missing, with or without loss. */
        PACK,
        /** A blob that snapshots need is damaged or missing. */
        BLOB,
        /** A lock's file is damaged. */
        LOCK,
        /** A pack is in no index: room is wasted, and nothing else, as a rule by a backup that was interrupted. */
        UNINDEXED;

        /** Whether the repository is not in order because of it. */
        public boolean isFault() {
            return this != UNINDEXED;
        }
    }
}
