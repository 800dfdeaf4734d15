package dev.prodstack.backup.storage.s3;

import dev.prodstack.core.backup.RepositorySpec.Location.S3;
import dev.prodstack.core.value.HttpAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * Where in which bucket a repository is.
 *
 * @param endpoint the server's address; Amazon's where absent
 * @param bucket the bucket
 * @param prefix what the names of all objects begin with, without slashes at its ends; may be empty
 */
public record S3Location(Optional<HttpAddress> endpoint, String bucket, String prefix) {
    private static final String AMAZON = "s3.amazonaws.com";

    /** Checks the names. */
    public S3Location {
        Objects.requireNonNull(endpoint, "endpoint");
        S3.checkedBucket(bucket);
        S3.checkedPrefix(prefix);
        if (endpoint.isPresent() && !endpoint.get().uri().getRawPath().matches("/?")) {
            throw new IllegalArgumentException("expected the address of a server, without a path");
        }
    }

    /**
     * Reads {@code s3:https://server/bucket/prefix}, as restic writes it, or {@code s3://bucket/prefix} for Amazon's
     * servers. The prefix may be missing.
     *
     * @throws IllegalArgumentException if the text is none of both
     */
    public static S3Location parse(String text) {
        if (!text.startsWith("s3:")) {
            throw new IllegalArgumentException(expected(text));
        }
        String rest = text.substring(3);
        if (rest.startsWith("//")) {
            return in(Optional.empty(), rest.substring(2), text);
        }
        int scheme = rest.indexOf("://");
        int host = scheme < 0 ? 0 : scheme + 3;
        int slash = rest.indexOf('/', host);
        if (slash < 0) {
            throw new IllegalArgumentException(expected(text));
        }
        String address = rest.substring(0, slash);
        Optional<HttpAddress> endpoint = address.endsWith(AMAZON)
                ? Optional.empty()
                : Optional.of(HttpAddress.parse(scheme < 0 ? "https://" + address : address));
        return in(endpoint, rest.substring(slash + 1), text);
    }

    private static S3Location in(Optional<HttpAddress> endpoint, String path, String text) {
        String trimmed = path.replaceAll("/+$", "");
        int slash = trimmed.indexOf('/');
        String bucket = slash < 0 ? trimmed : trimmed.substring(0, slash);
        if (bucket.isEmpty()) {
            throw new IllegalArgumentException(expected(text));
        }
        return new S3Location(endpoint, bucket, slash < 0 ? "" : trimmed.substring(slash + 1));
    }

    private static String expected(String text) {
        return "expected s3:https://server/bucket/prefix or s3://bucket/prefix, found " + text;
    }

    String server() {
        return endpoint.map(HttpAddress::toString).orElse("https://" + AMAZON);
    }

    /** As restic takes it. */
    @Override
    public String toString() {
        String server = endpoint.map(HttpAddress::toString).orElse(AMAZON).replaceAll("/+$", "");
        return "s3:" + server + "/" + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
    }
}
