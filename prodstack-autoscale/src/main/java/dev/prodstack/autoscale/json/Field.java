package dev.prodstack.autoscale.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A value of a JSON document and where it stands.
 *
 * @param path its dotted path, empty for the document
 * @param node the value
 */
record Field(String path, JsonNode node) {
    private static final double NANOS = 1e9;
    private static final double MOST_SECONDS = 1e9;

    /** A mapping's value; nothing if it is absent or null. */
    Optional<Field> get(String key) {
        JsonNode value = node.get(key);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(new Field(at(key), value));
    }

    Field required(String key) {
        return get(key).orElseThrow(() -> wrong(key + " is missing"));
    }

    /** This, checked to be a mapping with no other keys. */
    Field object(String... keys) {
        if (!node.isObject()) {
            throw wrong("expected an object, found " + found());
        }
        Set<String> known = Set.of(keys);
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                throw wrong("there is no \"" + key + "\" here; there are " + String.join(", ", keys));
            }
        });
        return this;
    }

    List<Field> items() {
        if (!node.isArray()) {
            throw wrong("expected a list, found " + found());
        }
        List<Field> items = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            items.add(new Field(path + "[" + i + "]", node.get(i)));
        }
        return items;
    }

    Map<String, Field> entries() {
        if (!node.isObject()) {
            throw wrong("expected an object, found " + found());
        }
        Map<String, Field> entries = new LinkedHashMap<>();
        node.properties().forEach(its -> entries.put(its.getKey(), new Field(at(its.getKey()), its.getValue())));
        return entries;
    }

    int integer(int least) {
        if (!node.canConvertToInt() || !node.isIntegralNumber() || node.intValue() < least) {
            throw wrong("expected a whole number of at least " + least + ", found " + found());
        }
        return node.intValue();
    }

    String text() {
        if (!node.isTextual()) {
            throw wrong("expected a string, found " + found());
        }
        return node.textValue();
    }

    boolean truth() {
        if (!node.isBoolean()) {
            throw wrong("expected true or false, found " + found());
        }
        return node.booleanValue();
    }

    /** A number, or one of the strings for what JSON has no number for. */
    double number() {
        if (node.isNumber()) {
            return node.doubleValue();
        }
        return switch (node.isTextual() ? node.textValue() : "") {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw wrong("expected a number, \"NaN\", \"Infinity\" or \"-Infinity\", found " + found());
        };
    }

    /** An instant, or a number of seconds from another one. */
    Instant time(Instant now) {
        return node.isNumber() ? now.plus(seconds()) : instant();
    }

    Instant instant() {
        try {
            return Instant.parse(text());
        } catch (DateTimeException e) {
            throw wrong("expected a time such as 2026-11-23T10:00:00Z, found " + found());
        }
    }

    /** A number of seconds. */
    Duration seconds() {
        double seconds = node.isNumber() ? node.doubleValue() : Double.NaN;
        if (!(Math.abs(seconds) <= MOST_SECONDS)) {
            throw wrong("expected a number of seconds, found " + found());
        }
        return Duration.ofNanos(Math.round(seconds * NANOS));
    }

    /** What a reader makes of it, its complaints told with the path. */
    <T> T made(Function<Field, T> reader) {
        try {
            return reader.apply(this);
        } catch (IllegalArgumentException e) {
            throw new CaseException(path, String.valueOf(e.getMessage()));
        }
    }

    CaseException wrong(String message) {
        return new CaseException(path, message);
    }

    private String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private String found() {
        String text = node.toString();
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }
}
