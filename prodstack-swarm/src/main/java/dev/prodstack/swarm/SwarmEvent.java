package dev.prodstack.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.core.value.Copies;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that happened to an object of the swarm or of the engine.
 *
 * @param time when, by the engine's clock
 * @param type the kind of object: service, node, secret, config, network, volume, container, image, ...
 * @param action what happened: create, update, remove, start, die, {@code health_status: healthy}, ...
 * @param id the object's identifier
 * @param attributes what the engine adds, mostly {@code name}; of a service's update what changed
 */
public record SwarmEvent(Instant time, String type, String action, String id, Map<String, String> attributes) {
    /** Copies the attributes. */
    public SwarmEvent {
        attributes = Copies.of(attributes);
    }

    static SwarmEvent of(JsonNode event) {
        JsonNode actor = event.path("Actor");
        Map<String, String> attributes = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> attribute : actor.path("Attributes").properties()) {
            attributes.put(attribute.getKey(), attribute.getValue().asText());
        }
        return new SwarmEvent(
                time(event),
                event.path("Type").asText(),
                event.path("Action").asText(),
                actor.path("ID").asText(),
                attributes);
    }

    private static Instant time(JsonNode event) {
        return event.has("timeNano")
                ? Instant.ofEpochSecond(0, event.path("timeNano").asLong())
                : Instant.ofEpochSecond(event.path("time").asLong());
    }
}
