package dev.prodstack.core.compose.merge;

import dev.prodstack.core.problem.Position;
import dev.prodstack.core.yaml.Node;
import dev.prodstack.core.yaml.Node.Directive;
import dev.prodstack.core.yaml.Node.Entry;
import dev.prodstack.core.yaml.Node.ListNode;
import dev.prodstack.core.yaml.Node.MapNode;
import dev.prodstack.core.yaml.Node.ScalarNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Draws trees in canonical form. A path holds the same kind of value in every tree, or nothing; names and values come
 * from small sets, so that trees have much in common.
 */
final class TreeGenerator {
    private static final List<String> NAMES = List.of("a", "b", "c");

    private final Random random;
    private final String file;
    private final boolean tagged;
    private int line;

    /** Trees without merge tags, whose positions name a file. */
    static TreeGenerator plain(Random random, String file) {
        return new TreeGenerator(random, file, false);
    }

    /** Trees with merge tags here and there. */
    static TreeGenerator tagged(Random random, String file) {
        return new TreeGenerator(random, file, true);
    }

    private TreeGenerator(Random random, String file, boolean tagged) {
        this.random = random;
        this.file = file;
        this.tagged = tagged;
    }

    MapNode tree() {
        MapNode tree = map(Map.of(
                "name", this::scalar,
                "services", () -> named(this::service),
                "networks", () -> named(() -> map(Map.of("driver", this::scalar, "labels", this::scalars))),
                "x-free", () -> free(3)));
        return tree.with(Directive.NONE);
    }

    MapNode service() {
        Map<String, Supplier<Node>> fields = new LinkedHashMap<>();
        fields.put("image", this::scalar);
        fields.put("environment", this::scalars);
        fields.put("labels", this::scalars);
        fields.put("command", this::list);
        fields.put("entrypoint", this::list);
        fields.put("healthcheck", () -> map(Map.of("test", this::list, "retries", this::scalar)));
        fields.put("cap_add", this::set);
        fields.put("dns", this::set);
        fields.put("ports", () -> identified("target", "published", "protocol"));
        fields.put("volumes", () -> identified("target"));
        fields.put("secrets", () -> identified("target"));
        fields.put("networks", () -> named(() -> map(Map.of("aliases", this::set, "priority", this::scalar))));
        fields.put("deploy", this::deploy);
        fields.put("x-free", () -> free(2));
        fields.put("x-list", this::list);
        return map(fields);
    }

    private Node deploy() {
        return map(Map.of(
                "replicas",
                this::scalar,
                "labels",
                this::scalars,
                "placement",
                () -> map(Map.of("constraints", this::list)),
                "resources",
                () -> map(Map.of("limits", this::scalars))));
    }

    /** Some of the fields. */
    private MapNode map(Map<String, Supplier<Node>> fields) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        fields.forEach((key, value) -> {
            if (random.nextBoolean()) {
                put(entries, key, value);
            }
        });
        return new MapNode(position(), entries, directive());
    }

    private Node named(Supplier<? extends Node> value) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (String name : NAMES) {
            if (random.nextBoolean()) {
                put(entries, name, value);
            }
        }
        return new MapNode(position(), entries, directive());
    }

    private Node scalars() {
        return named(this::scalar);
    }

    private void put(Map<String, Entry> entries, String key, Supplier<? extends Node> value) {
        Position keyPosition = position();
        entries.put(key, new Entry(keyPosition, random.nextInt(12) == 0 ? nothing() : value.get()));
    }

    private Node nothing() {
        return ScalarNode.plain(position(), "").with(directive());
    }

    private Node scalar() {
        String text = Integer.toString(random.nextInt(20));
        Node scalar = random.nextBoolean() ? ScalarNode.plain(position(), text) : ScalarNode.string(position(), text);
        return scalar.with(directive());
    }

    private Node list() {
        List<Node> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            items.add(ScalarNode.string(position(), "item" + random.nextInt(5)).with(directive()));
        }
        return new ListNode(position(), items, directive());
    }

    /** A list in which an item stands once. */
    private Node set() {
        List<Node> items = new ArrayList<>();
        for (String name : NAMES) {
            if (random.nextBoolean()) {
                items.add(
                        random.nextInt(items.size() + 1),
                        ScalarNode.string(position(), name).with(directive()));
            }
        }
        return new ListNode(position(), items, directive());
    }

    /** A list of mappings of which no two agree in the given keys. */
    private Node identified(String... keys) {
        List<Node> items = new ArrayList<>();
        for (String name : NAMES) {
            if (random.nextBoolean()) {
                Map<String, Entry> entries = new LinkedHashMap<>();
                for (String key : keys) {
                    entries.put(key, new Entry(position(), ScalarNode.string(position(), key + name)));
                }
                entries.put("other", new Entry(position(), ScalarNode.string(position(), "v" + random.nextInt(9))));
                items.add(random.nextInt(items.size() + 1), new MapNode(position(), entries, directive()));
            }
        }
        return new ListNode(position(), items, directive());
    }

    /** An extension: anything. */
    private Node free(int depth) {
        return named(() -> depth == 0 ? scalar() : free(depth - 1));
    }

    private Directive directive() {
        int draw = tagged ? random.nextInt(16) : 2;
        return draw == 0 ? Directive.RESET : draw == 1 ? Directive.OVERRIDE : Directive.NONE;
    }

    private Position position() {
        return new Position(file, ++line, 1);
    }
}
