package dev.prodstack.core.problem;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Collects problems, so that they are reported together and in the order of the files. Not safe for several threads.
 */
public final class Problems {
    /** The most problems that are kept: more help nobody, and a hostile file could have millions. */
    static final int MAX = 1_000;

    private final Set<Problem> found = new TreeSet<>();
    private final Set<Position> settled = new HashSet<>();
    private Optional<Problem> more = Optional.empty();

    /** Starts with nothing found. */
    public Problems() {}

    /** Adds a problem, unless its position is settled; adding the same one twice keeps one. */
    public void add(Problem problem) {
        if (settled.contains(problem.position())) {
            return;
        }
        if (found.size() < MAX) {
            found.add(problem);
        } else if (!found.contains(problem)) {
            more = Optional.of(new Problem(
                    Position.of(problem.position().file()),
                    "",
                    "there are more problems than these " + MAX,
                    "mend these, and try again"));
        }
    }

    /**
     * Takes no more problems at a position. What stands there is known to be wrong, and whatever else is found there
     * follows from that.
     */
    public void settle(Position position) {
        settled.add(position);
    }

    /** Adds a problem with a fix. */
    public void add(Position position, String path, String message, String fix) {
        add(new Problem(position, path, message, fix));
    }

    /** Adds a problem whose message says it all. */
    public void add(Position position, String path, String message) {
        add(position, path, message, "");
    }

    /** Whether nothing was found. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /**
     * What was found, ordered by file, line and column; at most {@value #MAX}, and one that says so where there are
     * more.
     */
    public List<Problem> toList() {
        return Stream.concat(found.stream(), more.stream()).toList();
    }
}
