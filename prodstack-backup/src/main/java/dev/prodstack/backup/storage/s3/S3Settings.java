package dev.prodstack.backup.storage.s3;

import dev.prodstack.core.backup.RepositorySpec.Addressing;
import dev.prodstack.core.backup.RepositorySpec.ObjectLock;
import dev.prodstack.core.value.ByteSize;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * How a bucket is used.
 *
 * <pre>{@code
 * S3Settings.at("s3:https://s3.example.com/backups/shop").region("eu-1").connections(10)
 * }</pre>
 *
 * @param location where the repository is
 * @param credentials the account
 * @param region the region; where absent {@code us-east-1}, which servers without regions take, and at Amazon's the
 *     bucket's
 * @param addressing how the bucket appears in addresses
 * @param storageClass the storage class of packs; the bucket's default where absent
 * @param objectLock how long what is written cannot be deleted; locks of the repository excepted
 * @param uploadLimit the most bytes sent a second, over all connections
 * @param downloadLimit the most bytes received a second, over all connections
 * @param connections the most requests at the same time, 1 or more
 * @param retries how often a request is repeated, and when
 * @param authorities a file of certificates (PEM) of authorities to trust besides Java's own
 */
public record S3Settings(
        S3Location location,
        S3Credentials credentials,
        Optional<String> region,
        Addressing addressing,
        Optional<String> storageClass,
        Optional<ObjectLock> objectLock,
        Optional<ByteSize> uploadLimit,
        Optional<ByteSize> downloadLimit,
        int connections,
        Retries retries,
        Optional<Path> authorities) {
    /** As many as restic's. */
    private static final int CONNECTIONS = 5;

    /** Checks the ranges. */
    public S3Settings {
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(credentials, "credentials");
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(addressing, "addressing");
        Objects.requireNonNull(storageClass, "storageClass");
        Objects.requireNonNull(objectLock, "objectLock");
        Objects.requireNonNull(uploadLimit, "uploadLimit");
        Objects.requireNonNull(downloadLimit, "downloadLimit");
        Objects.requireNonNull(retries, "retries");
        Objects.requireNonNull(authorities, "authorities");
        if (connections < 1) {
            throw new IllegalArgumentException("expected 1 connection or more");
        }
    }

    /**
     * The usual settings for a place.
     *
     * @param location such as {@code s3:https://server/bucket/prefix}
     * @throws IllegalArgumentException if that is no location in S3
     */
    public static S3Settings at(String location) {
        return at(S3Location.parse(location));
    }

    /** The usual settings for a place. */
    public static S3Settings at(S3Location location) {
        Addressing usual = location.endpoint().isPresent() ? Addressing.PATH : Addressing.VIRTUAL_HOST;
        return new S3Settings(
                location,
                S3Credentials.Chain.CHAIN,
                Optional.empty(),
                usual,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                CONNECTIONS,
                Retries.USUAL,
                Optional.empty());
    }

    /** The same with another account. */
    public S3Settings credentials(S3Credentials changed) {
        return new S3Settings(
                location,
                changed,
                region,
                addressing,
                storageClass,
                objectLock,
                uploadLimit,
                downloadLimit,
                connections,
                retries,
                authorities);
    }

    /** The same with a region. */
    public S3Settings region(String changed) {
        return new S3Settings(
                location,
                credentials,
                Optional.of(changed),
                addressing,
                storageClass,
                objectLock,
                uploadLimit,
                downloadLimit,
                connections,
                retries,
                authorities);
    }

    /** The same with another form of addresses. */
    public S3Settings addressing(Addressing changed) {
        return new S3Settings(
                location,
                credentials,
                region,
                changed,
                storageClass,
                objectLock,
                uploadLimit,
                downloadLimit,
                connections,
                retries,
                authorities);
    }

    /** The same with a storage class for packs. */
    public S3Settings storageClass(String changed) {
        return new S3Settings(
                location,
                credentials,
                region,
                addressing,
                Optional.of(changed),
                objectLock,
                uploadLimit,
                downloadLimit,
                connections,
                retries,
                authorities);
    }

    /** The same with a lock on what is written. */
    public S3Settings objectLock(ObjectLock changed) {
        return new S3Settings(
                location,
                credentials,
                region,
                addressing,
                storageClass,
                Optional.of(changed),
                uploadLimit,
                downloadLimit,
                connections,
                retries,
                authorities);
    }

    /** The same with a limit of what is sent a second. */
    public S3Settings uploadLimit(ByteSize changed) {
        return new S3Settings(
                location,
                credentials,
                region,
                addressing,
                storageClass,
                objectLock,
                Optional.of(changed),
                downloadLimit,
                connections,
                retries,
                authorities);
    }

    /** The same with a limit of what is received a second. */
    public S3Settings downloadLimit(ByteSize changed) {
        return new S3Settings(
                location,
                credentials,
                region,
                addressing,
                storageClass,
                objectLock,
                uploadLimit,
                Optional.of(changed),
                connections,
                retries,
                authorities);
    }

    /** The same with another number of connections. */
    public S3Settings connections(int changed) {
        return new S3Settings(
                location,
                credentials,
                region,
                addressing,
                storageClass,
                objectLock,
                uploadLimit,
                downloadLimit,
                changed,
                retries,
                authorities);
    }

    /** The same with other retries. */
    public S3Settings retries(Retries changed) {
        return new S3Settings(
                location,
                credentials,
                region,
                addressing,
                storageClass,
                objectLock,
                uploadLimit,
                downloadLimit,
                connections,
                changed,
                authorities);
    }

    /** The same with certificates of authorities to trust besides Java's own. */
    public S3Settings authorities(Path changed) {
        return new S3Settings(
                location,
                credentials,
                region,
                addressing,
                storageClass,
                objectLock,
                uploadLimit,
                downloadLimit,
                connections,
                retries,
                Optional.of(changed));
    }
}
