package dev.prodstack.core.lint;

import dev.prodstack.core.compose.ComposeFile;
import dev.prodstack.core.compose.SourceMap;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds a stack against the rules.
 *
 * <pre>{@code
 * List<Finding> findings = Linter.check(ComposeFile.load(Path.of("docker-compose.prod.yml")));
 * }</pre>
 */
public final class Linter {
    private Linter() {}

    /** What the rules find, but for what the file silences; ordered by file, line and column. */
    public static List<Finding> check(ComposeFile file) {
        SourceMap positions = file.positions();
        StackFacts stack = new StackFacts(file);
        List<Finding> findings = new ArrayList<>();
        for (Rule rule : Rules.all()) {
            rule.check(
                    stack,
                    (path, message, fix) -> findings.add(new Finding(rule, positions.of(path), path, message, fix)));
        }
        return Silences.of(file.stack(), positions).filter(findings).stream()
                .sorted()
                .toList();
    }
}
