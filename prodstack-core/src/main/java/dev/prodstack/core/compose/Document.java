package dev.prodstack.core.compose;

import dev.prodstack.core.compose.canonical.BaseDirectory;
import dev.prodstack.core.compose.canonical.Canonical;
import dev.prodstack.core.compose.interpolate.Interpolator;
import dev.prodstack.core.compose.interpolate.Interpolator.Interpolated;
import dev.prodstack.core.compose.interpolate.Variables;
import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problems;
import dev.prodstack.core.yaml.Node;
import dev.prodstack.core.yaml.Node.MapNode;
import dev.prodstack.core.yaml.SourceText;
import dev.prodstack.core.yaml.TextFile;
import dev.prodstack.core.yaml.YamlReader;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One Compose file.
 *
 * @param file the file
 * @param text its text
 * @param root its tree as written
 */
record Document(Path file, SourceText text, MapNode root) {
    private static final TextFile COMPOSE_FILE = new TextFile("the Compose file", YamlReader.MAX_CHARACTERS);

    /** Reads a file that is named somewhere. */
    static Optional<Document> read(Path file, Position namedAt, String path, Findings findings) {
        Problems problems = findings.problems();
        Optional<SourceText> text = COMPOSE_FILE.read(file, namedAt, path, problems);
        text.ifPresent(findings::spend);
        Optional<Node> root = text.flatMap(source -> YamlReader.read(source, problems));
        root.ifPresent(findings::spend);
        if (root.isPresent() && !(root.get() instanceof MapNode)) {
            problems.add(
                    root.get().position(),
                    "",
                    "a Compose file is a mapping, found " + root.get().kind(),
                    "it begins with services:");
        }
        return root.filter(MapNode.class::isInstance).map(map -> new Document(file, text.orElseThrow(), (MapNode) map));
    }

    /** Its tree with variables put in and every short form written out. */
    MapNode resolve(Variables variables, BaseDirectory base, Findings findings) {
        Interpolated interpolated = Interpolator.interpolate(text, root, variables, findings.problems());
        findings.add(interpolated);
        Node tree = interpolated.tree();
        MapNode canonical = new Canonical(base).rewrite((MapNode) tree, findings.problems());
        findings.spend(canonical);
        return canonical;
    }
}
