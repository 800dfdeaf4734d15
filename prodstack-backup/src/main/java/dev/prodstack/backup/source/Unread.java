package dev.prodstack.backup.source;

import java.util.Objects;

/**
 * Something that is not in a snapshot, or not as it should be.
 *
 * @param kind how much of it is not
 * @param path where it is
 * @param reason what happened; continues the path
 */
public record Unread(Kind kind, String path, String reason) {
    /** Checks that nothing is missing. */
    public Unread {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(reason, "reason");
    }

    /** How much is not in the snapshot. */
    public enum Kind {
        /** All of it, though it should be. */
        MISSING,
        /** Its content changed while it was read, so that it may not fit together. */
        CHANGED,
        /** Something that this way of backing up does not carry. */
        NOT_CARRIED,
        /** Nothing; it took more work than it should. */
        NOTE
    }
}
