package dev.prodstack.backup.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.server.Origin;
import dev.prodstack.backup.server.StoredPart;
import dev.prodstack.backup.storage.DirectoryStorage;
import dev.prodstack.backup.storage.s3.Retries;
import dev.prodstack.backup.storage.s3.S3Clients;
import dev.prodstack.backup.storage.s3.S3Credentials;
import dev.prodstack.backup.storage.s3.S3Proxy;
import dev.prodstack.backup.storage.s3.S3Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Buckets of a real server, and back. */
@Tag("engine")
@Timeout(240)
class ObjectsTest {
    private static final Origin ORIGIN = new Origin("shop", "minio", "s3", "b1");

    @TempDir
    Path directory;

    private Repository repository;
    private S3Settings settings;
    private S3Client client;
    private String bucket;

    @BeforeEach
    void begin() throws Exception {
        repository = Repository.init(DirectoryStorage.at(directory.resolve("repository")), "secret".toCharArray());
        settings = S3Proxy.running().settings(directory);
        client = S3Clients.connect(settings);
        bucket = settings.location().bucket();
        client.createBucket(make -> make.bucket(bucket));
        client.createBucket(make -> make.bucket(bucket + "-empty"));
    }

    @AfterEach
    void end() throws Exception {
        client.close();
        repository.close();
    }

    private void put(String key, byte[] content) {
        client.putObject(
                put -> put.bucket(bucket)
                        .key(key)
                        .contentType("text/x-" + content.length)
                        .cacheControl("max-age=60")
                        .metadata(Map.of("owner", "of " + content.length)),
                RequestBody.fromBytes(content));
    }

    private static byte[] random(int seed, int length) {
        byte[] content = new byte[length];
        new Random(seed).nextBytes(content);
        return content;
    }

    /** All objects of the bucket: digest, type, metadata. */
    private Map<String, String> all() throws Exception {
        Map<String, String> all = new TreeMap<>();
        for (var object :
                client.listObjectsV2Paginator(list -> list.bucket(bucket)).contents()) {
            var answer = client.getObjectAsBytes(get -> get.bucket(bucket).key(object.key()));
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(answer.asByteArray());
            all.put(
                    object.key(),
                    HexFormat.of().formatHex(digest) + " "
                            + answer.response().contentType() + " "
                            + answer.response().cacheControl() + " "
                            + answer.response().metadata());
        }
        return all;
    }

    private ObjectsBackup backup() {
        return ObjectsBackup.of(settings).only(List.of(bucket, bucket + "-empty"));
    }

    @Test
    void objectsComeBackAndUnchangedOnesAreNotReadAgain() throws Exception {
        for (int i = 0; i < 300; i++) {
            put("many/" + i % 7 + "/object " + i, random(i, i * 10));
        }
        put("big", random(1, 9_000_000));
        put("ümlaut/%41/.hidden", random(2, 10));
        put("empty", new byte[0]);
        Map<String, String> before = all();
        StoredPart first = backup().to(repository, ORIGIN);
        assertThat(first.facts()).containsEntry("objects", "303");

        put("many/3/object 3", random(1000, 77));
        put("new", random(1001, 100));
        client.deleteObject(delete -> delete.bucket(bucket).key("empty"));
        Map<String, String> changed = all();
        StoredPart second = backup().to(repository, ORIGIN);
        assertThat(second.facts()).containsEntry("objects", "303");
        var files =
                repository.snapshots().get(1).snapshot().summary().orElseThrow().files();
        assertThat(files.unmodified()).isEqualTo(301);
        assertThat(files.changed()).isEqualTo(1);
        assertThat(files.added()).isEqualTo(1);

        put("big", random(5, 100));
        client.deleteObject(delete -> delete.bucket(bucket).key("many/0/object 0"));
        put("intruder", random(6, 10));
        ObjectsRestore latest =
                ObjectsRestore.of(repository, repository.snapshots().get(1));
        ObjectsRestore.Report report = latest.exactly().into(settings);
        assertThat(all()).isEqualTo(changed);
        assertThat(report).isEqualTo(new ObjectsRestore.Report(2, 301, 1));

        for (String key : all().keySet()) {
            client.deleteObject(delete -> delete.bucket(bucket).key(key));
        }
        client.deleteBucket(delete -> delete.bucket(bucket));
        client.deleteBucket(delete -> delete.bucket(bucket + "-empty"));
        ObjectsRestore.of(repository, repository.snapshots().get(0)).into(settings);
        assertThat(all()).isEqualTo(before);
        assertThat(client.listBuckets().buckets())
                .anyMatch(found -> found.name().equals(bucket + "-empty"));
    }

    @Test
    void wrongKeysSaySo() throws Exception {
        Path wrong = Files.writeString(directory.resolve("wrong"), "nobody's");
        S3Settings theirs = settings.credentials(new S3Credentials.KeyFiles(directory.resolve("access-key"), wrong))
                .retries(new Retries(1, Duration.ofMillis(1), Duration.ofMillis(1)));
        assertThatThrownBy(() -> ObjectsBackup.of(theirs).only(List.of(bucket)).to(repository, ORIGIN))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                        "The object store at " + settings.location().endpoint().orElseThrow())
                .hasMessageContaining("See that the keys (the files");
        assertThat(repository.snapshots()).isEmpty();
    }

    @Test
    void keysAreReadBackFromPaths() {
        for (String key :
                List.of("a", "a/b", "a/", "/a", "a//b", "./x", "../x", "x/..", "%", "%25/%2E", "a%", "a%/b%")) {
            List<String> names = KeyPath.names(key);
            assertThat(KeyPath.key(names)).isEqualTo(key);
            assertThat(names).noneMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."));
            List<String> beside = new ArrayList<>(names);
            beside.add(KeyPath.besideFolder(beside.remove(beside.size() - 1)));
            if (!key.endsWith("/")) {
                assertThat(KeyPath.key(beside)).isEqualTo(key);
            }
        }
    }
}
