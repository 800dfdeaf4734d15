package dev.prodstack.core.backup;

import dev.prodstack.core.value.ByteSize;
import dev.prodstack.core.value.HttpAddress;
import dev.prodstack.core.value.PasswordSource;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A backup repository: where it is, what opens it, how it is written to.
 *
 * @param location where its files are
 * @param encryption what protects them
 * @param compression how hard blobs are compressed
 * @param uploadLimit the most bytes sent a second; no limit where absent
 * @param connections requests at the same time, 1 or more; the storage's default where absent
 */
public record RepositorySpec(
        Location location,
        Encryption encryption,
        Compression compression,
        Optional<ByteSize> uploadLimit,
        OptionalInt connections) {
    /** Checks the ranges. */
    public RepositorySpec {
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(encryption, "encryption");
        Objects.requireNonNull(compression, "compression");
        if (uploadLimit.isPresent() && uploadLimit.get().bytes() == 0) {
            throw new IllegalArgumentException("an upload limit must be above zero");
        }
        if (connections.isPresent() && connections.getAsInt() < 1) {
            throw new IllegalArgumentException("expected 1 connection or more");
        }
    }

    /** Where a repository's files are. */
    public sealed interface Location {

        /**
         * A directory with the same content on every node that backs something up, as a rule a network file system.
         *
         * @param path the absolute path on the nodes
         */
        record Directory(String path) implements Location {
            /** Checks that the path is absolute. */
            public Directory {
                if (!path.startsWith("/")) {
                    throw new IllegalArgumentException("expected an absolute path");
                }
            }
        }

        /**
         * A volume of the stack that every node reaches.
         *
         * @param key the volume's key
         */
        record InVolume(String key) implements Location {
            /** Checks that there is a key. */
            public InVolume {
                if (key.isBlank()) {
                    throw new IllegalArgumentException("expected the key of a volume");
                }
            }
        }

        /**
         * A bucket of a server that speaks S3.
         *
         * @param endpoint the server's address; Amazon's where absent
         * @param bucket the bucket
         * @param prefix what the names of all objects begin with, without slashes at its ends; may be empty
         * @param region the region, where the server has such
         * @param addressing how the bucket appears in addresses
         * @param keys the account; the machine's own credentials (environment, instance role) where absent
         * @param storageClass the storage class of packs; the bucket's default where absent
         * @param objectLock how long what is written cannot be deleted
         */
        record S3(
                Optional<HttpAddress> endpoint,
                String bucket,
                String prefix,
                Optional<String> region,
                Addressing addressing,
                Optional<S3Keys> keys,
                Optional<String> storageClass,
                Optional<ObjectLock> objectLock)
                implements Location {
            /** Checks the address and the names. */
            public S3 {
                Objects.requireNonNull(region, "region");
                Objects.requireNonNull(addressing, "addressing");
                Objects.requireNonNull(keys, "keys");
                Objects.requireNonNull(storageClass, "storageClass");
                Objects.requireNonNull(objectLock, "objectLock");
                Objects.requireNonNull(endpoint, "endpoint");
                checkedBucket(bucket);
                checkedPrefix(prefix);
            }

            /**
             * A bucket's name, unchanged.
             *
             * @throws IllegalArgumentException if S3 allows no such name
             */
            public static String checkedBucket(String name) {
                if (!name.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
                    throw new IllegalArgumentException("expected 3 to 63 lower-case letters, digits, dots and hyphens");
                }
                return name;
            }

            /**
             * A prefix, unchanged.
             *
             * @throws IllegalArgumentException if it begins or ends with a slash
             */
            public static String checkedPrefix(String prefix) {
                if (prefix.startsWith("/") || prefix.endsWith("/")) {
                    throw new IllegalArgumentException("expected a prefix without a slash at its beginning or end");
                }
                return prefix;
            }
        }
    }

    /** How a bucket appears in addresses. */
    public enum Addressing {
        /** In the path, {@code https://server/bucket}, which most S3-compatible servers want. */
        PATH,
        /** In the host name, {@code https://bucket.server}, which Amazon wants. */
        VIRTUAL_HOST;

        /** The name as Compose files write it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * S3 object lock on everything that is written.
     *
     * @param mode who may lift it
     * @param duration for how long; whole days, 1 or more
     */
    public record ObjectLock(Mode mode, Duration duration) {
        /** Checks the duration. */
        public ObjectLock {
            Objects.requireNonNull(mode, "mode");
            if (duration.compareTo(Duration.ofDays(1)) < 0 || !duration.equals(Duration.ofDays(duration.toDays()))) {
                throw new IllegalArgumentException("an object lock holds for whole days, 1 or more");
            }
        }

        /** Who may lift a lock before its time. */
        public enum Mode {
            /** Accounts with the right to. */
            GOVERNANCE,
            /** Nobody. */
            COMPLIANCE;

            /** The name as Compose files write it. */
            @Override
            public String toString() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }

    /** What protects a repository's content. */
    public sealed interface Encryption {

        /**
         * A password.
         *
         * @param source where it is read from
         */
        record Password(PasswordSource source) implements Encryption {
            /** Checks that nothing is missing. */
            public Password {
                Objects.requireNonNull(source, "source");
            }
        }

        /** Nothing, which has to be asked for by this name. */
        enum None implements Encryption {
            /** The only way not to encrypt: with an empty password. */
            NONE
        }
    }

    /** How hard blobs are compressed. */
    public enum Compression {
        /** Not at all, trees excepted. */
        OFF,
        /** Fast. */
        AUTO,
        /** As small as possible. */
        MAX;

        /** The name as Compose files write it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
