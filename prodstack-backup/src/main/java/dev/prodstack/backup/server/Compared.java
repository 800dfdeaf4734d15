package dev.prodstack.backup.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of comparing a server with a backup of it.
 *
 * @param facts what was compared, in figures by name
 * @param different how many things differ
 * @param differences the first of these, each with what is different
 */
public record Compared(Map<String, String> facts, long different, List<String> differences) {
    private static final int MOST_TOLD = 20;

    /** Copies the collections. */
    public Compared {
        facts = Map.copyOf(facts);
        differences = List.copyOf(differences);
    }

    /** Gathers what differs. */
    public static final class Tally {
        private final Map<String, String> facts = new TreeMap<>();
        private final List<String> told = new ArrayList<>();
        private long different;

        /** With nothing yet. */
        public Tally() {}

        /** Something was compared. */
        public void fact(String name, Object value) {
            facts.put(name, value.toString());
        }

        /** Something differs. */
        public void differs(String what) {
            different++;
            if (told.size() < MOST_TOLD) {
                told.add(what);
            }
        }

        /** All of it. */
        public Compared compared() {
            return new Compared(facts, different, told);
        }
    }
}
