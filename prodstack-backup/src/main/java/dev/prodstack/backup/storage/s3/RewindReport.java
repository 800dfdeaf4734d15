package dev.prodstack.backup.storage.s3;

import dev.prodstack.backup.storage.StorageFile;
import java.time.Instant;
import java.util.List;

/**
 * What was found of a repository's files, and brought back.
 *
 * @param moment when they were in order
 * @param unchanged how many are as they were then
 * @param newer how many were written since, and have the content that their name says
 * @param changes the others, in the order of their names
 */
public record RewindReport(Instant moment, long unchanged, long newer, List<Change> changes) {
    /** Keeps the changes. */
    public RewindReport {
        changes = List.copyOf(changes);
    }

    /** What became of a file. */
    public enum Kind {
        /** It is not there any more, and comes back. */
        DELETED,
        /** It has another content, and comes back. */
        OVERWRITTEN,
        /** It had been deleted by then, and is there again with what its name does not say. It is deleted again. */
        FORGOTTEN,
        /** It was written later, and no version has the content that its name says. It is deleted. */
        LOST
    }

    /**
     * A file that is not as it was.
     *
     * @param size of what comes back, in bytes
     */
    public record Change(StorageFile file, Kind kind, long size) {}

    /** How many files come back. */
    public long back() {
        return count(Kind.DELETED) + count(Kind.OVERWRITTEN);
    }

    /** How many changes are of a kind. */
    public long count(Kind kind) {
        return changes.stream().filter(change -> change.kind() == kind).count();
    }

    /** How many bytes come back. */
    public long bytes() {
        return changes.stream()
                .filter(change -> change.kind() == Kind.DELETED || change.kind() == Kind.OVERWRITTEN)
                .mapToLong(Change::size)
                .sum();
    }
}
