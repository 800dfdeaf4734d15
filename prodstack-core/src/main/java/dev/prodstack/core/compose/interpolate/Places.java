package dev.prodstack.core.compose.interpolate;

import dev.prodstack.core.problem.Position;
import dev.prodstack.core.yaml.Node.ScalarNode;
import dev.prodstack.core.yaml.SourceText;

/**
 * Finds the column of a character inside a scalar, where the scalar stands on one line just as it reads. In a block, or
 * in a string with escapes, it is the place of the whole scalar.
 */
final class Places {
    /** A file on one line is not for people, and searching it for each scalar would take long. */
    static final int LONGEST_LINE = 10_000;

    private final SourceText source;
    private final LineIndex lines;

    Places(SourceText source) {
        this.source = source;
        this.lines = new LineIndex(source);
    }

    Position at(ScalarNode scalar, int offset) {
        Position start = scalar.position();
        if (!start.file().equals(source.name()) || start.line() == 0 || start.column() == 0) {
            return start;
        }
        String line = line(start.line());
        if (start.column() > line.codePointCount(0, line.length())) {
            return start;
        }
        // Between the place and the text there may be a quote, a tag or an anchor.
        int found = line.indexOf(scalar.text(), line.offsetByCodePoints(0, start.column() - 1));
        return found < 0 ? start : new Position(start.file(), start.line(), line.codePointCount(0, found + offset) + 1);
    }

    /** A line with what ends it; empty if there is no such line or it is too long. */
    private String line(int number) {
        int start = lines.start(number);
        int end = lines.start(number + 1);
        return end - start > LONGEST_LINE ? "" : source.text().substring(start, end);
    }
}
