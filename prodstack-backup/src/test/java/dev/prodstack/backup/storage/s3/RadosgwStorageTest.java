package dev.prodstack.backup.storage.s3;

import dev.prodstack.backup.storage.Storage;
import dev.prodstack.backup.storage.StorageContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The contract on Ceph. */
@Tag("engine")
class RadosgwStorageTest extends StorageContract {
    @TempDir
    Path directory;

    @Override
    protected Storage open() throws Exception {
        return S3Storage.with(Radosgw.running().settings(directory));
    }
}
