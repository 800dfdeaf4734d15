package dev.prodstack.core.compose.canonical;

import dev.prodstack.core.problem.DottedPath;
import dev.prodstack.core.problem.Problems;
import dev.prodstack.core.yaml.Node;
import dev.prodstack.core.yaml.Node.MapNode;
import java.util.Map;

/** The canonical form of one Compose file. */
public final class Canonical {
    private final Rewriter document;

    /** Canonical form for files whose relative paths start from a directory. */
    public Canonical(BaseDirectory base) {
        document = Rewriter.fields(Map.of(
                "include", Rewriter.string(Rewriter::listOfOne).then(Rewriter.items(ServiceForms::include)),
                "services", Rewriter.values(ServiceForms.service(base)),
                "networks", Rewriter.values(ResourceForms.external().then(ResourceForms.network())),
                "volumes", Rewriter.values(ResourceForms.external().then(ResourceForms.labelled())),
                "secrets", Rewriter.values(ResourceForms.external().then(ResourceForms.payload(base))),
                "configs", Rewriter.values(ResourceForms.external().then(ResourceForms.payload(base)))));
    }

    /** Rewrites a file's top-level mapping; what cannot be rewritten is reported and left out. */
    public MapNode rewrite(MapNode root, Problems problems) {
        Node result = document.rewrite(root, DottedPath.ROOT, problems).orElse(root);
        return (MapNode) result;
    }
}
