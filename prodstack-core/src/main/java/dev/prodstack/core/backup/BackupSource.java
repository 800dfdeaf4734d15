package dev.prodstack.core.backup;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * One kind of data of a service. Servers are reached under the service's name, on the networks it is attached to, by a
 * job that runs beside them.
 */
public sealed interface BackupSource {

    /** What the source is called in reports and manifests, such as {@code postgres} or {@code volume uploads}. */
    String name();

    /**
     * A PostgreSQL server. There is at least one of the three parts, and write-ahead log only with base backups.
     *
     * @param port the port it listens on
     * @param login a role that may read everything and replicate
     * @param dump logical dumps, for moving to another version and for restoring single tables
     * @param base physical copies, for restoring a whole server fast
     * @param wal the write-ahead log between them, for restoring to any minute
     */
    record Postgres(int port, Login login, Optional<Dump> dump, Optional<BaseBackup> base, Optional<Wal> wal)
            implements BackupSource {
        /** The port where a policy does not say. */
        public static final int DEFAULT_PORT = 5432;

        /** Checks that the parts go together. */
        public Postgres {
            checkPort(port);
            Objects.requireNonNull(login, "login");
            if (dump.isEmpty() && base.isEmpty() && wal.isEmpty()) {
                throw new IllegalArgumentException("a postgres backup needs dump, base_backup or both");
            }
            if (wal.isPresent() && base.isEmpty()) {
                throw new IllegalArgumentException(
                        "wal needs base_backup: log records are replayed onto a physical copy");
            }
        }

        @Override
        public String name() {
            return "postgres";
        }
    }

    /**
     * Logical dumps with {@code pg_dump} in the custom format, one for each database, and the server's roles and
     * tablespaces.
     *
     * @param databases the databases; all that allow connections where empty
     */
    record Dump(List<String> databases) {
        /** Copies the list and checks its names. */
        public Dump {
            databases = checkedNames(databases, "database");
        }

        /** Of all databases. */
        public static Dump ofAll() {
            return new Dump(List.of());
        }
    }

    /**
     * A physical copy with {@code pg_basebackup}.
     *
     * @param checkpoint how the server gets ready for it
     */
    record BaseBackup(Checkpoint checkpoint) {
        /** Checks that nothing is missing. */
        public BaseBackup {
            Objects.requireNonNull(checkpoint, "checkpoint");
        }
    }

    /** How a server writes its dirty pages before a base backup. */
    enum Checkpoint {
        /** At once, with a burst of writes. */
        FAST,
        /** Spread over the server's checkpoint interval, minutes as a rule. */
        SPREAD;

        /** The name as Compose files write it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The write-ahead log, received all the time over the replication protocol.
     *
     * @param slot the replication slot, which makes the server keep what is not stored yet; lower-case letters, digits
     *     and underscores, at most 63
     * @param storeEvery the longest time between two writes to the repository, and so about the most that can be lost;
     *     1 s to 1 h
     */
    record Wal(String slot, Duration storeEvery) {
        /** The slot where a policy does not say. */
        public static final String DEFAULT_SLOT = "prodstack";

        /** The time between two writes where a policy does not say. */
        public static final Duration DEFAULT_STORE_EVERY = Duration.ofSeconds(10);

        /** The shortest time between two writes. */
        public static final Duration MIN_STORE_EVERY = Duration.ofSeconds(1);

        /** The longest time between two writes. */
        public static final Duration MAX_STORE_EVERY = Duration.ofHours(1);

        /** Checks the slot's name and the time. */
        public Wal {
            checkedSlot(slot);
            if (storeEvery.compareTo(MIN_STORE_EVERY) < 0 || storeEvery.compareTo(MAX_STORE_EVERY) > 0) {
                throw new IllegalArgumentException("expected a time between 1s and 1h between two writes");
            }
        }

        /**
         * A slot's name, unchanged.
         *
         * @throws IllegalArgumentException if PostgreSQL allows no such name
         */
        public static String checkedSlot(String name) {
            if (!name.matches("[a-z0-9_]{1,63}")) {
                throw new IllegalArgumentException("expected 1 to 63 lower-case letters, digits and underscores");
            }
            return name;
        }
    }

    /**
     * A Redis server, read over its replication link as an RDB file.
     *
     * @param port the port it listens on
     * @param login how to log in; the {@code default} user without a password where absent
     */
    record Redis(int port, Optional<Login> login) implements BackupSource {
        /** The port where a policy does not say. */
        public static final int DEFAULT_PORT = 6379;

