package dev.prodstack.core.problem;

import java.util.Comparator;
import java.util.Objects;

/**
 * A place in a text file.
 *
 * @param file the file as the user named it, or what stands for one ({@code environment}, {@code <stdin>})
 * @param line the line, counted from 1; 0 where the whole file is meant
 * @param column the column in code points, counted from 1; 0 where the whole line or file is meant
 */
public record Position(String file, int line, int column) implements Comparable<Position> {
    private static final Comparator<Position> ORDER = Comparator.comparing(Position::file)
            .thenComparingInt(Position::line)
            .thenComparingInt(Position::column);

    /** Checks that line and column are not negative. */
    public Position {
        Objects.requireNonNull(file, "file");
        if (line < 0 || column < 0) {
            throw new IllegalArgumentException("line and column are counted from 1: " + line + ":" + column);
        }
    }

    /** The file as a whole. */
    public static Position of(String file) {
        return new Position(file, 0, 0);
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }

    /** The form compilers use, {@code file:line:column}, which editors and terminals turn into links. */
    @Override
    public String toString() {
        return line == 0 ? file : column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
    }
}
