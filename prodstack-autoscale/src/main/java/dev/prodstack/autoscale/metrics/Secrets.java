package dev.prodstack.autoscale.metrics;

import dev.prodstack.core.value.PasswordSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where passwords and tokens are read from: files, each time anew, so that a rotated one is taken without a restart.
 *
 * @param directory where the stack's secrets are mounted, each under its key
 */
public record Secrets(Path directory) {
    /** Where Swarm mounts secrets. */
    public static final Path MOUNTED = Path.of("/run/secrets");

    /** Checks that there is a directory. */
    public Secrets {
        Objects.requireNonNull(directory, "directory");
    }

    /**
     * Reads one, without the line ends at its end.
     *
     * @throws SourceFailure if the file cannot be read, or is empty
     */
    String read(PasswordSource source) {
        Path file = source instanceof PasswordSource.OfSecret secret
                ? directory.resolve(secret.key())
                : Path.of(((PasswordSource.OfFile) source).path());
        try {
            String secret = Files.readString(file).replaceFirst("[\\r\\n]+$", "");
            if (secret.isEmpty()) {
                throw new SourceFailure("the credentials file " + file + " is empty");
            }
            return secret;
        } catch (IOException e) {
            throw new SourceFailure("the credentials file " + file + " cannot be read", e);
        }
    }
}
