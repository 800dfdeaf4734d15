package dev.prodstack.backup.postgres;

import java.io.EOFException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** What of the log is stored, from a base backup on, along timelines: where it is without a gap, and its segments. */
final class WalCoverage {
    private final WalStore store;
    private final Map<String, List<WalPiece>> pieces = new HashMap<>();
    private final Map<String, WalStore.Folded> folded = new HashMap<>();
    private final NavigableMap<Integer, List<WalPiece>> stretches = new TreeMap<>();

    /** Of a store whose repository's index is loaded. */
    WalCoverage(WalStore store) throws IOException {
        this.store = store;
        for (WalStore.Folded segment : store.folded()) {
            folded.put(segment.piece().start().segmentFile(segment.piece().timeline()), segment);
            add(segment.piece());
        }
        for (WalPiece piece : store.pieces()) {
            pieces.computeIfAbsent(piece.start().segmentFile(piece.timeline()), file -> new ArrayList<>())
                    .add(piece);
            add(piece);
        }
        stretches.values().forEach(list -> list.sort(Comparator.comparing(WalPiece::start)));
    }

    private void add(WalPiece piece) {
        stretches
                .computeIfAbsent(piece.timeline(), timeline -> new ArrayList<>())
                .add(piece);
    }

    /** How far the log of a timeline is stored without a gap from a place on, and when the server sent that end. */
    Optional<Reached> from(int timeline, Lsn from) {
        Lsn at = from.segmentStart();
        Instant sent = Instant.EPOCH;
        for (WalPiece piece : stretches.getOrDefault(timeline, List.of())) {
            if (piece.start().compareTo(at) <= 0 && piece.end().compareTo(at) > 0) {
                at = piece.end();
                sent = piece.sent();
            }
        }
        return at.compareTo(from) > 0 ? Optional.of(new Reached(timeline, at, sent)) : Optional.empty();
    }

    /** An end of the stored log. */
    record Reached(int timeline, Lsn end, Instant sent) {}

    /** A segment's bytes, with zeros where nothing is stored. */
    byte[] segment(int timeline, Lsn start) throws IOException {
        String file = start.segmentFile(timeline);
        WalStore.Folded whole = folded.get(file);
        if (whole != null) {
            return store.load(whole);
        }
        List<WalPiece> parts = pieces.get(file);
        if (parts == null) {
            throw new EOFException("The segment " + file + " is not stored.");
        }
        return store.join(parts);
    }
}
