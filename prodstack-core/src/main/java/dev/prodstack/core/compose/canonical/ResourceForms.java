package dev.prodstack.core.compose.canonical;

import dev.prodstack.core.yaml.Node;
import dev.prodstack.core.yaml.Node.MapNode;
import dev.prodstack.core.yaml.Node.ScalarNode;
import java.util.Map;
import java.util.Optional;

/** Canonical forms of networks, volumes, secrets and configs. */
final class ResourceForms {
    private ResourceForms() {}

    /** {@code external: {name: x}}, the old way, is {@code external: true} beside {@code name: x}. */
    static Rewriter external() {
        return (node, path, problems) -> {
            if (!(node instanceof MapNode map)) {
                return Optional.of(node);
            }
            Optional<Node> external = map.get("external");
            if (external.isEmpty() || !(external.get() instanceof MapNode old)) {
                return Optional.of(node);
            }
            MapNode result = map.with("external", ScalarNode.plain(old.position(), "true"));
            Optional<Node> name = old.get("name");
            if (name.isEmpty()) {
                return Optional.of(result);
            }
            if (map.get("name").isPresent()) {
                problems.add(
                        name.get().position(),
                        path.key("external").key("name").toString(),
                        "the name is given twice, as name and as external.name",
                        "remove external.name and write external: true");
                return Optional.of(result);
            }
            return Optional.of(result.with("name", name.get()));
        };
    }

    static Rewriter labelled() {
        return Rewriter.fields(Map.of("labels", KeyValues.ofLabels()));
    }

    static Rewriter network() {
        return labelled();
    }

    static Rewriter payload(BaseDirectory base) {
        return Rewriter.fields(Map.of("labels", KeyValues.ofLabels(), "file", ServiceForms.path(base)));
    }
}
