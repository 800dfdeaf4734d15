package dev.prodstack.swarm.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An entry as a line of JSON. */
final class AuditLine {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** More than that would let one deploy fill the log. */
    private static final int MOST_CHANGES = 100;

    private static final int MOST_CHARACTERS = 2000;

    private AuditLine() {}

    static String of(AuditEntry entry) {
        ObjectNode line = JSON.createObjectNode();
        line.put("id", entry.id())
                .put("time", entry.time().toString())
                .put("user", shortened(entry.user()))
                .put("host", shortened(entry.host()))
                .put("stack", shortened(entry.stack()))
                .put("command", shortened(entry.command()));
        ArrayNode changes = line.putArray("changes");
        entry.changes().stream().limit(MOST_CHANGES).map(AuditLine::shortened).forEach(changes::add);
        if (entry.changes().size() > MOST_CHANGES) {
            changes.add("and " + (entry.changes().size() - MOST_CHANGES) + " more");
        }
        line.put("outcome", entry.outcome()).put("message", shortened(entry.message()));
        try {
            return JSON.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always writable", e);
        }
    }

    private static String shortened(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "...";
    }

    /** Reads a line; nothing if it is none, as somebody else may have written it. */
    static Optional<AuditEntry> parse(String text) {
        try {
            JsonNode line = JSON.readTree(text);
            List<String> changes = new ArrayList<>();
            line.path("changes").forEach(change -> changes.add(change.asText()));
            return Optional.of(new AuditEntry(
                    line.path("id").asText(),
                    Instant.parse(line.path("time").asText()),
                    line.path("user").asText(),
                    line.path("host").asText(),
                    line.path("stack").asText(),
                    line.path("command").asText(),
                    changes,
                    line.path("outcome").asText(),
                    line.path("message").asText()));
        } catch (JsonProcessingException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
