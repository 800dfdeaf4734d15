package dev.prodstack.backup.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.prodstack.backup.postgres.RunningPostgres;
import dev.prodstack.backup.server.RunningServer;
import dev.prodstack.backup.storage.s3.S3Clients;
import dev.prodstack.backup.storage.s3.S3Credentials;
import dev.prodstack.backup.storage.s3.S3Proxy;
import dev.prodstack.backup.storage.s3.S3Settings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;

/** Works on servers, as jobs do them, with real servers. */
@Tag("engine")
@Timeout(240)
class ServerWorkTest {
    @TempDir
    private Path directory = Path.of("");

    private RepositoryAccess access = RepositoryAccess.directory("", "", "");

    @BeforeEach
    void begin() throws Exception {
        Path password = Files.writeString(directory.resolve("repository-password"), "secret\n");
        access = RepositoryAccess.directory(directory.resolve("repository").toString(), password.toString(), "auto");
        perform(new Work.Prepare(access, true));
    }

    private static WorkResult perform(Work work) throws Exception {
        List<String> lines = new ArrayList<>();
        Worker.perform(WorkJson.decode(WorkJson.encode(work)), lines::add);
        return WorkJson.result(lines).orElseThrow();
    }

    private List<WorkResult.Stored> store(ServerAccess server) throws Exception {
        return perform(new Work.StoreServer(access, label(server), server)).stored();
    }

    private Map<String, String> restore(ServerAccess server, WorkResult.Stored stored) throws Exception {
        return perform(new Work.RestoreServer(access, label(server), stored.kind(), stored.snapshots(), server))
                .facts();
    }

    /** What differs between a server and what was stored of it. */
    private List<String> differences(ServerAccess server, WorkResult.Stored stored) throws Exception {
        WorkResult result =
                perform(new Work.CompareServer(access, stored.kind(), stored.snapshots(), stored.facts(), server));
        assertThat(result.facts()).containsKey("different");
        assertThat(result.notes().isEmpty()).isEqualTo("0".equals(result.facts().get("different")));
        return result.notes();
    }

    private static Work.Label label(ServerAccess server) {
        return new Work.Label("shop", server.what(), server.what(), "b1");
    }

    @Test
    void aDatabaseComesBack() throws Exception {
        try (RunningPostgres server = RunningPostgres.create(Files.createDirectory(directory.resolve("pg")))) {
            server.execute("postgres", "CREATE DATABASE shop");
            server.execute(
                    "shop", "CREATE TABLE orders AS SELECT i, 'order ' || i AS name FROM generate_series(1, 5000) i");
            ServerAccess postgres = new ServerAccess(
                    "postgres",
                    "127.0.0.1",
                    server.postgres().server().port(),
                    "postgres",
                    server.postgres().account().passwordFile().toString(),
                    "",
                    List.of("shop"),
                    "fast",
                    "yes",
                    "",
                    "");
            List<WorkResult.Stored> stored = store(postgres);
            assertThat(stored).extracting(WorkResult.Stored::kind).containsExactly("dump", "base");
            assertThat(stored.get(1).facts()).containsKeys("lsn.start", "timeline");

            assertThat(differences(postgres, stored.get(0))).isEmpty();
            server.execute("shop", "UPDATE orders SET name = 'other' WHERE i = 7");
            assertThat(differences(postgres, stored.get(0))).containsExactly("shop.public.orders has other content");
            server.execute("shop", "DELETE FROM orders WHERE i % 2 = 0", "CREATE TABLE later (i int)");
            assertThat(differences(postgres, stored.get(0)))
                    .containsExactly(
                            "shop.public.later is not in the backup", "shop.public.orders has 2500 rows, not 5000");
            restore(postgres, stored.get(0));
            assertThat(differences(postgres, stored.get(0))).isEmpty();

            assertThat(server.ask("shop", "SELECT count(*) || ' ' || sum(i) || ' ' || max(name) FROM orders"))
                    .isEqualTo("5000 12502500 order 999");
            assertThat(server.ask("shop", "SELECT to_regclass('later') IS NULL"))
                    .isEqualTo("t");
        }
    }

