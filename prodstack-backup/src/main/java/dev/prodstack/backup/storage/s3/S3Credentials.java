package dev.prodstack.backup.storage.s3;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** Where the keys of an account are found. They are looked up again for each request, so files may be replaced. */
public sealed interface S3Credentials {
    /**
     * Where Amazon's tools look, in their order: environment variables, the profile in {@code ~/.aws}, the role of the
     * container or the machine.
     */
    enum Chain implements S3Credentials {
        /** The only one. */
        CHAIN;

        @Override
        public String toString() {
            return "the environment, ~/.aws and the machine's role";
        }
    }

    /**
     * A file for each key, such as secrets that an orchestrator mounts. Line ends at their ends do not count.
     *
     * @param accessKey holds the access key's id
     * @param secretKey holds the secret key
     * @param sessionToken holds the token of keys that are valid for a while
     */
    record KeyFiles(Path accessKey, Path secretKey, Optional<Path> sessionToken) implements S3Credentials {
        /** Checks that nothing is missing. */
        public KeyFiles {
            Objects.requireNonNull(accessKey, "accessKey");
            Objects.requireNonNull(secretKey, "secretKey");
            Objects.requireNonNull(sessionToken, "sessionToken");
        }

        /** The keys of an account, which are valid until they are taken back. */
        public KeyFiles(Path accessKey, Path secretKey) {
            this(accessKey, secretKey, Optional.empty());
        }

        @Override
        public String toString() {
            return "the files " + accessKey + " and " + secretKey;
        }
    }

    /**
     * A profile in a file such as {@code ~/.aws/credentials}.
     *
     * @param file the file
     * @param profile the section in it
     */
    record Profile(Path file, String profile) implements S3Credentials {
        /** Checks that nothing is missing. */
        public Profile {
            Objects.requireNonNull(file, "file");
            if (profile.isBlank()) {
                throw new IllegalArgumentException("expected the name of a profile");
            }
        }

        @Override
        public String toString() {
            return "the profile " + profile + " in " + file;
        }
    }
}
