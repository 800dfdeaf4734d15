package dev.prodstack.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.backup.blob.BlobKind;
import dev.prodstack.backup.crypto.Scrypt;
import dev.prodstack.backup.pack.Compression;
import dev.prodstack.backup.storage.DirectoryStorage;
import dev.prodstack.backup.storage.FileKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobWriterTest {
    private static final int MIB = 1024 * 1024;

    @TempDir
    Path folder;

    private final Random chance = new Random(3);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void whatIsStoredIsIndexedAfterTenMinutes() throws IOException {
        try (Repository repository =
                Repository.init(DirectoryStorage.at(folder), "secret".toCharArray(), new Scrypt(2, 1, 1))) {
            BlobWriter writer = new BlobWriter(repository, Compression.OFF, () -> now);
            fillPacks(writer);
            assertThat(repository.files(FileKind.INDEX)).isEmpty();
            now = now.plus(BlobWriter.LONGEST_UNINDEXED);
            fillPacks(writer);
            assertThat(repository.files(FileKind.INDEX)).hasSize(1);
            fillPacks(writer);
            assertThat(repository.files(FileKind.INDEX)).hasSize(1);
            writer.finish();
            assertThat(repository.files(FileKind.INDEX)).hasSize(2);
        }
    }

    /** A pack is stored at 16 MiB, and blobs go to one of two by chance. */
    private void fillPacks(BlobWriter writer) throws IOException {
        long before = writer.storedBytes();
        while (writer.storedBytes() == before) {
            byte[] content = new byte[8 * MIB];
            chance.nextBytes(content);
            writer.save(BlobKind.DATA, content);
        }
    }
}
