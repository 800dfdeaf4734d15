package dev.prodstack.backup.storage.s3;

import dev.prodstack.backup.storage.FileKind;
import dev.prodstack.backup.storage.Storage;
import dev.prodstack.backup.storage.StorageFile;
import dev.prodstack.backup.storage.Throttle;
import dev.prodstack.core.backup.RepositorySpec.ObjectLock;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A repository in a bucket, laid out as restic's {@code s3} backend does.
 *
 * <p>Memory: what a caller hands over or asks for, once; nothing is gathered here. Each object is written by one
 * request with its MD5, which the server checks, and only if there is none of that name, as far as the server knows
 * such conditions.
 */
public final class S3Storage implements Storage {
    private static final int NOT_FOUND = 404;
    private static final int CONDITION_FAILED = 412;
    private static final int RANGE_OUTSIDE = 416;
    private static final int NOT_IMPLEMENTED = 501;

    private final S3Settings settings;
    private final RetryRules rules = new RetryRules();
    private final S3Client client;
    private final Failures failures;
    private final Names names;
    private final Bucket bucket;
    private final Semaphore connections;
    private final Throttle upload;
    private final Throttle download;
    private volatile boolean conditional = true;

    private S3Storage(S3Settings settings) throws IOException {
        this.settings = settings;
        this.client = Clients.connect(settings, rules);
        this.failures = new Failures(settings);
        this.names = new Names(settings.location().prefix());
        this.bucket = new Bucket(client, settings);
        this.connections = new Semaphore(settings.connections());
        this.upload = Throttle.at(settings.uploadLimit());
        this.download = Throttle.at(settings.downloadLimit());
    }

    /**
     * A place with the usual settings, and the credentials of the environment or the machine.
     *
     * @param location such as {@code s3:https://server/bucket/prefix} or {@code s3://bucket/prefix}
     * @throws IllegalArgumentException if that is no location in S3
     */
    public static S3Storage at(String location) throws IOException {
        return with(S3Settings.at(location));
    }

    /**
     * A place with settings of its own. Nothing is sent yet.
     *
     * @throws IOException if the file of authorities cannot be read
     */
    public static S3Storage with(S3Settings settings) throws IOException {
        return new S3Storage(settings);
    }

    @Override
    public String location() {
        return settings.location().toString();
    }

