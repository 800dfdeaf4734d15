package dev.prodstack.swarm.planning;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What tells the items of a list apart. */
final class ItemNames {
    private ItemNames() {}

    static Optional<String> of(JsonNode item) {
        String file = item.path("File").path("Name").asText();
        if (!file.isEmpty()) {
            return Optional.of(file);
        }
        if (item.has("TargetPort")) {
            return Optional.of(item.path("TargetPort").asText() + "/"
                    + item.path("Protocol").asText("tcp")
                    + (item.has("PublishedPort")
                            ? " on " + item.path("PublishedPort").asText()
                            : ""));
        }
        for (String field : new String[] {"Target", "Name", "Kind"}) {
            String value = item.path(field).asText();
            if (!value.isEmpty()) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
