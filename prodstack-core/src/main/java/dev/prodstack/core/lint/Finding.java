package dev.prodstack.core.lint;

import dev.prodstack.core.problem.Position;
import java.util.Comparator;
import java.util.Objects;

/**
 * One place where a rule does not hold.
 *
 * @param rule the rule
 * @param position where it stands
 * @param path what it concerns, as a dotted path such as {@code services.web.ports[0]}
 * @param message what was found, with its numbers, one sentence without a full stop
 * @param fix what to do about it, an imperative phrase
 */
public record Finding(Rule rule, Position position, String path, String message, String fix)
        implements Comparable<Finding> {
    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::position)
            .thenComparing(Finding::path)
            .thenComparing(finding -> finding.rule().id())
            .thenComparing(Finding::message);

    /** Checks that nothing is missing. */
    public Finding {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(fix, "fix");
    }

    /** How much it hurts. */
    public Severity severity() {
        return rule.severity();
    }

    @Override
    public int compareTo(Finding other) {
        return ORDER.compare(this, other);
    }

    /** One line for people: {@code file:line:column: severity: path: message (fix) [rule]}. */
    @Override
    public String toString() {
        return position + ": " + severity() + ": " + path + ": " + message + " (" + fix + ") [" + rule.id() + "]";
    }
}