    @Test
    void keysComeBack() throws Exception {
        Path data = Files.createDirectory(directory.resolve("redis"));
        Path password = Files.writeString(directory.resolve("redis-password"), "a password\n");
        int port = RunningServer.freePort();
        // As in the reference stack, with a log that the server prefers to a dump.
        Path settings = Files.writeString(
                data.resolve("redis.conf"),
                "bind 127.0.0.1\nport " + port + "\ndir " + data
                        + "\nrequirepass \"a password\"\nappendonly yes\nrepl-diskless-sync-delay 0\n");
        try (RunningServer server = RunningServer.start(
                data,
                Map.of(),
                List.of(RunningServer.program("/usr/bin/redis-server", "redis-server"), settings.toString()))) {
            server.awaitPort(port);
            redis(port, "EVAL", "for i = 1, 1000 do redis.call('SET', 'k' .. i, i) end", "0");
            redis(port, "PEXPIREAT", "k7", "4000000000000");
            redis(port, "SADD", "set", "a", "b");
            ServerAccess redis = new ServerAccess(
                    "redis", "127.0.0.1", port, "default", password.toString(), "", List.of(), "", "", "", "");
            List<WorkResult.Stored> stored = store(redis);
            assertThat(stored).extracting(WorkResult.Stored::kind).containsExactly("rdb");

            assertThat(differences(redis, stored.get(0))).isEmpty();
            String other = "keys, values or times to live are other ones";
            redis(port, "PEXPIREAT", "k7", "4000000000001");
            assertThat(differences(redis, stored.get(0))).containsExactly(other);
            redis(port, "PEXPIREAT", "k7", "4000000000000");
            redis(port, "SADD", "set", "c");
            assertThat(differences(redis, stored.get(0))).containsExactly(other);
            redis(port, "SREM", "set", "c");
            redis(port, "DEL", "k1");
            assertThat(differences(redis, stored.get(0))).containsExactly("there are 1000 keys, not 1001");

            redis(port, "FLUSHALL");
            redis(port, "SET", "later", "x");
            assertThat(restore(redis, stored.get(0))).containsEntry("keys", "1001");
            assertThat(differences(redis, stored.get(0))).isEmpty();

            assertThat(redis(port, "DBSIZE")).isEqualTo("1001");
            assertThat(redis(port, "GET", "k999")).isEqualTo("999");
            assertThat(redis(port, "PEXPIRETIME", "k7")).isEqualTo("4000000000000");
        }
    }

    private static String redis(int port, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("redis-cli", "-p", Integer.toString(port)));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("REDISCLI_AUTH", "a password");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.strip();
    }

    @Test
    void objectsComeBackAndOthersGo() throws Exception {
        S3Settings settings = S3Proxy.running().settings(directory);
        String bucket = settings.location().bucket();
        try (S3Client client = S3Clients.connect(settings)) {
            client.createBucket(make -> make.bucket(bucket));
            client.putObject(put -> put.bucket(bucket).key("a/b"), RequestBody.fromString("one"));
            ServerAccess server = objects(settings, List.of(bucket));
            List<WorkResult.Stored> stored = store(server);

            client.putObject(put -> put.bucket(bucket).key("a/b"), RequestBody.fromString("other"));
            client.putObject(put -> put.bucket(bucket).key("later"), RequestBody.fromString("x"));
            assertThat(differences(server, stored.get(0)))
                    .containsExactly(bucket + "/a/b has other content", bucket + "/later is not in the backup");
            assertThat(restore(server, stored.get(0)))
                    .containsEntry("written", "1")
                    .containsEntry("removed", "1");

            assertThat(client.getObjectAsBytes(get -> get.bucket(bucket).key("a/b"))
                            .asUtf8String())
                    .isEqualTo("one");
            assertThat(client.listObjectsV2(list -> list.bucket(bucket)).keyCount())
                    .isOne();
        }
    }

    /** Until somebody stores the first object there may be no bucket. */
    @Test
    void aServerWithoutBucketsIsNoFailure() throws Exception {
        S3Settings settings = S3Proxy.running().settings(directory);
        try (S3Client client = S3Clients.connect(settings)) {
            for (Bucket bucket : client.listBuckets().buckets()) {
                client.listObjectsV2Paginator(list -> list.bucket(bucket.name()))
                        .contents()
                        .forEach(object -> client.deleteObject(
                                delete -> delete.bucket(bucket.name()).key(object.key())));
                client.deleteBucket(delete -> delete.bucket(bucket.name()));
            }
        }
        ServerAccess server = objects(settings, List.of());
        List<WorkResult.Stored> stored = store(server);
        assertThat(stored.get(0).facts()).containsEntry("objects", "0");
        assertThat(restore(server, stored.get(0))).containsEntry("written", "0");
    }

    private static ServerAccess objects(S3Settings settings, List<String> buckets) {
        S3Credentials.KeyFiles keys = (S3Credentials.KeyFiles) settings.credentials();
        URI endpoint = settings.location().endpoint().orElseThrow().uri();
        return new ServerAccess(
                "s3",
                endpoint.getHost(),
                endpoint.getPort(),
                "",
                keys.secretKey().toString(),
                keys.accessKey().toString(),
                buckets,
                "",
                "",
                "",
                "");
    }

    @Test
    void aServerThatIsNotThereIsNamed() {
        ServerAccess nowhere = new ServerAccess(
                "redis", "127.0.0.1", RunningServer.freePort(), "default", "", "", List.of(), "", "", "", "");
        assertThatIOException().isThrownBy(() -> store(nowhere)).withMessageContaining("127.0.0.1:" + nowhere.port());
    }
}
