package dev.prodstack.core.compose.interpolate;

import dev.prodstack.core.problem.Position;
import dev.prodstack.core.yaml.SourceText;
import java.util.Arrays;

/** Turns lines into text and offsets into positions. Built when first asked. */
final class LineIndex {
    private final SourceText source;
    private int[] starts = {};

    LineIndex(SourceText source) {
        this.source = source;
    }

    /** Where a line begins, counted from 1; the end of the text if there is no such line. */
    int start(int line) {
        int[] known = starts();
        return line <= known.length ? known[line - 1] : source.text().length();
    }

    /** The position of a character; of one further than {@code reach} from its line's start, that of the line. */
    Position position(int offset, int reach) {
        int found = Arrays.binarySearch(starts(), offset);
        int line = found >= 0 ? found + 1 : -found - 1;
        int start = start(Math.max(line, 1));
        boolean near = offset >= start && offset - start <= reach;
        int column = near ? source.text().codePointCount(start, offset) + 1 : 0;
        return new Position(source.name(), Math.max(line, 1), column);
    }

    private int[] starts() {
        if (starts.length == 0) {
            starts = index(source.text());
        }
        return starts;
    }

    private static int[] index(String text) {
        int[] starts = new int[16];
        int count = 1;
        starts[0] = text.startsWith("\uFEFF") ? 1 : 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || (c == '\r' && !text.startsWith("\n", i + 1))) {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, 2 * count);
                }
                starts[count++] = i + 1;
            }
        }
        return Arrays.copyOf(starts, count);
    }
}
