package dev.prodstack.backup.redis;

import dev.prodstack.backup.server.Account;
import dev.prodstack.backup.server.Server;
import java.util.Objects;
import java.util.Optional;

/**
 * A Redis server as one user sees it.
 *
 * @param server where it is
 * @param account who one is; the user {@code default} without a password where absent
 */
public record RedisServer(Server server, Optional<Account> account) {
    /** Checks that nothing is missing. */
    public RedisServer {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(account, "account");
    }
}
