package dev.prodstack.backup.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Who one is on a server. The password is read each time it is needed, so that a new one is taken up.
 *
 * @param user the user's name
 * @param passwordFile holds the password, such as {@code /run/secrets/db_password}; line ends at its end do not count
 */
public record Account(String user, Path passwordFile) {
    /** Checks that there is a name. */
    public Account {
        Objects.requireNonNull(passwordFile, "passwordFile");
        if (user.isBlank()) {
            throw new IllegalArgumentException("expected the name of a user");
        }
    }

    /**
     * The password.
     *
     * @throws IOException if the file cannot be read or is empty
     */
    public String password() throws IOException {
        return secret(passwordFile, "the password of " + user);
    }

    /**
     * What a file holds, without line ends at its end.
     *
     * @param what it is, for messages
     * @throws IOException if it cannot be read or is empty
     */
    public static String secret(Path file, String what) throws IOException {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "The file " + file + ", which should hold " + what
                            + ", is not there. Give the path of a secret that this program can read.",
                    e);
        }
        String secret = text.replaceAll("[\\r\\n]+\\z", "");
        if (secret.isEmpty()) {
            throw new IOException("The file " + file + ", which should hold " + what + ", is empty. Write it there.");
        }
        return secret;
    }
}
