package dev.prodstack.backup.storage.cache;

import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.storage.DirectoryStorage;
import dev.prodstack.backup.storage.Storage;
import dev.prodstack.backup.storage.StorageContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract, where copies are kept. */
class CachedStorageTest extends StorageContract {
    @TempDir
    Path directory;

    @Override
    protected Storage open() {
        return Cache.at(directory.resolve("cache"))
                .over(DirectoryStorage.at(directory.resolve("repository")), ContentId.of(new byte[0]));
    }
}
