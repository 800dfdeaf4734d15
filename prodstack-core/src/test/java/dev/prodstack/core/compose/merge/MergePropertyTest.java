package dev.prodstack.core.compose.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.core.generate.Property;
import dev.prodstack.core.problem.Position;
import dev.prodstack.core.value.Data;
import dev.prodstack.core.yaml.Node;
import dev.prodstack.core.yaml.Node.Directive;
import dev.prodstack.core.yaml.Node.ListNode;
import dev.prodstack.core.yaml.Node.MapNode;
import dev.prodstack.core.yaml.Node.ScalarNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The laws of merging, over drawn trees. */
class MergePropertyTest {
    private static final int CASES = 1_000;
    private static final int ALL_CASES = 100_000;
    private static final Set<String> APPENDED = Set.of("constraints", "x-list");
    private static final MapNode NOTHING = new MapNode(Position.of("nothing"), Map.of());

    private static MapNode plain(Random random, String file) {
        return TreeGenerator.plain(random, file).tree();
    }

    @Test
    void nothingIsNeutral() {
        Property.holds(CASES, ALL_CASES, random -> {
            MapNode tree = plain(random, "a");
            assertThat(Merge.files(tree, NOTHING).entries()).isEqualTo(tree.entries());
            assertThat(Merge.files(NOTHING, tree)).isEqualTo(tree);
            assertThat(Merge.resolved(tree)).isEqualTo(tree);
        });
    }

    @Test
    void threeFilesMergeAlikeFromBothSides() {
        Property.holds(CASES, ALL_CASES, random -> {
            MapNode a = plain(random, "a");
            MapNode b = plain(random, "b");
            MapNode c = plain(random, "c");
            MapNode left = Merge.files(Merge.files(a, b), c);
            MapNode right = Merge.files(a, Merge.files(b, c));
            assertThat(left.toData()).isEqualTo(right.toData());
            assertThat(keys(left)).isEqualTo(keys(right));
        });
    }

    @Test
    void mappingsScalarsAndListsWithIdentityAbsorbThemselves() {
        Property.holds(CASES, ALL_CASES, random -> {
            MapNode tree = withoutAppended(plain(random, "a"));
            assertThat(Merge.files(tree, tree)).isEqualTo(tree);
        });
    }

    @Test
    void mergingTwiceIsMergingOnce() {
        Property.holds(CASES, ALL_CASES, random -> {
            MapNode base = withoutAppended(plain(random, "a"));
            MapNode over = withoutAppended(plain(random, "b"));
            MapNode merged = Merge.files(base, over);
            assertThat(Merge.files(merged, over)).isEqualTo(merged);
        });
    }

    /**
     * A second implementation for everything but lists and tags: paths to scalars, later ones put over earlier ones.
     */
    @Test
    void theLaterScalarWinsAndNothingIsLost() {
        Property.holds(CASES, ALL_CASES, random -> {
            MapNode base = plain(random, "a");
            MapNode over = plain(random, "b");
            Map<List<String>, ScalarNode> expected = scalars(base);
            scalars(over).forEach((path, scalar) -> {
                boolean says = !scalar.isNull() || path.contains("environment");
                if (says || !expected.containsKey(path)) {
                    expected.put(path, scalar);
                }
            });
            // A mapping that is nothing in one file is a mapping where the other has one.
            Map<List<String>, ScalarNode> actual = scalars(Merge.files(base, over));
            expected.keySet().removeIf(path -> isPrefixOfAnother(path, expected.keySet()));
            assertThat(withoutEmptied(actual)).isEqualTo(withoutEmptied(expected));
        });
    }

    /** A second implementation for lists, by what their keys are called. */
    @Test
    void listsAreAppendedReplacedOrMatched() {
        Property.holds(CASES, ALL_CASES, random -> {
            MapNode base = plain(random, "a");
            MapNode over = plain(random, "b");
            MapNode merged = Merge.files(base, over);
            for (List<String> path : paths(merged)) {
                Optional<Node> before = at(base, path);
                Optional<Node> after = at(over, path);
                if (before.isPresent()
                        && before.get() instanceof ListNode first
                        && after.isPresent()
                        && after.get() instanceof ListNode second) {
                    List<Node> expected = merged(path.get(path.size() - 1), first.items(), second.items());
                    ListNode actual = (ListNode) at(merged, path).orElseThrow();
                    assertThat(actual.items()).as("%s", path).isEqualTo(expected);
                }
            }
        });
    }

