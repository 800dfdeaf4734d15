package dev.prodstack.core.compose.canonical;

import dev.prodstack.core.problem.DottedPath;
import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problems;
import dev.prodstack.core.yaml.Node;
import dev.prodstack.core.yaml.Node.Entry;
import dev.prodstack.core.yaml.Node.ListNode;
import dev.prodstack.core.yaml.Node.MapNode;
import dev.prodstack.core.yaml.Node.ScalarNode;
import dev.prodstack.core.yaml.PlainScalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Rewrites a node, given its path; answers nothing if it reported a problem instead. */
@FunctionalInterface
interface Rewriter {
    Optional<Node> rewrite(Node node, DottedPath path, Problems problems);

    /** A mapping whose named values are rewritten; anything that is no mapping stays as it is. */
    static Rewriter fields(Map<String, Rewriter> rewriters) {
        return (node, path, problems) -> {
            if (!(node instanceof MapNode map)) {
                return Optional.of(node);
            }
            return Optional.of(map.replaceAll((key, value) -> {
                Rewriter rewriter = rewriters.get(key);
                return rewriter == null ? Optional.of(value) : apply(rewriter, value, path.key(key), problems);
            }));
        };
    }

    /** A mapping all of whose values are rewritten; anything that is no mapping stays as it is. */
    static Rewriter values(Rewriter rewriter) {
        return (node, path, problems) -> {
            if (!(node instanceof MapNode map)) {
                return Optional.of(node);
            }
            return Optional.of(map.replaceAll((key, value) -> apply(rewriter, value, path.key(key), problems)));
        };
    }

    /** A list each of whose items is rewritten to any number of items; anything that is no list stays as it is. */
    static Rewriter items(ItemRewriter rewriter) {
        return (node, path, problems) -> {
            if (!(node instanceof ListNode list)) {
                return Optional.of(node);
            }
            List<Node> items = new ArrayList<>(list.items().size());
            boolean same = true;
            for (int i = 0; i < list.items().size(); i++) {
                Node item = list.items().get(i);
                List<Node> rewritten = rewriter.rewrite(item, path.item(i), problems);
                same &= rewritten.size() == 1 && rewritten.get(0) == item;
                items.addAll(rewritten);
            }
            return Optional.of(same ? list : new ListNode(list.position(), items, list.directive()));
        };
    }

    /** A string that a function turns into something else, whose {@link IllegalArgumentException} is the problem. */
    static Rewriter string(Function<ScalarNode, Node> function) {
        return (node, path, problems) -> {
            if (!(node instanceof ScalarNode scalar) || scalar.isNull()) {
                return Optional.of(node);
            }
            try {
                return Optional.of(function.apply(scalar));
            } catch (IllegalArgumentException e) {
                problems.add(node.position(), path.toString(), e.getMessage() + ", found \"" + scalar.text() + "\"");
                return Optional.empty();
            }
        };
    }

    /** One rewriter after another. */
    default Rewriter then(Rewriter next) {
        return (node, path, problems) ->
                rewrite(node, path, problems).flatMap(result -> next.rewrite(result, path, problems));
    }

    /** A scalar that stands for a list of itself. */
    static Node listOfOne(ScalarNode scalar) {
        return new ListNode(scalar.position(), List.of(scalar), scalar.directive());
    }

    /** A list of strings at one position. */
    static Node strings(Position position, List<String> texts) {
        return new ListNode(
                position,
                texts.stream()
                        .map(text -> (Node) ScalarNode.string(position, text))
                        .toList());
    }

    /** A mapping at one position. */
    static MapNode map(Position position, Map<String, Node> values) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        values.forEach((key, value) -> entries.put(key, new Entry(position, value)));
        return new MapNode(position, entries);
    }

    /** The text of a scalar as Docker prints it. */
    static String text(ScalarNode scalar) {
        return PlainScalar.toText(scalar.toData());
    }

    private static Optional<Node> apply(Rewriter rewriter, Node node, DottedPath path, Problems problems) {
        return rewriter.rewrite(node, path, problems)
                .map(result -> result.directive() == node.directive() ? result : result.with(node.directive()));
    }

    /** Rewrites an item of a list to any number of items. */
    @FunctionalInterface
    interface ItemRewriter {
        List<Node> rewrite(Node item, DottedPath path, Problems problems);
    }
}
