package dev.prodstack.core.backup;

import dev.prodstack.core.value.PasswordSource;
import java.util.Objects;

/**
 * The pair of keys of an S3 account.
 *
 * @param accessKey where the access key's id is read from
 * @param secretKey where the secret key is read from
 */
public record S3Keys(PasswordSource accessKey, PasswordSource secretKey) {
    /** Checks that nothing is missing. */
    public S3Keys {
        Objects.requireNonNull(accessKey, "accessKey");
        Objects.requireNonNull(secretKey, "secretKey");
    }
}
