package dev.prodstack.backup.work;

import dev.prodstack.backup.crypto.Scrypt;
import dev.prodstack.backup.pack.Compression;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.server.Account;
import dev.prodstack.backup.storage.DirectoryStorage;
import dev.prodstack.backup.storage.Storage;
import dev.prodstack.backup.storage.s3.S3Credentials;
import dev.prodstack.backup.storage.s3.S3Settings;
import dev.prodstack.backup.storage.s3.S3Storage;
import dev.prodstack.core.backup.RepositorySpec.Addressing;
import dev.prodstack.core.backup.RepositorySpec.ObjectLock;
import dev.prodstack.core.value.ByteSize;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * How a job reaches and opens a repository. Words that do not apply are empty, numbers 0.
 *
 * @param place a directory, or {@code s3:} and the address of a bucket and prefix
 * @param passwordFile holds the password; empty for a repository without one
 * @param compression {@code off}, {@code auto} or {@code max}
 * @param accessKeyFile holds the id of an access key
 * @param secretKeyFile holds the secret key
 * @param region the region
 * @param addressing {@code path} or {@code virtual-host}
 * @param storageClass the storage class of packs
 * @param lockMode {@code governance} or {@code compliance}
 * @param lockDays for how long what is written is locked
 * @param uploadLimit the most bytes a second
 * @param connections the most requests at a time
 */
public record RepositoryAccess(
        String place,
        String passwordFile,
        String compression,
        String accessKeyFile,
        String secretKeyFile,
        String region,
        String addressing,
        String storageClass,
        String lockMode,
        int lockDays,
        long uploadLimit,
        int connections) {

    /** In a directory, with a password. */
    public static RepositoryAccess directory(String path, String passwordFile, String compression) {
        return new RepositoryAccess(path, passwordFile, compression, "", "", "", "", "", "", 0, 0, 0);
    }

    /** How hard content is compressed. */
    Compression hardness() {
        return switch (compression) {
            case "off" -> Compression.OFF;
            case "max" -> Compression.MAX;
            default -> Compression.AUTO;
        };
    }

    /**
     * Opens it.
     *
     * @throws IOException if it is not there, or does not open
     */
    public Repository open() throws IOException {
        return with(Repository::open, Repository::openWithoutPassword);
    }

    /** Makes it. */
    Repository init() throws IOException {
        return with(Repository::init, Repository::initWithoutPassword);
    }

    /** Makes it so that it cuts files where another does. */
    Repository initLike(Repository other) throws IOException {
        return with(
                (storage, password) -> Repository.initLike(other, storage, password, Scrypt.STANDARD),
                Repository::initWithoutPassword);
    }

    private Repository with(Opening opening, Opening.Bare bare) throws IOException {
        Storage storage = storage();
        boolean taken = false;
        try {
            Repository repository;
            if (passwordFile.isEmpty()) {
                repository = bare.open(storage);
            } else {
                char[] password = Account.secret(Path.of(passwordFile), "the repository's password")
                        .toCharArray();
                repository = opening.open(storage, password);
                Arrays.fill(password, '\0');
            }
            taken = true;
            return repository;
        } finally {
            if (!taken) {
                storage.close();
            }
        }
    }

    private interface Opening {
        Repository open(Storage storage, char[] password) throws IOException;

        interface Bare {
            Repository open(Storage storage) throws IOException;
        }
    }

    private Storage storage() throws IOException {
        if (!place.startsWith("s3:")) {
            return DirectoryStorage.at(Path.of(place));
        }
        S3Settings settings = S3Settings.at(place);
        settings = accessKeyFile.isEmpty()
                ? settings
                : settings.credentials(new S3Credentials.KeyFiles(Path.of(accessKeyFile), Path.of(secretKeyFile)));
        settings = region.isEmpty() ? settings : settings.region(region);
        settings = addressing.isEmpty()
                ? settings
                : settings.addressing(
                        addressing.equals(Addressing.PATH.toString()) ? Addressing.PATH : Addressing.VIRTUAL_HOST);
        settings = storageClass.isEmpty() ? settings : settings.storageClass(storageClass);
        settings = lockMode.isEmpty() ? settings : settings.objectLock(lock());
        settings = uploadLimit == 0 ? settings : settings.uploadLimit(new ByteSize(uploadLimit));
        return S3Storage.with(connections == 0 ? settings : settings.connections(connections));
    }

    private ObjectLock lock() {
        return new ObjectLock(
                lockMode.equals(ObjectLock.Mode.COMPLIANCE.toString())
                        ? ObjectLock.Mode.COMPLIANCE
                        : ObjectLock.Mode.GOVERNANCE,
                Duration.ofDays(lockDays));
    }
}
