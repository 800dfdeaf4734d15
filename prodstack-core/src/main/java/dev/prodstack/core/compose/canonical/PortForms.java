package dev.prodstack.core.compose.canonical;

import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problems;
import dev.prodstack.core.yaml.Node;
import dev.prodstack.core.yaml.Node.MapNode;
import dev.prodstack.core.yaml.Node.ScalarNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Canonical form of a published port. */
final class PortForms {
    private PortForms() {}

    static List<Node> rewrite(Node item, String path, Problems problems) {
        if (item instanceof MapNode map) {
            return List.of(withDefaults(map));
        }
        if (!(item instanceof ScalarNode scalar) || scalar.isNull()) {
            return List.of(item);
        }
        try {
            return PortSyntax.parse(Rewriter.text(scalar)).stream()
                    .map(port -> node(item.position(), port))
                    .toList();
        } catch (IllegalArgumentException e) {
            problems.add(item.position(), path, e.getMessage() + ", found \"" + scalar.text() + "\"");
            problems.settle(item.position());
            return List.of(item);
        }
    }

    private static Node node(Position position, PortSyntax.Published port) {
        Map<String, Node> fields = new LinkedHashMap<>();
        fields.put("mode", ScalarNode.string(position, "ingress"));
        port.address().ifPresent(address -> fields.put("host_ip", ScalarNode.string(position, address)));
        fields.put("target", ScalarNode.plain(position, Integer.toString(port.target())));
        port.published().ifPresent(published -> fields.put("published", ScalarNode.plain(position, published)));
        fields.put("protocol", ScalarNode.string(position, port.protocol()));
        return Rewriter.map(position, fields);
    }

    /**
     * Without the defaults, a port with and one without them would not be seen to be the same when files are merged.
     */
    private static Node withDefaults(MapNode map) {
        MapNode result = map;
        if (map.get("mode").isEmpty()) {
            result = result.with("mode", ScalarNode.string(map.position(), "ingress"));
        }
        return map.get("protocol").isEmpty()
                ? result.with("protocol", ScalarNode.string(map.position(), "tcp"))
                : result;
    }
}
