package dev.prodstack.backup.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a timeline came about; the server keeps it in a file {@code 00000002.history}.
 *
 * @param timeline the timeline
 * @param forks the timelines before it, oldest first, and where each was left
 * @param text the file's content
 */
public record TimelineHistory(int timeline, List<Fork> forks, String text) {
    /** Copies the list. */
    public TimelineHistory {
        forks = List.copyOf(forks);
    }

    /**
     * Where a timeline was left.
     *
     * @param timeline which one
     * @param at the first byte that is not on it
     */
    public record Fork(int timeline, Lsn at) {}

    /** Reads the file's content. */
    static TimelineHistory parse(int timeline, String text) {
        List<Fork> forks = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String[] words = line.strip().split("\\s+", -1);
            if (words.length >= 2 && words[0].matches("\\d+")) {
                forks.add(new Fork(Integer.parseInt(words[0]), Lsn.parse(words[1])));
            }
        }
        return new TimelineHistory(timeline, forks, text);
    }

    /** The first timeline, which has no file. */
    static TimelineHistory first() {
        return new TimelineHistory(1, List.of(), "");
    }

    /** Where a timeline before this one was left; empty if this one does not come from it. */
    Optional<Lsn> leaves(int before) {
        return forks.stream()
                .filter(fork -> fork.timeline() == before)
                .map(Fork::at)
                .findFirst();
    }

    /** The timeline that follows one of those before this. */
    int after(int before) {
        for (int i = 0; i < forks.size(); i++) {
            if (forks.get(i).timeline() == before) {
                return i + 1 < forks.size() ? forks.get(i + 1).timeline() : timeline;
            }
        }
        return timeline;
    }

    /** The file's name. */
    static String file(int timeline) {
        return String.format(Locale.ROOT, "%08X.history", timeline);
    }
}
