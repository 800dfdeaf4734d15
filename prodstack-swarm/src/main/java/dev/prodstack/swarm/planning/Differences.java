package dev.prodstack.swarm.planning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.swarm.plan.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What differs between two specifications, leaf by leaf. Items of lists are told apart by what makes them what they are
 * (a mount by its target, a variable by its name), so that one that is added does not seem to change all behind it.
 */
final class Differences {
    private static final Pattern SENSITIVE =
            Pattern.compile("(?i).*(password|passwd|secret|token|credential|api_?key|private_?key|dsn).*");
    private static final String HIDDEN = "(hidden)";

    private Differences() {}

    static List<Difference> between(JsonNode before, JsonNode after) {
        Map<String, String> old = leaves(before);
        Map<String, String> now = leaves(after);
        TreeSet<String> paths = new TreeSet<>(old.keySet());
        paths.addAll(now.keySet());
        List<Difference> differences = new ArrayList<>();
        for (String path : paths) {
            Optional<String> was = Optional.ofNullable(old.get(path));
            Optional<String> is = Optional.ofNullable(now.get(path));
            if (!was.equals(is)) {
                differences.add(new Difference(path, FieldLabels.of(path), shown(path, was), shown(path, is)));
            }
        }
        return differences;
    }

    private static Optional<String> shown(String path, Optional<String> value) {
        if (path.endsWith("File.Mode") || path.endsWith("TmpfsOptions.Mode")) {
            return value.map(Differences::octal);
        }
        boolean variable = path.startsWith(FieldLabels.ENV);
        return variable && SENSITIVE.matcher(path).matches() && !path.endsWith("_FILE")
                ? value.map(text -> HIDDEN)
                : value;
    }

    /** As people write modes of files; the engine has them as numbers. */
    private static String octal(String mode) {
        return mode.matches("\\d{1,9}") ? "0" + Integer.toOctalString(Integer.parseInt(mode)) : mode;
    }

    private static Map<String, String> leaves(JsonNode tree) {
        Map<String, String> leaves = new TreeMap<>();
        collect("", tree, leaves);
        return leaves;
    }

    private static void collect(String path, JsonNode node, Map<String, String> leaves) {
        if (node.isObject()) {
            node.properties().forEach(field -> collect(join(path, field.getKey()), field.getValue(), leaves));
        } else if (path.equals("TaskTemplate.ContainerSpec.Env")) {
            node.forEach(variable -> variable(path, variable.asText(), leaves));
        } else if (node.isArray() && node.path(0).isObject()) {
            items(path, node, leaves);
        } else {
            leaves.put(path, node.isValueNode() ? node.asText() : node.toString());
        }
    }

    private static void variable(String path, String variable, Map<String, String> leaves) {
        int equals = variable.indexOf('=');
        leaves.put(
                join(path, equals < 0 ? variable : variable.substring(0, equals)),
                equals < 0 ? "" : variable.substring(equals + 1));
    }

    private static void items(String path, JsonNode list, Map<String, String> leaves) {
        int index = 0;
        for (JsonNode item : list) {
            String name = ItemNames.of(item).orElse(Integer.toString(index));
            collect(path + "[" + name + "]", item, leaves);
            index++;
        }
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
