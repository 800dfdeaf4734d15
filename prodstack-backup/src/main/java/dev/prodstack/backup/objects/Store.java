package dev.prodstack.backup.objects;

import dev.prodstack.backup.storage.s3.S3Clients;
import dev.prodstack.backup.storage.s3.S3Settings;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A server that speaks S3, with messages that say what to do. */
final class Store implements AutoCloseable {
    private final S3Settings settings;
    private final S3Client client;

    Store(S3Settings settings) throws IOException {
        this.settings = settings;
        client = S3Clients.connect(settings);
    }

    S3Client client() {
        return client;
    }

    /** Does something that fails with an {@link SdkException}. */
    <T> T call(String doing, Supplier<T> request) throws IOException {
        try {
            return request.get();
        } catch (SdkException e) {
            throw failure(doing, e);
        }
    }

    IOException failure(String doing, SdkException cause) {
        String server = settings.location().endpoint().map(Object::toString).orElse("Amazon S3");
        String advice = cause instanceof S3Exception answer
                ? switch (answer.statusCode()) {
                    case 401, 403 -> "See that the keys (" + settings.credentials() + ") are right and may do that.";
                    case 404 -> "See that the bucket is there.";
                    default -> "See the server's log.";
                }
                : "See that it runs and can be reached from here.";
        return new IOException(
                "The object store at " + server + ": cannot " + doing + ": " + cause.getMessage() + ". " + advice,
                cause);
    }

    /** The buckets that the keys can list. */
    List<String> buckets() throws IOException {
        return call(
                "list the buckets",
                () -> client.listBuckets().buckets().stream()
                        .map(Bucket::name)
                        .sorted()
                        .toList());
    }

    @Override
    public void close() {
        client.close();
    }
}
