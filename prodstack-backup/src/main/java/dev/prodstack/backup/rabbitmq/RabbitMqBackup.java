package dev.prodstack.backup.rabbitmq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.server.Origin;
import dev.prodstack.backup.server.StoredPart;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.source.StreamsSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Stores a broker's definitions as {@code definitions.json}: users with the hashes of their passwords, permissions,
 * virtual hosts, exchanges, queues, bindings, policies, parameters.
 *
 * <p>Facts: {@code server.version}, and how many there are of each kind, such as {@code queues}.
 *
 * @param broker the broker
 */
public record RabbitMqBackup(Broker broker) {
    /** What the snapshot's label {@code kind} says. */
    public static final String KIND = "definitions";

    static final String FILE = "definitions.json";
    static final ObjectMapper JSON = new ObjectMapper();

    /** Checks that nothing is missing. */
    public RabbitMqBackup {
        Objects.requireNonNull(broker, "broker");
    }

    /** Of a broker. */
    public static RabbitMqBackup of(Broker broker) {
        return new RabbitMqBackup(broker);
    }

    /**
     * Fetches and stores.
     *
     * @throws IOException if the broker refuses or cannot be reached
     */
    public StoredPart to(Repository repository, Origin origin) throws IOException, InterruptedException {
        byte[] definitions = broker.http().ask("export the definitions", "GET", "/api/definitions", new byte[0]);
        JsonNode json = JSON.readTree(definitions);
        Map<String, String> facts = facts(json);
        StreamsSource source =
                StreamsSource.in(origin.name(KIND)).add(FILE, () -> new ByteArrayInputStream(definitions));
        StoredSnapshot stored = origin.backup(source, KIND).to(repository);
        return StoredPart.of(origin, KIND, List.of(stored), facts);
    }

    private Map<String, String> facts(JsonNode json) throws IOException {
        if (!json.isObject() || !json.has("vhosts")) {
            throw new IOException("RabbitMQ at " + broker.server()
                    + " answers something else than definitions. See that the port is that of its management plugin.");
        }
        Map<String, String> facts = new TreeMap<>();
        facts.put("server.version", json.path("rabbitmq_version").asText(""));
        for (var kind : json.properties()) {
            if (kind.getValue().isArray()) {
                facts.put(kind.getKey(), Integer.toString(kind.getValue().size()));
            }
        }
        return facts;
    }
}
