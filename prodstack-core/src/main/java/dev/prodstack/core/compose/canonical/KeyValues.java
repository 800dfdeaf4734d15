package dev.prodstack.core.compose.canonical;

import dev.prodstack.core.yaml.Node;
import dev.prodstack.core.yaml.Node.Entry;
import dev.prodstack.core.yaml.Node.ListNode;
import dev.prodstack.core.yaml.Node.MapNode;
import dev.prodstack.core.yaml.Node.ScalarNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Lists of {@code KEY=VALUE} that stand for mappings. */
final class KeyValues {
    private KeyValues() {}

    /** A key without a value stays without one, as in {@code environment}. */
    static Rewriter ofVariables() {
        return of(key -> ScalarNode.plain(key.position(), ""));
    }

    /** A key without a value has the empty one, as in {@code labels}. */
    static Rewriter ofLabels() {
        return of(key -> ScalarNode.string(key.position(), ""));
    }

    private static Rewriter of(java.util.function.Function<ScalarNode, ScalarNode> withoutValue) {
        return (node, path, problems) -> {
            if (!(node instanceof ListNode list)) {
                return Optional.of(node);
            }
            Map<String, Entry> entries = new LinkedHashMap<>();
            for (int i = 0; i < list.items().size(); i++) {
                Node item = list.items().get(i);
                if (!(item instanceof ScalarNode scalar) || !scalar.isString()) {
                    problems.add(
                            item.position(),
                            path.item(i).toString(),
                            "expected KEY=VALUE, found " + item.kind(),
                            "quote it");
                    continue;
                }
                int equals = scalar.text().indexOf('=');
                String key = equals < 0 ? scalar.text() : scalar.text().substring(0, equals);
                if (key.isEmpty()) {
                    problems.add(
                            item.position(),
                            path.item(i).toString(),
                            "expected KEY=VALUE, found \"" + scalar.text() + "\"");
                    continue;
                }
                ScalarNode value = equals < 0
                        ? withoutValue.apply(scalar)
                        : ScalarNode.string(scalar.position(), scalar.text().substring(equals + 1));
                entries.put(key, new Entry(scalar.position(), value));
            }
            return Optional.of(new MapNode(list.position(), entries, list.directive()));
        };
    }
}
