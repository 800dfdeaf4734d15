package dev.prodstack.backup.storage.s3;

import dev.prodstack.backup.storage.FileKind;
import dev.prodstack.backup.storage.Storage.Stored;
import dev.prodstack.backup.storage.StorageFile;
import java.util.Optional;

/** The names of objects; restic's default layout. */
final class Names {
    private final String root;

    Names(String prefix) {
        root = prefix.isEmpty() ? "" : prefix + "/";
    }

    String of(StorageFile file) {
        return root + file.path();
    }

    /** What the names of all files of a kind begin with. */
    String prefix(FileKind kind) {
        return root + kind.folder() + (kind == FileKind.CONFIG ? "" : "/");
    }

    /** The file that an object is; empty if it is none of that kind. */
    Optional<Stored> read(FileKind kind, String key, long size) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        if (name.isEmpty() || name.startsWith(".")) {
            return Optional.empty();
        }
        StorageFile file = new StorageFile(kind, name);
        return of(file).equals(key) ? Optional.of(new Stored(file, size)) : Optional.empty();
    }
}