    private static List<Node> merged(String key, List<Node> base, List<Node> over) {
        if (List.of("command", "entrypoint", "test").contains(key)) {
            return over;
        }
        List<Node> merged = new ArrayList<>(base);
        for (Node item : over) {
            int known = -1;
            for (int i = 0; i < base.size() && !APPENDED.contains(key); i++) {
                known = identity(base.get(i)).equals(identity(item)) ? i : known;
            }
            if (known < 0) {
                merged.add(item);
            } else {
                merged.set(known, item);
            }
        }
        return merged;
    }

    /** Drawn items that agree in one identifying key agree in all. */
    private static Data identity(Node item) {
        return item instanceof MapNode map ? map.get("target").orElseThrow().toData() : item.toData();
    }

    @Test
    void keysKeepTheirOrderAndNewOnesFollow() {
        Property.holds(CASES, ALL_CASES, random -> {
            MapNode base = plain(random, "a");
            MapNode over = plain(random, "b");
            Set<String> expected = new LinkedHashSet<>(base.entries().keySet());
            expected.addAll(over.entries().keySet());
            assertThat(Merge.files(base, over).entries().keySet()).containsExactlyElementsOf(expected);
        });
    }

    @Test
    void noTagSurvives() {
        Property.holds(CASES, ALL_CASES, random -> {
            MapNode base = Merge.resolved(TreeGenerator.tagged(random, "a").tree());
            assertThat(tags(base)).isEmpty();
            assertThat(tags(Merge.files(base, TreeGenerator.tagged(random, "b").tree())))
                    .isEmpty();
        });
    }

    @Test
    void anItemThatIsResetIsAsIfItWereNotThere() {
        Property.holds(CASES, ALL_CASES, random -> {
            MapNode base = plain(random, "a");
            MapNode over = plain(random, "b");
            for (List<String> path : paths(over)) {
                if (at(over, path).orElseThrow() instanceof ListNode list
                        && !list.items().isEmpty()) {
                    int index = random.nextInt(list.items().size());
                    List<Node> reset = new ArrayList<>(list.items());
                    reset.set(index, reset.get(index).with(Directive.RESET));
                    List<Node> fewer = new ArrayList<>(list.items());
                    fewer.remove(index);
                    assertThat(Merge.files(base, change(over, path, node -> new ListNode(node.position(), reset))))
                            .isEqualTo(Merge.files(
                                    base, change(over, path, node -> new ListNode(node.position(), fewer))));
                }
            }
        });
    }

    @Test
    void whatIsResetIsGone() {
        Property.holds(CASES, ALL_CASES, random -> {
            MapNode base = plain(random, "a");
            MapNode over = plain(random, "b");
            for (List<String> path : paths(over)) {
                MapNode reset = change(over, path, node -> node.with(Directive.RESET));
                MapNode expected = Merge.files(removed(base, path), removed(over, path));
                assertThat(Merge.files(base, reset).toData()).as("%s", path).isEqualTo(expected.toData());
            }
        });
    }

    @Test
    void whatOverridesStandsAlone() {
        Property.holds(CASES, ALL_CASES, random -> {
            MapNode base = plain(random, "a");
            MapNode over = plain(random, "b");
            for (List<String> path : paths(over)) {
                MapNode override = change(over, path, node -> node.with(Directive.OVERRIDE));
                assertThat(at(Merge.files(base, override), path)).as("%s", path).isEqualTo(at(over, path));
            }
        });
    }

    @Test
    void theOptionsOfAnotherLoggingDriverAreDropped() {
        Property.holds(CASES, ALL_CASES, random -> {
            MapNode before = logging(random);
            MapNode after = logging(random);
            Node merged = at(Merge.files(before, after), List.of("services", "web", "logging"))
                    .orElseThrow();
            boolean other = driver(before).isPresent()
                    && driver(after).isPresent()
                    && !driver(before).equals(driver(after));
            MapNode first = other ? logging(Optional.empty(), Map.of()) : before;
            Map<String, Data> options = new LinkedHashMap<>(options(first));
            options.putAll(options(after));
            assertThat(((Data.Fields) ((MapNode) merged)
                                    .get("options")
                                    .orElseThrow()
                                    .toData())
                            .fields())
                    .isEqualTo(options);
        });
    }

    @Test
    void aServiceOverTheOneItExtendsIsAsItIsInFiles() {
        Property.holds(CASES, ALL_CASES, random -> {
            MapNode base = TreeGenerator.plain(random, "a").service();
            MapNode over = TreeGenerator.plain(random, "b").service();
            MapNode merged = Merge.files(file(base), file(over));
            assertThat(Merge.services(base, over))
                    .isEqualTo(at(merged, List.of("services", "web")).orElseThrow());
        });
    }

