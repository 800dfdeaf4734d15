package dev.prodstack.core.compose.merge;

import dev.prodstack.core.yaml.Node;
import dev.prodstack.core.yaml.Node.Directive;
import dev.prodstack.core.yaml.Node.Entry;
import dev.prodstack.core.yaml.Node.ListNode;
import dev.prodstack.core.yaml.Node.MapNode;
import dev.prodstack.core.yaml.Node.ScalarNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Merges trees in canonical form. */
public final class Merge {
    /** Mappings whose keys are names that people choose, below which the rules speak of {@code *}. */
    private static final Pattern NAMED =
            Pattern.compile("services|networks|volumes|secrets|configs|services\\.\\*\\.networks");

    /** Mappings in which an empty value says something: a variable without a value. */
    private static final Set<String> NULLABLE = Set.of("services.*.environment", "services.*.build.args");

    private static final String LOGGING = "services.*.logging";

    private Merge() {}

    /** Puts one file's tree over another's. */
    public static MapNode files(MapNode base, MapNode over) {
        return maps(base, over, "");
    }

    /** Puts a service over the one it extends. */
    public static MapNode services(MapNode base, MapNode over) {
        return maps(base, over, "services.*");
    }

    /** A service without its merge tags. */
    public static MapNode service(MapNode service) {
        return maps(new MapNode(service.position(), Map.of()), service, "services.*");
    }

    /** A tree without its merge tags: what is tagged {@code !reset} is taken out. */
    public static MapNode resolved(MapNode root) {
        return maps(new MapNode(root.position(), Map.of()), root, "");
    }

    private static Optional<Node> merge(Optional<Node> base, Node over, String pattern) {
        if (over.directive() == Directive.RESET) {
            return Optional.empty();
        }
        if (over.directive() == Directive.OVERRIDE || base.isEmpty()) {
            return Optional.of(untagged(over, pattern));
        }
        if (over instanceof ScalarNode scalar && scalar.isNull()) {
            return base;
        }
        if (base.get() instanceof MapNode first && over instanceof MapNode second) {
            return Optional.of(
                    isOtherDriver(first, second, pattern) ? untagged(over, pattern) : maps(first, second, pattern));
        }
        if (base.get() instanceof ListNode first && over instanceof ListNode second) {
            return Optional.of(
                    new ListNode(second.position(), ListRule.at(pattern).merge(first.items(), kept(second))));
        }
        return Optional.of(untagged(over, pattern));
    }

    private static MapNode maps(MapNode base, MapNode over, String pattern) {
        Map<String, Entry> entries = new LinkedHashMap<>(base.entries());
        over.entries().forEach((key, entry) -> {
            Node value = entry.value();
            boolean unset = value.directive() == Directive.NONE
                    && NULLABLE.contains(pattern)
                    && value instanceof ScalarNode scalar
                    && scalar.isNull();
            Optional<Node> result = unset ? Optional.of(value) : merge(base.get(key), value, below(pattern, key));
            if (result.isPresent()) {
                entries.put(key, new Entry(entry.keyPosition(), result.get()));
            } else {
                entries.remove(key);
            }
        });
        return new MapNode(over.position(), entries);
    }

    /** The options of one logging driver mean nothing to another. */
    private static boolean isOtherDriver(MapNode base, MapNode over, String pattern) {
        if (!pattern.equals(LOGGING)) {
            return false;
        }
        Optional<Node> before = base.get("driver");
        Optional<Node> after = over.get("driver");
        return before.isPresent()
                && after.isPresent()
                && !before.get().toData().equals(after.get().toData());
    }

    private static Node untagged(Node node, String pattern) {
        if (!node.isTagged()) {
            return node;
        }
        if (node instanceof MapNode map) {
            return maps(new MapNode(map.position(), Map.of()), map, pattern);
        }
        return node instanceof ListNode list ? new ListNode(list.position(), kept(list)) : node.with(Directive.NONE);
    }

    /** The items of a list, each without its merge tag; one that is tagged to be taken out is. */
    private static List<Node> kept(ListNode list) {
        return list.items().stream()
                .filter(item -> item.directive() != Directive.RESET)
                .map(item -> untagged(item, ""))
                .toList();
    }

    private static String below(String pattern, String key) {
        if (pattern.isEmpty()) {
            return key;
        }
        return pattern + "." + (NAMED.matcher(pattern).matches() ? "*" : key);
    }
}
