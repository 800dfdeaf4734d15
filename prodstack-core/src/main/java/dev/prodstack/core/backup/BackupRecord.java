package dev.prodstack.core.backup;

import java.time.Instant;
import java.util.List;

/**
 * What is kept of a run of the backup: a manifest if all of it succeeded, and otherwise what is there and what is not.
 */
public sealed interface BackupRecord permits BackupManifest, IncompleteBackup {
    /** Which backup it is: the instant that it began, and some letters. No two have the same. */
    String id();

    /** The stack. */
    String stack();

    /** What it was made for. */
    Purpose purpose();

    /** When it began. */
    Instant begun();

    /** When it ended. */
    Instant ended();

    /** What is stored. */
    List<BackupPart> parts();

    /** Bytes that were read. */
    default long bytesRead() {
        return parts().stream().mapToLong(BackupPart::bytesRead).sum();
    }

    /** Bytes that the repository grew by. */
    default long bytesStored() {
        return parts().stream().mapToLong(BackupPart::bytesStored).sum();
    }

    /** What a backup was made for. */
    enum Purpose {
        /** To have it. */
        BACKUP,
        /** To be able to go back from a restore. */
        SAFETY
    }
}
