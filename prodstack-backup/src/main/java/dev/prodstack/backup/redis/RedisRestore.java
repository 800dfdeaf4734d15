package dev.prodstack.backup.redis;

import dev.prodstack.backup.browse.Entry;
import dev.prodstack.backup.browse.SnapshotFiles;
import dev.prodstack.backup.program.Program;
import dev.prodstack.backup.repository.HeldLock;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.server.Account;
import dev.prodstack.backup.server.Server;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Brings the keys of a Redis server back, in one of two ways.
 *
 * <p>{@link #into(Path)} puts the file where a server that does not run finds it when it starts.
 *
 * <p>{@link #into(RedisServer)} replaces the data of a server that runs, without touching its files: a server for the
 * moment is started on the file, on this machine's loopback, and gives every key with its time to live by {@code DUMP},
 * which the other takes by {@code RESTORE}. Times to live are moments: a key whose moment has passed meanwhile is not
 * restored. It needs {@code redis-server} on the path, of the same version or an older one.
 *
 * @param repository where the backup is
 * @param snapshot its snapshot
 */
public record RedisRestore(Repository repository, StoredSnapshot snapshot) {
    private static final int BATCH = 500;
    private static final long PATIENCE_NANOS = 600_000_000_000L;

    /** Checks that nothing is missing. */
    public RedisRestore {
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(snapshot, "snapshot");
    }

    /** Of a snapshot. */
    public static RedisRestore of(Repository repository, StoredSnapshot snapshot) {
        return new RedisRestore(repository, snapshot);
    }

    /**
     * Puts {@code dump.rdb} into the data directory of a server that does not run. A file that is there is replaced,
     * and files of the append-only log, which the server would prefer, are moved aside: {@code appendonlydir.replaced}.
     * A server that is set to keep such a log ({@code appendonly yes}) starts empty without one; start it once with
     * {@code appendonly no} and switch the log on while it runs, or use {@link #into(RedisServer)}.
     */
    public void into(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (String log : List.of("appendonlydir", "appendonly.aof")) {
            Path there = directory.resolve(log);
            if (Files.exists(there)) {
                Path aside = directory.resolve(log + ".replaced");
                if (Files.exists(aside)) {
                    throw new IOException("There is " + aside + " already, from a restore before. Remove it first.");
                }
                Files.move(there, aside);
            }
        }
        Path file = directory.resolve(RedisBackup.FILE);
        Path beside = directory.resolve(RedisBackup.FILE + ".restoring");
        write(beside);
        Object uid = Files.getAttribute(directory, "unix:uid");
        if (!uid.equals(Files.getAttribute(beside, "unix:uid"))) {
            Files.setAttribute(beside, "unix:uid", uid);
            Files.setAttribute(beside, "unix:gid", Files.getAttribute(directory, "unix:gid"));
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void write(Path file) throws IOException {
        HeldLock lock = repository.lockShared();
        try (lock) {
            repository.loadIndex();
            SnapshotFiles files = SnapshotFiles.of(repository, snapshot);
            List<Entry> found = new ArrayList<>();
            files.walk(entry -> {
                if (entry.path().endsWith("/" + RedisBackup.FILE)) {
                    found.add(entry);
                }
                return true;
            });
            if (found.isEmpty()) {
                throw new NoSuchFileException(
                        RedisBackup.FILE, null, "the snapshot " + snapshot.id().brief() + " is no backup of Redis");
            }
            try (OutputStream out = Files.newOutputStream(file)) {
                files.content(found.get(0).node(), out);
            }
        }
    }

    /**
     * Replaces all keys of a running server.
     *
     * @return how many keys were restored
     */
    public long into(RedisServer redis) throws IOException, InterruptedException {
        return serving(from -> {
            try (RedisConnection to = RedisConnection.open(redis)) {
                return copy(from, to);
            }
        });
    }

    /** What is done with the server for the moment. */
    interface Use<T> {
        T of(RedisConnection backup) throws IOException;
    }

    /** Has a server for the moment hold the backup. */
    <T> T serving(Use<T> use) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("prodstack-redis-");
        try {
            into(directory);
            byte[] secret = new byte[32];
            new SecureRandom().nextBytes(secret);
            Path password = Files.writeString(
                    directory.resolve("password"), HexFormat.of().formatHex(secret));
            int port = freePort();
            try (Program server = start(directory, port, Files.readString(password))) {
                RedisServer temporary =
                        new RedisServer(new Server("127.0.0.1", port), Optional.of(new Account("default", password)));
                try (RedisConnection backup = loaded(temporary, server)) {
                    return use.of(backup);
                }
            }
        } finally {
            remove(directory);
        }
    }

    private static Program start(Path directory, int port, String password) throws IOException {
        String settings = "bind 127.0.0.1\nport " + port + "\ndir \"" + directory + "\"\ndbfilename "
                + RedisBackup.FILE + "\nsave \"\"\nappendonly no\ndatabases 256\nrequirepass " + password
                + "\nlogfile \"" + directory.resolve("log") + "\"\n";
        Program server = Program.start("A Redis server for the moment", List.of("redis-server", "-"), Map.of());
        try (OutputStream input = server.input()) {
            input.write(settings.getBytes(StandardCharsets.UTF_8));
        }
        return server;
    }

    private static RedisConnection loaded(RedisServer temporary, Program server)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            if (!server.alive()) {
                server.await();
                throw new IOException("A Redis server for the moment ended while it loaded the backup. It may be older"
                        + " than the one that was backed up: install the same version.");
            }
            try {
                RedisConnection connection = RedisConnection.open(temporary);
                connection.ask("see whether the backup is loaded", "DBSIZE");
                return connection;
            } catch (IOException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                Thread.sleep(50);
            }
        }
    }

    private static long copy(RedisConnection from, RedisConnection to) throws IOException {
        to.ask("remove the keys that are there", "FLUSHALL");
        long restored = 0;
        for (int database : databases(from)) {
            from.ask("choose a database", "SELECT", "" + database);
            to.ask("choose the database " + database, "SELECT", "" + database);
            String cursor = "0";
            do {
                List<?> page = (List<?>) from.ask("list keys", "SCAN", cursor, "COUNT", "" + BATCH);
                cursor = new String((byte[]) page.get(0), StandardCharsets.US_ASCII);
                restored += copy(from, to, (List<?>) page.get(1));
            } while (!cursor.equals("0"));
        }
        if (from.ask("read the functions", "FUNCTION", "DUMP") instanceof byte[] functions) {
            to.send(List.of(ascii("FUNCTION"), ascii("RESTORE"), functions, ascii("FLUSH")));
            to.answer("restore the functions");
        }
        return restored;
    }

    static List<Integer> databases(RedisConnection from) throws IOException {
        byte[] keyspace = (byte[]) from.ask("list the databases", "INFO", "keyspace");
        return Stream.of(new String(keyspace, StandardCharsets.UTF_8).split("\r\n"))
                .filter(line -> line.matches("db\\d+:.*"))
                .map(line -> Integer.parseInt(line.substring(2, line.indexOf(':'))))
                .toList();
    }

    private static long copy(RedisConnection from, RedisConnection to, List<?> keys) throws IOException {
        for (Object key : keys) {
            from.send(List.of(ascii("DUMP"), (byte[]) key));
            from.send(List.of(ascii("PEXPIRETIME"), (byte[]) key));
        }
        List<byte[]> dumps = new ArrayList<>();
        List<String> expiries = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            Object dump = from.answer("read a key");
            dumps.add(dump instanceof byte[] bytes ? bytes : new byte[0]);
            expiries.add(String.valueOf(from.answer("read a key's time to live")));
        }
        int sent = 0;
        for (int i = 0; i < keys.size(); i++) {
            // One that has expired since it was listed has no dump any more.
            if (dumps.get(i).length > 0) {
                boolean mortal = Long.parseLong(expiries.get(i)) > 0;
                to.send(List.of(
                        ascii("RESTORE"),
                        (byte[]) keys.get(i),
                        ascii(mortal ? expiries.get(i) : "0"),
                        dumps.get(i),
                        ascii("ABSTTL"),
                        ascii("REPLACE")));
                sent++;
            }
        }
        for (int i = 0; i < sent; i++) {
            to.answer("restore a key");
        }
        return sent;
    }

    static byte[] ascii(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
