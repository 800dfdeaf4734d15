package dev.prodstack.backup.prometheus;

import dev.prodstack.backup.server.Account;
import dev.prodstack.backup.server.Server;
import java.util.Objects;
import java.util.Optional;

/**
 * A Prometheus that was started with {@code --web.enable-admin-api}.
 *
 * @param server where it is
 * @param account who one is; nobody where absent
 */
public record PrometheusServer(Server server, Optional<Account> account) {
    /** Checks that nothing is missing. */
    public PrometheusServer {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(account, "account");
    }
}
