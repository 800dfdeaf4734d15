package dev.prodstack.backup.storage.s3;

import java.io.IOException;
import software.amazon.awssdk.services.s3.S3Client;

/** Clients for other purposes than a repository, which get on with servers of all makes too. */
public final class S3Clients {
    private S3Clients() {}

    /**
     * Connects to the server of some settings; nothing is sent yet.
     *
     * @throws IOException if the file of authorities cannot be read
     */
    @SuppressWarnings("exports") // who has no AWS SDK has no use for it
    public static S3Client connect(S3Settings settings) throws IOException {
        return Clients.connect(settings, new RetryRules());
    }
}
