package dev.prodstack.backup.rabbitmq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.backup.browse.SnapshotFiles;
import dev.prodstack.backup.repository.HeldLock;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Imports definitions into a running broker: {@code RabbitMqRestore.of(repository, snapshot).into(broker)}. What is
 * missing is made, what differs is set back; what the broker has besides stays, as queues may hold messages. Users that
 * are there keep their passwords, which services have in their secrets now. A queue or exchange that is there with
 * other properties cannot be changed: RabbitMQ leaves it and goes on.
 *
 * @param repository where the backup is
 * @param snapshot its snapshot
 */
public record RabbitMqRestore(Repository repository, StoredSnapshot snapshot) {
    /** Checks that nothing is missing. */
    public RabbitMqRestore {
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(snapshot, "snapshot");
    }

    /** Of a snapshot. */
    public static RabbitMqRestore of(Repository repository, StoredSnapshot snapshot) {
        return new RabbitMqRestore(repository, snapshot);
    }

    /**
     * Imports.
     *
     * @throws IOException if the broker refuses or cannot be reached
     */
    public void into(Broker broker) throws IOException, InterruptedException {
        ObjectNode definitions = definitions();
        Set<String> there = new HashSet<>();
        for (JsonNode user : RabbitMqBackup.JSON.readTree(
                broker.http().ask("list the users", "GET", "/api/users?columns=name", new byte[0]))) {
            there.add(user.path("name").asText());
        }
        if (definitions.get("users") instanceof ArrayNode users) {
            ArrayNode missing = RabbitMqBackup.JSON.createArrayNode();
            users.forEach(user -> {
                if (!there.contains(user.path("name").asText())) {
                    missing.add(user);
                }
            });
            definitions.set("users", missing);
        }
        broker.http()
                .ask(
                        "import the definitions",
                        "POST",
                        "/api/definitions",
                        RabbitMqBackup.JSON.writeValueAsBytes(definitions));
    }

    ObjectNode definitions() throws IOException {
        HeldLock lock = repository.lockShared();
        try (lock) {
            repository.loadIndex();
            SnapshotFiles files = SnapshotFiles.of(repository, snapshot);
            List<byte[]> found = new ArrayList<>();
            files.walk(entry -> {
                if (entry.path().endsWith("/" + RabbitMqBackup.FILE)) {
                    ByteArrayOutputStream content = new ByteArrayOutputStream();
                    files.content(entry.node(), content);
                    found.add(content.toByteArray());
                }
                return true;
            });
            if (found.isEmpty()) {
                throw new IOException("The snapshot " + snapshot.id().brief() + " has no " + RabbitMqBackup.FILE
                        + ". Name one of kind=" + RabbitMqBackup.KIND + ".");
            }
            return (ObjectNode) RabbitMqBackup.JSON.readTree(found.get(0));
        }
    }
}
