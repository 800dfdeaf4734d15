package dev.prodstack.backup.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.server.Account;
import dev.prodstack.backup.server.Origin;
import dev.prodstack.backup.server.RunningServer;
import dev.prodstack.backup.server.Server;
import dev.prodstack.backup.server.StoredPart;
import dev.prodstack.backup.storage.DirectoryStorage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real Redis, and back: every key of every database with its time to live. */
@Tag("engine")
@Timeout(240)
class RedisTest {
    private static final Origin ORIGIN = new Origin("shop", "redis", "redis", "b1");
    private static final int KEYS = 20_000;

    @TempDir
    Path directory;

    private Repository repository;
    private Path password;
    private RunningServer process;
    private RedisServer redis;

    @BeforeEach
    void begin() throws Exception {
        repository = Repository.init(DirectoryStorage.at(directory.resolve("repository")), "secret".toCharArray());
        password = Files.writeString(directory.resolve("password"), "pass word\n");
        int port = RunningServer.freePort();
        process = start(Files.createDirectory(directory.resolve("one")), port);
        redis = new RedisServer(new Server("127.0.0.1", port), Optional.of(new Account("default", password)));
    }

    @AfterEach
    void end() throws Exception {
        process.close();
        repository.close();
    }

    private static RunningServer start(Path data, int port) throws Exception {
        Path settings = data.resolve("redis.conf");
        Files.writeString(
                settings,
                "bind 127.0.0.1\nport " + port + "\ndir " + data + "\nrequirepass \"pass word\"\nsave \"\"\n"
                        + "repl-diskless-sync-delay 0\nenable-debug-command local\n");
        RunningServer server = RunningServer.start(
                data,
                Map.of(),
                List.of(RunningServer.program("/usr/bin/redis-server", "redis-server"), settings.toString()));
        server.awaitPort(port);
        return server;
    }

