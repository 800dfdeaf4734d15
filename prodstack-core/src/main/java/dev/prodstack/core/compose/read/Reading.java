package dev.prodstack.core.compose.read;

import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problems;
import java.util.HashMap;
import java.util.Map;

/** What one reading of a tree collects: the problems found, and where each part of the stack stands. */
public final class Reading {
    private final Problems problems;
    private final Map<String, Position> positions = new HashMap<>();

    /** Starts a reading that reports to a collection of problems. */
    public Reading(Problems problems) {
        this.problems = problems;
    }

    /** Where problems go. */
    public Problems problems() {
        return problems;
    }

    /** The position of each path that was read so far. */
    public Map<String, Position> positions() {
        return positions;
    }

    void locate(String path, Position position) {
        positions.putIfAbsent(path, position);
    }
}
