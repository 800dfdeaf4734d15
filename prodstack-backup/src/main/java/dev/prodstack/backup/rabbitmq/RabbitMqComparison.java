package dev.prodstack.backup.rabbitmq;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.server.Compared;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Compares a running broker with a backup of its definitions: virtual hosts, permissions, exchanges, queues, bindings
 * and policies word by word, users by name. What the broker has besides is no difference.
 *
 * @param repository where the backup is
 * @param snapshot its snapshot
 */
public record RabbitMqComparison(Repository repository, StoredSnapshot snapshot) {
    private static final List<String> KINDS = List.of(
            "vhosts", "users", "permissions", "topic_permissions", "exchanges", "queues", "bindings", "policies");

    /** With a snapshot. */
    public static RabbitMqComparison of(Repository repository, StoredSnapshot snapshot) {
        return new RabbitMqComparison(repository, snapshot);
    }

    /**
     * Compares.
     *
     * @throws IOException if the broker refuses or cannot be reached
     */
    public Compared with(Broker broker) throws IOException, InterruptedException {
        JsonNode wanted = RabbitMqRestore.of(repository, snapshot).definitions();
        JsonNode there = RabbitMqBackup.JSON.readTree(
                broker.http().ask("export the definitions", "GET", "/api/definitions", new byte[0]));
        Compared.Tally tally = new Compared.Tally();
        for (String kind : KINDS) {
            Set<JsonNode> found = new HashSet<>();
            there.path(kind).forEach(one -> found.add(essence(kind, one)));
            for (JsonNode one : wanted.path(kind)) {
                if (!found.contains(essence(kind, one))) {
                    tally.differs(kind + ": " + name(one) + " is missing or other");
                }
            }
            if (wanted.has(kind)) {
                tally.fact(kind, wanted.path(kind).size());
            }
        }
        return tally.compared();
    }

    /** Users that are there keep their passwords, and virtual hosts have figures that change. */
    private static JsonNode essence(String kind, JsonNode one) {
        return kind.equals("users") || kind.equals("vhosts") ? one.path("name") : one;
    }

    private static String name(JsonNode one) {
        return one.has("name") ? one.path("name").asText() : one.toString();
    }
}
