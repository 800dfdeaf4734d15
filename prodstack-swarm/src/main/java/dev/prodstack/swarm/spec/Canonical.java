package dev.prodstack.swarm.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The form of a service's spec in which the body that was posted and the spec that the engine gives back are equal.
 *
 * <p>What says nothing is left out: nulls, what is empty, zeros, the engine's defaults. Fields and lists whose order
 * means nothing are sorted. Secrets, configs and networks are told by name. It is for comparing and showing, not for
 * posting.
 */
public final class Canonical {
    private Canonical() {}

    /** The form of a body, which has networks by name already. */
    public static ObjectNode of(JsonNode body) {
        return of(body, Map.of());
    }

    /**
     * The form of a spec.
     *
     * @param networks the names of networks by id; one that is not among them stays as it is. The nodes' own ones
     *     ({@code host}) are not in the engine's list of networks, but can be asked for by their ids
     */
    public static ObjectNode of(JsonNode spec, Map<String, String> networks) {
        return fields(Explicit.of(spec, networks), "");
    }

    /** The form of a part of a spec, a missing node if it says nothing. */
    static JsonNode part(JsonNode node, String path) {
        JsonNode value = value(node, path);
        boolean ignored = SpecPaths.IGNORED.contains(path);
        return ignored || saysNothing(value, path) ? MissingNode.getInstance() : value;
    }

    private static JsonNode value(JsonNode node, String path) {
        if (node.isArray()) {
            return items(node, path);
        }
        if (node.isNumber()) {
            return DecimalNode.valueOf(normal(node.decimalValue()));
        }
        return node.isObject() ? fields(node, path) : node;
    }

    private static BigDecimal normal(BigDecimal number) {
        return number.signum() == 0
                ? BigDecimal.ZERO
                : new BigDecimal(number.stripTrailingZeros().toPlainString());
    }

    private static ObjectNode fields(JsonNode object, String path) {
        boolean mapping = SpecPaths.MAPPINGS.contains(path);
        Map<String, JsonNode> fields = new TreeMap<>();
        object.properties().forEach(field -> {
            JsonNode value = mapping ? field.getValue() : part(field.getValue(), SpecPaths.below(path, field.getKey()));
            if (!value.isMissingNode()) {
                fields.put(field.getKey(), value);
            }
        });
        return JsonNodeFactory.instance.objectNode().setAll(fields);
    }

    private static ArrayNode items(JsonNode list, String path) {
        List<JsonNode> items = new ArrayList<>();
        list.forEach(item -> items.add(value(item, path + "[]")));
        if (SpecPaths.SETS.contains(path)) {
            List<JsonNode> each = items.stream()
                    .distinct()
                    .sorted(Comparator.comparing(JsonNode::toString))
                    .toList();
            items.clear();
            items.addAll(each);
        }
        return JsonNodeFactory.instance.arrayNode().addAll(items);
    }

    private static boolean saysNothing(JsonNode value, String path) {
        if (value.isContainerNode()) {
            return value.isEmpty() && !SpecPaths.EMPTY_SAYS_SOMETHING.contains(path);
        }
        boolean zero = value.isNumber() && value.decimalValue().signum() == 0;
        boolean no = value.isBoolean() && !value.booleanValue();
        return value.isNull()
                || value.isMissingNode()
                || (value.isTextual() && value.textValue().isEmpty())
                || ((zero || no) && !SpecPaths.ZERO_SAYS_SOMETHING.contains(path))
                || Optional.ofNullable(SpecPaths.DEFAULTS.get(path))
                        .filter(value.asText()::equals)
                        .isPresent();
    }
}
