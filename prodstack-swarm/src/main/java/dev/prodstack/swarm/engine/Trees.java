package dev.prodstack.swarm.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.value.Data;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The trees that the engine speaks in and the plain data that the rest of the world sees, one from the other. */
public final class Trees {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Trees() {}

    /** A tree as data. */
    public static Data data(JsonNode tree) {
        if (tree.isObject()) {
            Map<String, Data> fields = new LinkedHashMap<>();
            tree.properties().forEach(field -> fields.put(field.getKey(), data(field.getValue())));
            return Data.of(fields);
        } else if (tree.isArray()) {
            List<Data> items = new ArrayList<>();
            tree.forEach(item -> items.add(data(item)));
            return Data.of(items);
        } else if (tree.isTextual()) {
            return Data.of(tree.textValue());
        } else if (tree.isBoolean()) {
            return Data.of(tree.booleanValue());
        } else if (tree.isNumber()) {
            return Data.of(tree.decimalValue());
        }
        return Data.Null.NULL;
    }

    /** An object as a tree. */
    public static ObjectNode object(Data data) {
        if (json(data) instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException("expected a mapping");
    }

    /** Data as a tree. */
    public static JsonNode json(Data data) {
        if (data instanceof Data.Fields mapping) {
            ObjectNode object = NODES.objectNode();
            mapping.fields().forEach((key, value) -> object.set(key, json(value)));
            return object;
        } else if (data instanceof Data.Items list) {
            ArrayNode array = NODES.arrayNode();
            list.items().forEach(item -> array.add(json(item)));
            return array;
        } else if (data instanceof Data.Text text) {
            return NODES.textNode(text.value());
        } else if (data instanceof Data.Bool truth) {
            return NODES.booleanNode(truth.value());
        } else if (data instanceof Data.Numeral numeral) {
            return number(numeral.value());
        }
        return NODES.nullNode();
    }

    private static JsonNode number(BigDecimal value) {
        return value.scale() <= 0 ? NODES.numberNode(value.toBigIntegerExact()) : NODES.numberNode(value);
    }
}
