package dev.prodstack.core.problem;

import java.util.Comparator;
import java.util.Objects;

/**
 * One thing that is wrong with an input.
 *
 * @param position where it stands
 * @param path what it concerns, as a dotted path such as {@code services.web.ports[0]}; empty for the whole file
 * @param message what was found and what was expected, one sentence without a full stop
 * @param fix what to do next, an imperative phrase; empty where the message says it all
 */
public record Problem(Position position, String path, String message, String fix) implements Comparable<Problem> {
    private static final Comparator<Problem> ORDER =
            Comparator.comparing(Problem::position).thenComparing(Problem::path).thenComparing(Problem::message);

    /** Checks that nothing is missing. */
    public Problem {
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(fix, "fix");
    }

    @Override
    public int compareTo(Problem other) {
        return ORDER.compare(this, other);
    }

    /** One line for people: {@code file:line:column: path: message (fix)}. */
    @Override
    public String toString() {
        return position + ": " + (path.isEmpty() ? "" : path + ": ") + message
                + (fix.isEmpty() ? "" : " (" + fix + ")");
    }
}
