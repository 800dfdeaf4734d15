package dev.prodstack.core.value;

/** Where a password, key or token is read from. The value itself is never part of the model. */
public sealed interface PasswordSource {
    /**
     * A secret of the stack, which Swarm mounts where it is needed.
     *
     * @param key the secret's key in the Compose file
     */
    record OfSecret(String key) implements PasswordSource {
        /** Checks that there is a key. */
        public OfSecret {
            if (key.isBlank()) {
                throw new IllegalArgumentException("expected the key of a secret");
            }
        }
    }

    /**
     * A file on the machine or in the container where the password is needed; line ends at its end do not count.
     *
     * @param path the file
     */
    record OfFile(String path) implements PasswordSource {
        /** Checks that there is a path. */
        public OfFile {
            if (path.isBlank()) {
                throw new IllegalArgumentException("expected the path of a file");
            }
        }
    }
}
