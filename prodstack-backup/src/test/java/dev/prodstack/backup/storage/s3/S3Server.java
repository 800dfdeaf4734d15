package dev.prodstack.backup.storage.s3;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that speaks S3, for tests. */
public interface S3Server {
    /** The address, such as {@code http://127.0.0.1:4000}. */
    String endpoint();

    /** The id of the access key that it takes. */
    String accessKey();

    /** The secret key that it takes. */
    String secretKey();

    /**
     * Settings for a repository of its own, with few and quick retries.
     *
     * @param directory where files for the keys may be made
     */
    default S3Settings settings(Path directory) throws java.io.IOException {
        Path access = Files.writeString(directory.resolve("access-key"), accessKey() + "\n");
        Path secret = Files.writeString(directory.resolve("secret-key"), secretKey() + "\n");
        return S3Settings.at("s3:" + endpoint() + "/bucket-" + Buckets.LAST.incrementAndGet() + "/shop/main")
                .credentials(new S3Credentials.KeyFiles(access, secret))
                .retries(Buckets.QUICK);
    }

    /** What buckets are named by. */
    final class Buckets {
        private static final AtomicInteger LAST = new AtomicInteger((int) (System.nanoTime() >>> 24 & 0xffffff));
        private static final Retries QUICK =
                new Retries(4, java.time.Duration.ofMillis(1), java.time.Duration.ofMillis(5));

        private Buckets() {}
    }
}
