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

    private static final int MAX_LENGTH = 2_000;

    /**
     * Makes texts fit for one line of a terminal, as they quote input that may hold anything: control characters become
     * escapes, what is longer than {@value #MAX_LENGTH} characters is cut.
     */
    public Problem {
        Objects.requireNonNull(position, "position");
        path = shown(path);
        message = shown(message);
        fix = shown(fix);
    }

    private static String shown(String text) {
        String cut = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "...";
        if (cut.chars().noneMatch(Problem::isUnfit)) {
            return cut;
        }
        StringBuilder shown = new StringBuilder();
        cut.chars().forEach(c -> {
            if (c == '\n') {
                shown.append("\\n");
            } else if (isUnfit(c)) {
                shown.append(String.format("\\u%04X", c));
            } else {
                shown.append((char) c);
            }
        });
        return shown.toString();
    }

    /** Control characters, and those that turn the direction of writing. */
    private static boolean isUnfit(int c) {
        return Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT
                || Character.getType(c) == Character.LINE_SEPARATOR
                || Character.getType(c) == Character.PARAGRAPH_SEPARATOR;
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
