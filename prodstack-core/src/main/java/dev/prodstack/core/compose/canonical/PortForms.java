package dev.prodstack.core.compose.canonical;

import dev.prodstack.core.problem.DottedPath;
import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problems;
import dev.prodstack.core.yaml.Node;
import dev.prodstack.core.yaml.Node.Entry;
import dev.prodstack.core.yaml.Node.MapNode;
import dev.prodstack.core.yaml.Node.ScalarNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Canonical form of a file's published ports. */
final class PortForms {
    /** As many as there are. A range is short, and what it stands for is long. */
    private static final int MAX_PORTS = 65_536;

    private int ports;

    List<Node> rewrite(Node item, DottedPath path, Problems problems) {
        if (item instanceof MapNode map) {
            return List.of(withDefaults(map));
        }
        if (!(item instanceof ScalarNode scalar) || scalar.isNull()) {
            return List.of(item);
        }
        try {
            List<PortSyntax.Published> parsed = parsed(Rewriter.text(scalar));
            return parsed.stream().map(port -> node(item.position(), port)).toList();
        } catch (IllegalArgumentException e) {
            problems.add(item.position(), path.toString(), e.getMessage() + ", found \"" + scalar.text() + "\"");
            problems.settle(item.position());
            return List.of(item);
        }
    }

    private List<PortSyntax.Published> parsed(String text) {
        List<PortSyntax.Published> parsed = ports > MAX_PORTS ? List.of() : PortSyntax.parse(text);
        ports += parsed.size();
        if (ports > MAX_PORTS) {
            throw new IllegalArgumentException("expected at most " + MAX_PORTS + " ports in a file");
        }
        return parsed;
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
        if (map.indexOf("mode") >= 0 && map.indexOf("protocol") >= 0) {
            return map;
        }
        Map<String, Entry> entries = new LinkedHashMap<>(map.entries());
        entries.putIfAbsent("mode", new Entry(map.position(), ScalarNode.string(map.position(), "ingress")));
        entries.putIfAbsent("protocol", new Entry(map.position(), ScalarNode.string(map.position(), "tcp")));
        return new MapNode(map.position(), entries, map.directive());
    }
}
