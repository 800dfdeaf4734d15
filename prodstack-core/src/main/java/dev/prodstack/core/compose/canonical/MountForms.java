package dev.prodstack.core.compose.canonical;

import dev.prodstack.core.problem.DottedPath;
import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problems;
import dev.prodstack.core.yaml.Node;
import dev.prodstack.core.yaml.Node.MapNode;
import dev.prodstack.core.yaml.Node.ScalarNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Canonical form of a mount. */
final class MountForms {
    private static final String BIND = "bind";

    private MountForms() {}

    static List<Node> rewrite(BaseDirectory base, Node item, DottedPath path, Problems problems) {
        try {
            if (item instanceof MapNode map) {
                return List.of(absolute(base, map));
            }
            if (item instanceof ScalarNode scalar && scalar.isString()) {
                return List.of(node(base, scalar.position(), MountSyntax.parse(scalar.text())));
            }
            return List.of(item);
        } catch (IllegalArgumentException e) {
            String found = item instanceof ScalarNode scalar ? ", found \"" + scalar.text() + "\"" : "";
            problems.add(item.position(), path.toString(), e.getMessage() + found);
            problems.settle(item.position());
            return List.of(item);
        }
    }

    private static Node absolute(BaseDirectory base, MapNode map) {
        Optional<ScalarNode> source = scalar(map, "source");
        boolean bind =
                scalar(map, "type").filter(type -> type.text().equals(BIND)).isPresent();
        return bind && source.isPresent() ? map.with("source", hostPath(base, source.get())) : map;
    }

    private static Optional<ScalarNode> scalar(MapNode map, String key) {
        return map.get(key).filter(ScalarNode.class::isInstance).map(ScalarNode.class::cast);
    }

    private static ScalarNode hostPath(BaseDirectory base, ScalarNode source) {
        return MountSyntax.isWindowsPath(source.text())
                ? source
                : ScalarNode.string(source.position(), base.resolve(source.text()));
    }

    private static Node noCopy(Position position, MountSyntax.Parts parts, ScalarNode yes) {
        if (parts.isHostPath()) {
            throw new IllegalArgumentException("nocopy is for volumes, and a path of the node is mounted");
        }
        return Rewriter.map(position, Map.of("nocopy", yes));
    }

    private static Node node(BaseDirectory base, Position position, MountSyntax.Parts parts) {
        Map<String, Node> fields = new LinkedHashMap<>();
        Map<String, Node> bind = new LinkedHashMap<>();
        fields.put("type", ScalarNode.string(position, parts.isHostPath() ? BIND : "volume"));
        ScalarNode source = ScalarNode.string(position, parts.source());
        if (!parts.source().isEmpty()) {
            fields.put("source", parts.isHostPath() ? hostPath(base, source) : source);
        }
        fields.put("target", ScalarNode.string(position, parts.target()));
        for (String option : parts.options()) {
            ScalarNode yes = ScalarNode.plain(position, "true");
            switch (option) {
                case "ro", "readonly" -> fields.put("read_only", yes);
                case "nocopy" -> fields.put("volume", noCopy(position, parts, yes));
                case "z", "Z" -> bind.put("selinux", ScalarNode.string(position, option));
                case "rw", "consistent", "cached", "delegated" -> {}
                default -> bind.put("propagation", ScalarNode.string(position, MountSyntax.propagation(option)));
            }
        }
        if (!bind.isEmpty()) {
            fields.put(BIND, Rewriter.map(position, bind));
        }
        return Rewriter.map(position, fields);
    }
}