    private static MapNode file(Node service) {
        return NOTHING.with("services", NOTHING.with("web", service));
    }

    private static MapNode logging(Random random) {
        Optional<String> driver = Optional.of("driver" + random.nextInt(3)).filter(any -> random.nextInt(3) > 0);
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            options.put("option" + random.nextInt(4), Integer.toString(random.nextInt(9)));
        }
        return logging(driver, options);
    }

    private static MapNode logging(Optional<String> driver, Map<String, String> options) {
        MapNode values = NOTHING;
        for (Map.Entry<String, String> option : options.entrySet()) {
            values = values.with(option.getKey(), ScalarNode.string(NOTHING.position(), option.getValue()));
        }
        MapNode logging = NOTHING.with("options", values);
        return file(NOTHING.with(
                "logging",
                driver.map(name -> logging.with("driver", ScalarNode.string(NOTHING.position(), name)))
                        .orElse(logging)));
    }

    private static Optional<Data> driver(MapNode file) {
        return at(file, List.of("services", "web", "logging", "driver")).map(Node::toData);
    }

    private static Map<String, Data> options(MapNode file) {
        Node options =
                at(file, List.of("services", "web", "logging", "options")).orElseThrow();
        return ((Data.Fields) options.toData()).fields();
    }

    // ---- trees

    private static Optional<Node> at(Node node, List<String> path) {
        if (path.isEmpty()) {
            return Optional.of(node);
        }
        return node instanceof MapNode map
                ? map.get(path.get(0)).flatMap(value -> at(value, path.subList(1, path.size())))
                : Optional.empty();
    }

    private static MapNode change(MapNode map, List<String> path, UnaryOperator<Node> function) {
        String key = path.get(0);
        Node value = map.get(key).orElseThrow();
        return path.size() == 1
                ? map.with(key, function.apply(value))
                : map.with(key, change((MapNode) value, path.subList(1, path.size()), function));
    }

    private static MapNode removed(MapNode map, List<String> path) {
        Optional<Node> value = map.get(path.get(0));
        if (path.size() == 1 || value.isEmpty()) {
            return map.without(path.get(0));
        }
        return value.get() instanceof MapNode below
                ? map.with(path.get(0), removed(below, path.subList(1, path.size())))
                : map;
    }

    /** The paths of all values but list items. */
    private static List<List<String>> paths(MapNode map) {
        List<List<String>> paths = new ArrayList<>();
        map.entries().forEach((key, entry) -> {
            paths.add(List.of(key));
            if (entry.value() instanceof MapNode below) {
                for (List<String> path : paths(below)) {
                    List<String> longer = new ArrayList<>(List.of(key));
                    longer.addAll(path);
                    paths.add(longer);
                }
            }
        });
        return paths;
    }

    private static List<String> keys(MapNode map) {
        return paths(map).stream().map(Object::toString).toList();
    }

    private static Map<List<String>, ScalarNode> scalars(MapNode map) {
        Map<List<String>, ScalarNode> scalars = new LinkedHashMap<>();
        for (List<String> path : paths(map)) {
            if (at(map, path).orElseThrow() instanceof ScalarNode scalar) {
                scalars.put(path, scalar);
            }
        }
        return scalars;
    }

    private static boolean isPrefixOfAnother(List<String> path, Set<List<String>> paths) {
        return paths.stream()
                .anyMatch(other -> other.size() > path.size()
                        && other.subList(0, path.size()).equals(path));
    }

    private static Map<List<String>, ScalarNode> withoutEmptied(Map<List<String>, ScalarNode> scalars) {
        Map<List<String>, ScalarNode> rest = new LinkedHashMap<>(scalars);
        rest.values().removeIf(ScalarNode::isNull);
        return rest;
    }

    /** Without the lists that are appended to. */
    private static MapNode withoutAppended(MapNode tree) {
        MapNode result = tree;
        for (List<String> path : paths(tree)) {
            if (APPENDED.contains(path.get(path.size() - 1))) {
                result = removed(result, path);
            }
        }
        return result;
    }

    private static List<Node> tags(Node node) {
        List<Node> tagged = new ArrayList<>();
        if (node.directive() != Directive.NONE) {
            tagged.add(node);
        }
        if (node instanceof MapNode map) {
            map.entries().values().forEach(entry -> tagged.addAll(tags(entry.value())));
        } else if (node instanceof ListNode list) {
            list.items().forEach(item -> tagged.addAll(tags(item)));
        }
        return tagged;
    }
}
