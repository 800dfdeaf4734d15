package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.backup.storage.s3.S3Clients;
import dev.prodstack.backup.storage.s3.S3Credentials;
import dev.prodstack.backup.storage.s3.S3Settings;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What a server that speaks S3 holds: objects of 10 KiB in two buckets, and some with awkward keys. */
final class StoredObjects {
    private static final String MANY = "receipts";
    private static final String FEW = "awkward";
    private static final int SIZE = 10 * 1024;

    private static final List<String> KEYS =
            List.of("a b/c&d+e=f", "Zoë/日本/ü", "%41", "none of the others", "deep/".repeat(20) + "end");

    /** How many awkward ones there are: those, and one without content. */
    static final int AWKWARD = KEYS.size() + 1;

    private final S3Settings server;

    /**
     * Looks at a server.
     *
     * @param endpoint such as {@code http://10.0.0.11:9000}
     * @param accessKey a file
     * @param secretKey a file
     */
    StoredObjects(String endpoint, Path accessKey, Path secretKey) {
        server = S3Settings.at("s3:" + endpoint + "/" + MANY)
                .credentials(new S3Credentials.KeyFiles(accessKey, secretKey));
    }

    /** Makes the buckets, and this many objects beside the awkward ones. */
    void fill(int number) throws Exception {
        try (S3Client client = S3Clients.connect(server)) {
            for (String bucket : List.of(MANY, FEW)) {
                client.createBucket(request -> request.bucket(bucket));
            }
            IntStream.range(0, number).parallel().forEach(i -> {
                byte[] content = new byte[SIZE];
                new Random(i).nextBytes(content);
                client.putObject(request -> request.bucket(MANY).key(key(i)), RequestBody.fromBytes(content));
            });
            for (String key : KEYS) {
                client.putObject(
                        request -> request.bucket(FEW)
                                .key(key)
                                .contentType("text/x-test")
                                .metadata(Map.of("kept", "with it")),
                        RequestBody.fromString(key));
            }
            client.putObject(request -> request.bucket(FEW).key("empty"), RequestBody.empty());
        }
    }

    private static String key(int i) {
        return "2026/" + i % 100 + "/" + i + ".pdf";
    }

    /** Deletes some, writes others over, and adds one. */
    void damage() throws Exception {
        try (S3Client client = S3Clients.connect(server)) {
            for (int i = 0; i < 90; i++) {
                String key = key(i);
                if (i % 3 == 0) {
                    client.putObject(request -> request.bucket(MANY).key(key), RequestBody.fromString("other"));
                } else {
                    client.deleteObject(request -> request.bucket(MANY).key(key));
                }
            }
            client.deleteObject(request -> request.bucket(FEW).key("empty"));
            client.putObject(request -> request.bucket(FEW).key("more"), RequestBody.fromString("more"));
        }
    }

    /** A line for each object: all that a client can ask about it, and a digest. */
    String look() throws Exception {
        Map<String, String> found = new TreeMap<>();
        try (S3Client client = S3Clients.connect(server)) {
            client.listBuckets().buckets().forEach(bucket -> found.putAll(look(client, bucket.name())));
        }
        return found.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining("\n"));
    }

    private static Map<String, String> look(S3Client client, String bucket) {
        List<String> keys = client.listObjectsV2Paginator(request -> request.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .toList();
        assertThat(keys).doesNotHaveDuplicates();
        return keys.parallelStream()
                .collect(Collectors.toMap(
                        key -> bucket + "/" + key,
                        key -> told(client.getObjectAsBytes(
                                request -> request.bucket(bucket).key(key)))));
    }

    private static String told(ResponseBytes<GetObjectResponse> answer) {
        return answer.response().contentType() + " " + answer.response().metadata() + " "
                + answer.asByteArrayUnsafe().length + " " + digest(answer.asByteArrayUnsafe());
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