        /** Checks the port. */
        public Redis {
            checkPort(port);
            Objects.requireNonNull(login, "login");
        }

        @Override
        public String name() {
            return "redis";
        }
    }

    /**
     * A RabbitMQ broker's definitions: users, virtual hosts, exchanges, queues, bindings, policies. Messages are not
     * among them; they are backed up as a volume, with the broker stopped.
     *
     * @param port the port of the management API
     * @param login a user with the tag {@code administrator}
     */
    record RabbitMq(int port, Login login) implements BackupSource {
        /** The port where a policy does not say. */
        public static final int DEFAULT_PORT = 15_672;

        /** Checks the port. */
        public RabbitMq {
            checkPort(port);
            Objects.requireNonNull(login, "login");
        }

        @Override
        public String name() {
            return "rabbitmq";
        }
    }

    /**
     * A server that speaks S3, such as MinIO, read object by object.
     *
     * @param port the port it listens on
     * @param keys the access key and the secret key
     * @param buckets the buckets; all that the keys can list where empty
     */
    record ObjectStore(int port, S3Keys keys, List<String> buckets) implements BackupSource {
        /** The port where a policy does not say: MinIO's. */
        public static final int DEFAULT_PORT = 9000;

        /** Checks the port and the names. */
        public ObjectStore {
            checkPort(port);
            Objects.requireNonNull(keys, "keys");
            buckets = checkedNames(buckets, "bucket");
        }

        @Override
        public String name() {
            return "s3";
        }
    }

    /**
     * A Prometheus server, by a snapshot that its admin API takes ({@code --web.enable-admin-api}).
     *
     * @param port the port it listens on
     * @param login how to log in
     * @param volume the key of the volume with its data, where the snapshot appears
     */
    record Prometheus(int port, Optional<Login> login, String volume) implements BackupSource {
        /** The port where a policy does not say. */
        public static final int DEFAULT_PORT = 9090;

        /** Checks the port and that there is a volume. */
        public Prometheus {
            checkPort(port);
            Objects.requireNonNull(login, "login");
            checkedNames(List.of(volume), "volume");
        }

        @Override
        public String name() {
            return "prometheus";
        }
    }

    /**
     * A named volume that the service mounts, local or not, on whatever nodes its tasks run.
     *
     * @param volume the volume's key
     * @param consistency what keeps it still while it is read
     * @param exclude patterns of paths that are left out, relative to the volume's root; {@code *} and {@code ?} within
     *     a name, {@code **} across directories
     */
    record Volume(String volume, Consistency consistency, List<String> exclude) implements BackupSource {
        /** Copies the list and checks its names. */
        public Volume {
            checkedNames(List.of(volume), "volume");
            Objects.requireNonNull(consistency, "consistency");
            exclude = checkedNames(exclude, "pattern");
        }

        @Override
        public String name() {
            return "volume " + volume;
        }
    }

    /** What keeps a volume still while it is read. */
    sealed interface Consistency {

        /** States of the service. */
        enum WithService implements Consistency {
            /** Nothing: the service writes on, files may be of different moments. */
            RUNNING,
            /** The service is scaled to nothing, and back afterwards. */
            STOPPED;

            /** The name as Compose files write it. */
            @Override
            public String toString() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        /**
         * Commands in a container of the service. The second one runs also if the first or the backup fails.
         *
         * @param before the program and its arguments that make it still; at least one word
         * @param after the program and its arguments that let it go on; nothing runs where empty
         * @param timeout how long each may take; above zero
         */
        record Quiesced(List<String> before, List<String> after, Duration timeout) implements Consistency {
            /** How long a command may take where a policy does not say. */
            public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(1);

            /** Checks that there is a command. */
            public Quiesced {
                before = List.copyOf(before);
                after = List.copyOf(after);
                if (before.isEmpty()) {
                    throw new IllegalArgumentException("quiesce needs a command to run before the backup");
                }
                if (timeout.isNegative() || timeout.isZero()) {
                    throw new IllegalArgumentException("a timeout must be above zero");
                }
            }
        }
    }

    private static void checkPort(int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("expected a port between 1 and 65535, not " + port);
        }
    }

    private static List<String> checkedNames(List<String> names, String noun) {
        for (String name : names) {
            if (name.isBlank()) {
                throw new IllegalArgumentException("expected a " + noun + ", found an empty name");
            }
            if (names.indexOf(name) != names.lastIndexOf(name)) {
                throw new IllegalArgumentException("the " + noun + " " + name + " is named twice");
            }
        }
        return List.copyOf(names);
    }
}
