package dev.prodstack.backup.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.backup.storage.FileKind;
import dev.prodstack.backup.storage.Storage.Stored;
import dev.prodstack.backup.storage.StorageContract;
import dev.prodstack.backup.storage.StorageException;
import dev.prodstack.backup.storage.StorageException.Reason;
import dev.prodstack.backup.storage.StorageFile;
import dev.prodstack.core.backup.RepositorySpec.ObjectLock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A server that enforces object lock keeps what we lock. */
@Tag("engine")
class ObjectLockTest {
    private static final byte[] CONTENT = StorageContract.bytes(1_000);
    private static final StorageFile PACK = new StorageFile(FileKind.PACK, StorageContract.sha256(CONTENT));

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(ObjectLock.Mode.class)
    void whatIsLockedSurvivesDeletion(ObjectLock.Mode mode) throws IOException {
        S3Settings settings = locked(mode);
        try (S3Storage storage = S3Storage.with(settings);
                S3Client client = Clients.connect(settings, new RetryRules())) {
            storage.create();
            Instant before = Instant.now();
            storage.save(PACK, ByteBuffer.wrap(CONTENT));

            assertThat(storage.lockedUntil(PACK).orElseThrow())
                    .isBetween(
                            before.plus(Duration.ofDays(3)).minusSeconds(1),
                            Instant.now().plus(Duration.ofDays(3)));
            storage.delete(PACK);

            assertThat(storage.size(PACK)).isEmpty();
            assertThat(names(storage)).isEmpty();
            List<ObjectVersion> versions = versions(client, settings);
            assertThat(versions).hasSize(1);
            String key = versions.get(0).key();
            String version = versions.get(0).versionId();
            assertThatThrownBy(() -> client.deleteObject(
                            request -> request.bucket(settings.location().bucket())
                                    .key(key)
                                    .versionId(version)))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
            assertThat(client.getObjectAsBytes(request -> request.bucket(
                                            settings.location().bucket())
                                    .key(key)
                                    .versionId(version))
                            .asByteArray())
                    .isEqualTo(CONTENT);
        }
    }

    @Test
    void locksOfTheRepositoryAreNotLockedAndLeaveNothing() throws IOException {
        S3Settings settings = locked(ObjectLock.Mode.COMPLIANCE);
        try (S3Storage storage = S3Storage.with(settings);
                S3Client client = Clients.connect(settings, new RetryRules())) {
            storage.create();
            StorageFile lock = new StorageFile(FileKind.LOCK, "ab".repeat(32));
            storage.save(lock, ByteBuffer.wrap(CONTENT));
            assertThat(storage.lockedUntil(lock)).isEmpty();
            storage.delete(lock);

            assertThat(storage.size(lock)).isEmpty();
            assertThat(versions(client, settings)).isEmpty();
        }
    }

    @Test
    void whatWasDeletedWhileLockedCanBeSavedAgain() throws IOException {
        try (S3Storage storage = S3Storage.with(locked(ObjectLock.Mode.GOVERNANCE))) {
            storage.create();
            storage.save(PACK, ByteBuffer.wrap(CONTENT));
            storage.delete(PACK);
            storage.save(PACK, ByteBuffer.wrap(CONTENT));

            assertThat(storage.load(PACK)).isEqualTo(CONTENT);
            assertThat(names(storage)).containsExactly(PACK);
        }
    }

    @Test
    void aBucketWithoutObjectLockIsToldApart() throws IOException {
        S3Settings plain = Radosgw.running().settings(directory);
        try (S3Storage storage = S3Storage.with(plain)) {
            storage.create();
        }
        ObjectLock lock = new ObjectLock(ObjectLock.Mode.GOVERNANCE, Duration.ofDays(3));
        try (S3Storage storage = S3Storage.with(plain.objectLock(lock))) {
            assertThatThrownBy(() -> storage.save(PACK, ByteBuffer.wrap(CONTENT)))
                    .isInstanceOfSatisfying(
                            StorageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNFIT))
                    .hasMessageContaining("has no object lock");
        }
    }

    private S3Settings locked(ObjectLock.Mode mode) throws IOException {
        return Radosgw.running().settings(directory).objectLock(new ObjectLock(mode, Duration.ofDays(3)));
    }

    private static List<StorageFile> names(S3Storage storage) throws IOException {
        try (Stream<Stored> files = storage.list(FileKind.PACK)) {
            return files.map(Stored::file).toList();
        }
    }

    private static List<ObjectVersion> versions(S3Client client, S3Settings settings) {
        return client.listObjectVersions(
                        request -> request.bucket(settings.location().bucket()))
                .versions();
    }
}