    private void fill() throws Exception {
        try (RedisConnection connection = RedisConnection.open(redis)) {
            connection.ask(
                    "fill",
                    "EVAL",
                    "for i = 1, " + KEYS + " do redis.call('SET', 'k' .. i, string.rep(i, 5));"
                            + " if i % 3 == 0 then redis.call('PEXPIREAT', 'k' .. i, 4000000000000 + i) end end",
                    "0");
            connection.ask("fill", "RPUSH", "list", "a", "b", "c");
            connection.ask("fill", "HSET", "hash", "f", "1", "g", "2");
            connection.ask("fill", "SADD", "set", "x", "y");
            connection.ask("fill", "ZADD", "zset", "1.5", "a", "-2", "b");
            connection.ask("fill", "XADD", "stream", "1-1", "f", "v");
            connection.ask("fill", "XGROUP", "CREATE", "stream", "group", "0");
            connection.send(List.of(bytes("SET"), new byte[] {0, -1, '\r', '\n', 7}, new byte[] {-128, 0, 13, 10}));
            connection.answer("fill");
            connection.ask("fill", "SELECT", "5");
            connection.ask("fill", "SET", "other database", "v");
            connection.ask(
                    "fill", "FUNCTION", "LOAD", "#!lua name=f\nredis.register_function('f', function() return 1 end)");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** All keys, by database and name: a digest of the value, and the moment it ends at. */
    private static Map<String, String> all(RedisServer of) throws Exception {
        Map<String, String> all = new TreeMap<>();
        try (RedisConnection connection = RedisConnection.open(of)) {
            for (int database : List.of(0, 5)) {
                connection.ask("read", "SELECT", "" + database);
                for (Object key : (List<?>) connection.ask("read", "KEYS", "*")) {
                    connection.send(List.of(bytes("DEBUG"), bytes("DIGEST-VALUE"), (byte[]) key));
                    connection.send(List.of(bytes("PEXPIRETIME"), (byte[]) key));
                    List<?> digest = (List<?>) connection.answer("read");
                    Object shown = digest.get(0) instanceof byte[] text
                            ? new String(text, StandardCharsets.US_ASCII)
                            : digest.get(0);
                    all.put(
                            database + ":" + HexFormat.of().formatHex((byte[]) key),
                            shown + " until " + connection.answer("read"));
                }
            }
            all.put("functions", HexFormat.of().formatHex((byte[]) connection.ask("read", "FUNCTION", "DUMP")));
        }
        return all;
    }

    @Test
    void everyKeyComesBackIntoARunningServer() throws Exception {
        fill();
        Map<String, String> before = all(redis);
        assertThat(before).hasSize(KEYS + 8);
        StoredPart part = RedisBackup.of(redis).to(repository, ORIGIN);
        assertThat(part.facts()).containsEntry("keys", Integer.toString(KEYS + 7));
        assertThat(part.facts()).containsKeys("server.version", "replication.id", "replication.offset");
        try (RedisConnection connection = RedisConnection.open(redis)) {
            connection.ask("damage", "DEL", "k1", "hash", "list");
            connection.ask("damage", "SET", "new", "v");
            connection.ask("damage", "PERSIST", "k3");
            connection.ask("damage", "FUNCTION", "FLUSH");
        }
        assertThat(all(redis)).isNotEqualTo(before);
        long restored =
                RedisRestore.of(repository, repository.snapshots().get(0)).into(redis);
        assertThat(restored).isEqualTo(KEYS + 7);
        assertThat(all(redis)).isEqualTo(before);
    }

    @Test
    void everyKeyComesBackAsAFile() throws Exception {
        fill();
        Map<String, String> before = all(redis);
        RedisBackup.of(redis).to(repository, ORIGIN);
        Path data = Files.createDirectory(directory.resolve("two"));
        RedisRestore.of(repository, repository.snapshots().get(0)).into(data);
        assertThat(new ProcessBuilder(
                                RunningServer.program("/usr/bin/redis-check-rdb", "redis-tools"),
                                data.resolve("dump.rdb").toString())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor())
                .isZero();
        int port = RunningServer.freePort();
        try (RunningServer other = start(data, port)) {
            assertThat(all(new RedisServer(new Server("127.0.0.1", port), redis.account())))
                    .as(other::said)
                    .isEqualTo(before);
        }
    }

    @Test
    void aWrongPasswordAndAServerThatIsNotThereSaySo() throws Exception {
        Path wrong = Files.writeString(directory.resolve("wrong"), "nobody's");
        assertThatThrownBy(() -> RedisBackup.of(
                                new RedisServer(redis.server(), Optional.of(new Account("default", wrong))))
                        .to(repository, ORIGIN))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot log in as default: WRONGPASS")
                .hasMessageContaining("See that user and password file are right.")
                .hasMessageNotContaining("nobody's");
        assertThatThrownBy(() -> RedisBackup.of(
                                new RedisServer(new Server("127.0.0.1", RunningServer.freePort()), Optional.empty()))
                        .to(repository, ORIGIN))
                .hasMessageContaining("cannot be reached")
                .hasMessageContaining("See that it runs");
        assertThat(repository.snapshots()).isEmpty();
    }

    @Test
    void whatBreaksOffOrIsDamagedIsNoBackup() throws Exception {
        fill();
        RedisBackup.of(redis).to(repository, ORIGIN);
        Path data = Files.createDirectory(directory.resolve("two"));
        RedisRestore.of(repository, repository.snapshots().get(0)).into(data);
        byte[] file = Files.readAllBytes(data.resolve("dump.rdb"));
        String mark = "m".repeat(40);
        byte[] marked = new byte[file.length + 40];
        System.arraycopy(file, 0, marked, 0, file.length);
        System.arraycopy(bytes(mark), 0, marked, file.length, 40);
        for (int chunk : new int[] {1, 7, 100, 65_536}) {
            assertThat(read("$" + file.length, file, chunk)).isEqualTo(file);
            assertThat(read("$EOF:" + mark, marked, chunk)).isEqualTo(file);
        }
        assertThatThrownBy(() -> read("$EOF:" + mark, file, 1000)).hasMessageContaining("broke off after");
        file[file.length / 2] ^= 1;
        assertThatThrownBy(() -> read("$" + file.length, file, 1000)).hasMessageContaining("checksum is wrong");
        assertThat(ByteBuffer.wrap(file, file.length - 8, 8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getLong())
                .isNotZero();
    }

    /** As a network brings it, in chunks. */
    private static byte[] read(String line, byte[] content, int chunk) throws IOException {
        InputStream slow = new ByteArrayInputStream(content) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, chunk));
            }
        };
        return RdbStream.of(line, slow).readAllBytes();
    }
}
