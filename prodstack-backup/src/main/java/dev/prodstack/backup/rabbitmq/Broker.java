package dev.prodstack.backup.rabbitmq;

import dev.prodstack.backup.http.HttpServer;
import dev.prodstack.backup.server.Account;
import dev.prodstack.backup.server.Server;
import java.util.Objects;
import java.util.Optional;

/**
 * A RabbitMQ broker with its management plugin.
 *
 * @param server where its management API is
 * @param account a user with the tag {@code administrator}
 */
public record Broker(Server server, Account account) {
    /** Checks that nothing is missing. */
    public Broker {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(account, "account");
    }

    HttpServer http() {
        return new HttpServer("RabbitMQ", server, Optional.of(account));
    }
}
