package dev.prodstack.swarm.logs;

import dev.prodstack.swarm.logs.LogLine.Output;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was told of a service lately. After a break its logs are read again from a little before the last line, as lines
 * of different tasks do not come in the order of their times; what was told is then left out.
 */
final class Told {
    /** How far before the last line reading starts again. */
    static final Duration MARGIN = Duration.ofSeconds(10);

    private static final int KEPT = 10_000;

    private final Map<Key, Integer> counts = new HashMap<>();
    private final Map<String, Instant> beginnings = new HashMap<>();
    private Map<Key, Integer> repeated = new HashMap<>();
    private Optional<Instant> newest = Optional.empty();
    private int keptAtLeast = KEPT;

    private record Key(String task, Output output, Instant time, int hash) {}

    /** Whether a line was not told before the last break; it counts as told from now on. */
    boolean isNew(Piece line) {
        Key key = new Key(line.task(), line.output(), line.time(), line.bytes().hashCode());
        Integer left = repeated.get(key);
        if (left != null && left > 0) {
            repeated.put(key, left - 1);
            return false;
        }
        Instant beginning = beginnings.putIfAbsent(line.task(), line.time());
        if (beginning != null && line.time().isBefore(beginning) && !repeated.isEmpty()) {
            // It was left out in the beginning already, as more lines were there than wanted.
            return false;
        }
        counts.merge(key, 1, Integer::sum);
        newest = newest.filter(time -> time.isAfter(line.time())).or(() -> Optional.of(line.time()));
        forget();
        return true;
    }

    private void forget() {
        if (counts.size() > keptAtLeast) {
            newest.map(time -> time.minus(MARGIN))
                    .ifPresent(
                            before -> counts.keySet().removeIf(key -> key.time().isBefore(before)));
            keptAtLeast = Math.max(KEPT, 2 * counts.size());
        }
    }

    /** Prepares for reading again, and says from when on; nothing if nothing was told yet. */
    Optional<Instant> startAgain() {
        repeated = new HashMap<>(counts);
        return newest.map(time -> time.minus(MARGIN));
    }
}
