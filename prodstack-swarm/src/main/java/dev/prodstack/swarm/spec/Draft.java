package dev.prodstack.swarm.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/** An object of a body as it is put together. What is absent, empty or false leaves no field. */
final class Draft {
    private final ObjectNode object = JsonNodeFactory.instance.objectNode();

    /** A list of objects or of whatever else. */
    static ArrayNode list(Collection<? extends JsonNode> items) {
        return JsonNodeFactory.instance.arrayNode().addAll(items);
    }

    Draft text(String field, String value) {
        object.put(field, value);
        return this;
    }

    Draft text(String field, Optional<String> value) {
        value.ifPresent(text -> object.put(field, text));
        return this;
    }

    Draft texts(String field, List<String> values) {
        if (!values.isEmpty()) {
            values.forEach(object.putArray(field)::add);
        }
        return this;
    }

    /** By key, since the order of a mapping says nothing to the engine. */
    Draft texts(String field, Map<String, String> values) {
        if (!values.isEmpty()) {
            new TreeMap<>(values).forEach(object.putObject(field)::put);
        }
        return this;
    }

    Draft number(String field, long value) {
        object.put(field, value);
        return this;
    }

    Draft number(String field, OptionalInt value) {
        value.ifPresent(number -> object.put(field, number));
        return this;
    }

    Draft number(String field, OptionalLong value) {
        value.ifPresent(number -> object.put(field, number));
        return this;
    }

    Draft nanos(String field, Optional<Duration> value) {
        value.ifPresent(duration -> object.put(field, duration.toNanos()));
        return this;
    }

    Draft truth(String field, Optional<Boolean> value) {
        value.ifPresent(truth -> object.put(field, truth));
        return this;
    }

    /** A field that is there only if it is true. */
    Draft flag(String field, boolean value) {
        if (value) {
            object.put(field, true);
        }
        return this;
    }

    /** Any value, also an empty one. */
    Draft with(String field, JsonNode value) {
        object.set(field, value);
        return this;
    }

    Draft with(String field, Optional<? extends JsonNode> value) {
        value.ifPresent(node -> object.set(field, node));
        return this;
    }

    /** A list or an object unless it is empty. */
    Draft filled(String field, JsonNode value) {
        if (!value.isEmpty()) {
            object.set(field, value);
        }
        return this;
    }

    ObjectNode node() {
        return object;
    }
}
