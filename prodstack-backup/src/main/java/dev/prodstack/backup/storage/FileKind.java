package dev.prodstack.backup.storage;

/** The kinds of files that a repository has; restic design document, "Repository Layout". */
public enum FileKind {
    /** The one file {@code config}. */
    CONFIG("config"),
    /** What opens the repository with a password. */
    KEY("keys"),
    /** The snapshots. */
    SNAPSHOT("snapshots"),
    /** Which blobs lie where in which packs. */
    INDEX("index"),
    /** Who works on the repository. */
    LOCK("locks"),
    /** Blobs packed together, which lie in folders named by their first two digits. */
    PACK("data"),
    /**
     * Write-ahead log that is not in a snapshot yet. It is ours: restic's design has no such folder, and its programs
     * pass it by.
     */
    WAL("wal");

    private final String folder;

    FileKind(String folder) {
        this.folder = folder;
    }

    /** The folder that files of this kind lie in; of {@link #CONFIG} the file itself. */
    public String folder() {
        return folder;
    }
}