    @Override
    public void save(StorageFile file, ByteBuffer content) throws IOException {
        // Some servers ignore conditions. This file alone is not named by its content, so it must not be replaced.
        if ((file.kind() == FileKind.CONFIG || !conditional) && size(file).isPresent()) {
            throw exists(file);
        }
        RequestBody body = RequestBody.fromContentProvider(
                () -> upload.slow(new BufferStream(content.duplicate())),
                content.remaining(),
                "application/octet-stream");
        try {
            limited(() -> client.putObject(request(file, content), body));
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_IMPLEMENTED && conditional) {
                conditional = false;
                save(file, content);
            } else if (e.statusCode() != CONDITION_FAILED) {
                throw failures.of(e, "store " + file);
            } else if (e.numAttempts() < 2 || !ByteBuffer.wrap(load(file)).equals(content)) {
                // Otherwise an attempt before this one stored it, and only its answer was lost.
                throw exists(file);
            }
        } catch (SdkException e) {
            throw failures.of(e, "store " + file);
        }
    }

    private FileAlreadyExistsException exists(StorageFile file) {
        return new FileAlreadyExistsException(location() + "/" + file);
    }

    private PutObjectRequest request(StorageFile file, ByteBuffer content) {
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(settings.location().bucket())
                .key(names.of(file))
                .contentLength((long) content.remaining())
                .contentMD5(Md5.base64(content));
        if (conditional) {
            request.ifNoneMatch("*");
        }
        if (file.kind() == FileKind.PACK) {
            settings.storageClass().ifPresent(request::storageClass);
        }
        if (file.kind() != FileKind.LOCK) {
            settings.objectLock()
                    .ifPresent(lock -> request.objectLockMode(mode(lock))
                            .objectLockRetainUntilDate(Instant.now().plus(lock.duration())));
        }
        return request.build();
    }

    static ObjectLockMode mode(ObjectLock lock) {
        return lock.mode() == ObjectLock.Mode.COMPLIANCE ? ObjectLockMode.COMPLIANCE : ObjectLockMode.GOVERNANCE;
    }

    @Override
    public byte[] load(StorageFile file) throws IOException {
        return get(file, wanted(file).build(), new Content.Whole(download));
    }

    @Override
    public byte[] load(StorageFile file, long offset, int length) throws IOException {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException("no part of a file: " + length + " bytes from " + offset);
        }
        // S3 has no name for a part without bytes.
        int asked = Math.max(1, length);
        String range = "bytes=" + offset + "-" + (offset + asked - 1);
        byte[] part = get(file, wanted(file).range(range).build(), new Content.Part(download, asked));
        if (part.length < length) {
            throw new EOFException(
                    location() + "/" + file + " ends at " + (offset + part.length) + ", before " + (offset + length));
        }
        return length == 0 ? new byte[0] : part;
    }

    private GetObjectRequest.Builder wanted(StorageFile file) {
        return GetObjectRequest.builder().bucket(settings.location().bucket()).key(names.of(file));
    }

    private byte[] get(StorageFile file, GetObjectRequest request, Content content) throws IOException {
        try {
            return limited(() -> client.getObject(request, content));
        } catch (S3Exception e) {
            if (e.statusCode() == RANGE_OUTSIDE) {
                return new byte[0];
            }
            if (isAbsent(e)) {
                throw new NoSuchFileException(location() + "/" + file);
            }
            throw failures.of(e, "load " + file);
        } catch (SdkException e) {
            throw failures.of(e, "load " + file);
        }
    }

    @Override
    public Optional<Long> size(StorageFile file) throws IOException {
        return head(file).map(HeadObjectResponse::contentLength);
    }

    @Override
    public Optional<Instant> lockedUntil(StorageFile file) throws IOException {
        return head(file).flatMap(found -> Optional.ofNullable(found.objectLockRetainUntilDate()));
    }

    private Optional<HeadObjectResponse> head(StorageFile file) throws IOException {
        try {
            return Optional.of(limited(() -> client.headObject(
                    request -> request.bucket(settings.location().bucket()).key(names.of(file)))));
        } catch (S3Exception e) {
            if (isAbsent(e)) {
                return Optional.empty();
            }
            throw failures.of(e, "look at " + file);
        } catch (SdkException e) {
            throw failures.of(e, "look at " + file);
        }
    }

    /**
     * Whether the object is not there; what is not there as the bucket is not counts as a failure where that is said.
     */
    private static boolean isAbsent(S3Exception e) {
        return e.statusCode() == NOT_FOUND && !Failures.code(e).equals("NoSuchBucket");
    }

    @Override
    public Stream<Stored> list(FileKind kind) throws IOException {
        String doing = "list " + kind.folder();
        Pages pages = new Pages(token -> {
            try {
                return limited(() -> bucket.list(names.prefix(kind), token));
            } catch (SdkException e) {
                throw failures.of(e, doing);
            }
        });
        return pages.objects().flatMap(object -> names.read(kind, object.key(), object.size()).stream());
    }

    @Override
    public void delete(StorageFile file) throws IOException {
        try {
            limited(() -> {
                bucket.delete(names.of(file));
                return file;
            });
        } catch (SdkException e) {
            throw failures.of(e, "remove " + file);
        }
    }

    @Override
    public void create() throws IOException {
        try {
            limited(() -> {
                bucket.create();
                return bucket;
            });
        } catch (SdkException e) {
            throw failures.of(e, "make the bucket " + settings.location().bucket());
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private <T> T limited(Supplier<T> request) throws InterruptedIOException {
        try {
            connections.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a connection to " + location());
        }
        try {
            T answer = withFreshKeys(request);
            rules.answered();
            return answer;
        } finally {
            connections.release();
        }
    }

    /** Keys that have expired may have been renewed since they were read. */
    private static <T> T withFreshKeys(Supplier<T> request) {
        try {
            return request.get();
        } catch (S3Exception e) {
            if (!Failures.code(e).equals("ExpiredToken")) {
                throw e;
            }
            return request.get();
        }
    }
}
