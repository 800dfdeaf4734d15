package dev.prodstack.core.lint;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A placement constraint, by swarmkit's grammar ({@code manager/constraint}).
 *
 * @param key the attribute, lower-case but for the name of a label
 * @param equal whether the attribute must have the value, or must not
 * @param value the value
 */
record Constraint(String key, boolean equal, String value) {
    static final Set<String> NODE_ATTRIBUTES =
            Set.of("node.id", "node.hostname", "node.ip", "node.role", "node.platform.os", "node.platform.arch");
    static final List<String> LABELS = List.of("node.labels.", "engine.labels.");
    private static final Pattern FORM = Pattern.compile("(.*?)(==|!=)(.*)", Pattern.DOTALL);
    private static final Pattern KEY = Pattern.compile("[a-zA-Z_][a-zA-Z0-9\\-_.]+");
    private static final Pattern VALUE = Pattern.compile("[a-zA-Z0-9:\\-_\\s.*()?+\\[\\]\\\\^$|/]+");

    /** Reads a constraint that swarmkit accepts. */
    static Optional<Constraint> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String key = matcher.group(1).strip();
        String value = matcher.group(3).strip();
        return KEY.matcher(key).matches() && VALUE.matcher(value).matches()
                ? Optional.of(new Constraint(normal(key), matcher.group(2).equals("=="), value))
                : Optional.empty();
    }

    private static String normal(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        for (String prefix : LABELS) {
            if (lower.startsWith(prefix)) {
                return prefix + key.substring(prefix.length());
            }
        }
        return lower;
    }

    boolean isKnown() {
        return NODE_ATTRIBUTES.contains(key) || isLabel();
    }

    boolean isLabel() {
        return LABELS.stream().anyMatch(prefix -> key.startsWith(prefix) && key.length() > prefix.length());
    }

    /** Whether it leaves exactly one node. */
    boolean namesOneNode() {
        return equal && (key.equals("node.id") || key.equals("node.hostname"));
    }

    /** Whether it picks the nodes that are meant, as opposed to a kind of node. */
    boolean picksNodes() {
        return equal && (namesOneNode() || key.equals("node.ip") || isLabel());
    }

    /** Whether no node satisfies both. */
    boolean contradicts(Constraint other) {
        return key.equals(other.key) && equal && value.equalsIgnoreCase(other.value) != other.equal;
    }

    @Override
    public String toString() {
        return key + (equal ? " == " : " != ") + value;
    }
}
