package dev.prodstack.core.backup;

import dev.prodstack.core.value.PasswordSource;
import java.util.Objects;
import java.util.Optional;

/**
 * Who a backup job is on a server.
 *
 * @param user the user; the server's usual one where absent
 * @param password where the password is read from
 */
public record Login(Optional<String> user, PasswordSource password) {
    /** Checks that nothing is missing. */
    public Login {
        Objects.requireNonNull(password, "password");
        if (user.isPresent() && user.get().isBlank()) {
            throw new IllegalArgumentException("expected the name of a user");
        }
    }
}
