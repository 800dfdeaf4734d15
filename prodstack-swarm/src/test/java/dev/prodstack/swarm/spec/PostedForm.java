package dev.prodstack.swarm.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The form in which what we post and what Docker's command line posts are the same where the engine cannot tell them
 * apart. These are all the differences:
 *
 * <ol>
 *   <li>The order of fields.
 *   <li>Nulls, and the zeros that Go writes for what is not set, in the fields that have no other meaning for none.
 *   <li>{@code Protocol} and {@code PublishMode} of a port in long syntax, for which the engine has the defaults that
 *       we write.
 *   <li>The order of secrets and configs, which the command line leaves to chance.
 *   <li>{@code Data}, which is not for us to read.
 * </ol>
 */
final class PostedForm {
    private static final Set<String> ZERO_IS_NOTHING = Set.of(
            "Scope",
            "Internal",
            "Attachable",
            "Ingress",
            "ConfigOnly",
            "Driver",
            "ForceUpdate",
            "NoNewPrivileges",
            "Config",
            "File",
            "Registry",
            "Order");
    private static final Set<String> FILES = Set.of("Secrets", "Configs");
    private static final Map<String, String> PORT_DEFAULTS = Map.of("Protocol", "tcp", "PublishMode", "ingress");

    private PostedForm() {}

    static JsonNode of(JsonNode node) {
        if (node.isArray()) {
            ArrayNode items = JsonNodeFactory.instance.arrayNode();
            node.forEach(item -> items.add(of(item)));
            return items;
        }
        return node.isObject() ? ofFields(node) : node;
    }

    private static ObjectNode ofFields(JsonNode node) {
        Map<String, JsonNode> fields = new TreeMap<>();
        node.properties().forEach(field -> {
            JsonNode value = field.getValue();
            boolean nothing = value.isNull() || (isZero(value) && ZERO_IS_NOTHING.contains(field.getKey()));
            if (!nothing && !field.getKey().equals("Data")) {
                fields.put(field.getKey(), FILES.contains(field.getKey()) ? sorted(value) : of(value));
            }
        });
        if (fields.containsKey("TargetPort")) {
            PORT_DEFAULTS.forEach((key, value) -> fields.putIfAbsent(key, JsonNodeFactory.instance.textNode(value)));
        }
        return JsonNodeFactory.instance.objectNode().setAll(fields);
    }

    private static JsonNode sorted(JsonNode references) {
        List<JsonNode> items = new ArrayList<>();
        references.forEach(item -> items.add(of(item)));
        items.sort(Comparator.comparing(JsonNode::toString));
        return JsonNodeFactory.instance.arrayNode().addAll(items);
    }

    private static boolean isZero(JsonNode value) {
        return value.isValueNode() && !value.asBoolean() && value.asText().matches("|0|false");
    }
}
