package dev.prodstack.backup.storage;

import java.util.Objects;

/**
 * A file of a repository.
 *
 * @param kind what it is
 * @param name its name without folders: the lower-case hexadecimal SHA-256 of its content, but for {@link #CONFIG} and
 *     {@link FileKind#WAL}
 */
public record StorageFile(FileKind kind, String name) {
    /** The file that says what repository this is. */
    public static final StorageFile CONFIG = new StorageFile(FileKind.CONFIG, FileKind.CONFIG.folder());

    /** Checks the name, which comes from listings too. */
    public StorageFile {
        Objects.requireNonNull(kind, "kind");
        if (name.isEmpty() || name.contains("/") || name.startsWith(".")) {
            throw new IllegalArgumentException("no name of a repository's file: " + name);
        }
    }

    /** Its path from the repository's root, with slashes, such as {@code data/3f/3f0c...}. */
    public String path() {
        return switch (kind) {
            case CONFIG -> name;
            case PACK -> kind.folder() + "/" + name.substring(0, Math.min(2, name.length())) + "/" + name;
            default -> kind.folder() + "/" + name;
        };
    }

    @Override
    public String toString() {
        return path();
    }
}
