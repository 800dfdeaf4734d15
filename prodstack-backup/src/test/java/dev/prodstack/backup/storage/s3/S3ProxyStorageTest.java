package dev.prodstack.backup.storage.s3;

import dev.prodstack.backup.storage.Storage;
import dev.prodstack.backup.storage.StorageContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a server that is no more than S3's basics. */
class S3ProxyStorageTest extends StorageContract {
    @TempDir
    Path directory;

    @Override
    protected Storage open() throws Exception {
        return S3Storage.with(S3Proxy.running().settings(directory));
    }
}
