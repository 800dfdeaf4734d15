package dev.prodstack.backup.restore;

import java.util.Objects;

/**
 * Something that is not as in the snapshot after a restore.
 *
 * @param path where it would be in the snapshot
 * @param kind whether it is there at all
 * @param reason why; continues the path
 */
public record Lack(String path, Kind kind, String reason) {
    /** Checks that nothing is missing. */
    public Lack {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(reason, "reason");
    }

    /** How much is lacking. */
    public enum Kind {
        /** It is not there, or its content is not right. */
        CONTENT,
        /** It is there, without its owner, mode, times or attributes. */
        METADATA
    }
}
