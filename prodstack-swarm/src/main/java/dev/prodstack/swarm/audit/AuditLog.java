package dev.prodstack.swarm.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineRequest;
import dev.prodstack.swarm.problem.EngineException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The audit trail, as labelled Swarm configs of lines of JSON.
 *
 * <p>Each entry begins as a config of its own, so that no two writers can be in each other's way and none has to read
 * before it writes. When there are {@value #MOST_OBJECTS}, they are written together into one config and removed after
 * that. What has begun is an entry too, in whose place the one with the outcome comes. Whoever is interrupted half-way,
 * or does the same at the same time, leaves some entries twice; reading takes each once. The oldest go when all
 * together exceed {@value #MOST_BYTES} bytes.
 */
public final class AuditLog {
    private static final String LABEL = "dev.prodstack.audit";
    private static final String PREFIX = "prodstack-audit.";
    static final int MOST_OBJECTS = 32;
    static final int MOST_BYTES = 400_000;

    private final EngineClient engine;

    /** That of a cluster. */
    @SuppressWarnings("exports") // Who embeds prodstack goes through Swarm.
    public AuditLog(EngineClient engine) {
        this.engine = engine;
    }

    /**
     * Adds an entry. One that has ended replaces the one of the same id that had begun.
     *
     * @throws EngineException if the engine does not answer, refuses, or is no manager
     */
    public void add(AuditEntry entry) {
        write(entry.hasEnded() ? entry.id() : begun(entry.id()), List.of(AuditLine.of(entry)));
        if (entry.hasEnded()) {
            remove(PREFIX + begun(entry.id()));
        }
        JsonNode objects = objects();
        if (objects.size() >= MOST_OBJECTS) {
            gather(objects);
        }
    }

    /**
     * The entries, the oldest first.
     *
     * @throws EngineException if the engine does not answer or is no manager
     */
    public List<AuditEntry> entries() {
        return entries(objects());
    }

    private static String begun(String id) {
        return id + ".begun";
    }

    private JsonNode objects() {
        return engine.send(EngineRequest.get("configs").labelled(LABEL));
    }

    private static List<AuditEntry> entries(JsonNode objects) {
        Map<String, AuditEntry> byId = new LinkedHashMap<>();
        for (JsonNode object : objects) {
            byte[] content =
                    Base64.getDecoder().decode(object.path("Spec").path("Data").asText());
            new String(content, StandardCharsets.UTF_8)
                    .lines()
                    .flatMap(line -> AuditLine.parse(line).stream())
                    .forEach(entry -> byId.merge(entry.id(), entry, (a, b) -> a.hasEnded() ? a : b));
        }
        return byId.values().stream()
                .sorted(Comparator.comparing(AuditEntry::time).thenComparing(AuditEntry::id))
                .toList();
    }

    private void gather(JsonNode objects) {
        List<String> lines = entries(objects).stream().map(AuditLine::of).toList();
        int from = lines.size();
        int bytes = 0;
        while (from > 0) {
            bytes += lines.get(from - 1).getBytes(StandardCharsets.UTF_8).length + 1;
            if (bytes > MOST_BYTES) {
                break;
            }
            from--;
        }
        write(UUID.randomUUID().toString(), new ArrayList<>(lines.subList(from, lines.size())));
        objects.forEach(object -> remove(object.path("ID").asText()));
    }

    private void write(String id, List<String> lines) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("Name", PREFIX + id);
        body.putObject("Labels").put(LABEL, Integer.toString(lines.size()));
        byte[] content = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        body.put("Data", Base64.getEncoder().encodeToString(content));
        engine.send(EngineRequest.post("configs", "create").sending(body));
    }

    private void remove(String idOrName) {
        try {
            engine.send(EngineRequest.delete("configs", idOrName));
        } catch (EngineException e) {
            if (e.status().orElse(0) != 404) {
                throw e;
            }
        }
    }
}
