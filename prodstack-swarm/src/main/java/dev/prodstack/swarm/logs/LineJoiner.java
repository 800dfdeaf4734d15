package dev.prodstack.swarm.logs;

import dev.prodstack.swarm.logs.LogLine.Output;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Joins the pieces of long lines, which engines cut at 16 KiB; those of different tasks and outputs may be mixed. */
final class LineJoiner {
    /** Where a line is cut that does not end, so that it does not take all memory. */
    private static final int MAX_LINE = 1 << 20;

    private final Map<Writer, Piece> open = new LinkedHashMap<>();

    private record Writer(String task, Output output) {}

    /** Takes a piece, and gives the line back that it completes. */
    Optional<Piece> add(Piece piece) {
        Writer writer = new Writer(piece.task(), piece.output());
        Piece begun = open.remove(writer);
        Piece line = begun == null ? piece : begun.followedBy(piece);
        if (line.endsLine() || line.bytes().length() >= MAX_LINE) {
            return Optional.of(line);
        }
        open.put(writer, line);
        return Optional.empty();
    }

    /** Lines that were begun and will not be ended. */
    List<Piece> rest() {
        List<Piece> rest = List.copyOf(open.values());
        open.clear();
        return rest;
    }
}
