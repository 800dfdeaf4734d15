package dev.prodstack.backup.postgres;

import dev.prodstack.backup.snapshot.SnapshotSummary;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import java.io.EOFException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/** A base backup and the log after it, along the timelines that lead to the newest. */
record RecoveryChain(
        StoredSnapshot base,
        BaseManifest manifest,
        WalCoverage coverage,
        List<Stretch> stretches,
        PostgresRecovery.Span span,
        NavigableMap<Integer, TimelineHistory> histories) {

    /** The log of one timeline that is replayed, from the segment of its first byte on. */
    record Stretch(int timeline, Lsn from, Lsn until) {}

    static RecoveryChain of(StoredSnapshot base, BaseManifest manifest, WalStore store) throws IOException {
        WalCoverage coverage = new WalCoverage(store);
        NavigableMap<Integer, TimelineHistory> histories = store.histories();
        TimelineHistory history = histories.descendingMap().values().stream()
                .filter(one -> one.leaves(manifest.timeline())
                        .filter(fork -> fork.compareTo(manifest.end()) >= 0)
                        .isPresent())
                .findFirst()
                .orElse(new TimelineHistory(manifest.timeline(), List.of(), ""));
        List<Stretch> stretches = new ArrayList<>();
        Instant fromTime = base.snapshot()
                .summary()
                .map(SnapshotSummary::ended)
                .orElse(base.snapshot().time())
                .toInstant();
        Instant untilTime = fromTime;
        Lsn until = manifest.end();
        int timeline = manifest.timeline();
        Lsn at = manifest.end();
        if (coverage.from(timeline, at).isEmpty()) {
            // The copy has the segment of its end, which the server fills up then: it is enough from the next on.
            at = new Lsn(at.at() - 1).segmentStart().plus(Lsn.SEGMENT);
        }
        while (true) {
            Optional<WalCoverage.Reached> reached = coverage.from(timeline, at);
            if (reached.isEmpty()) {
                break;
            }
            Optional<Lsn> fork = history.leaves(timeline);
            boolean over = fork.isPresent() && reached.get().end().compareTo(fork.get()) >= 0;
            until = over ? fork.get() : reached.get().end();
            untilTime = reached.get().sent().isAfter(untilTime) ? reached.get().sent() : untilTime;
            stretches.add(new Stretch(timeline, at, until));
            if (!over) {
                break;
            }
            at = until;
            timeline = history.after(timeline);
        }
        int last = stretches.isEmpty()
                ? manifest.timeline()
                : stretches.get(stretches.size() - 1).timeline();
        PostgresRecovery.Span span = new PostgresRecovery.Span(base, last, manifest.end(), until, fromTime, untilTime);
        return new RecoveryChain(base, manifest, coverage, List.copyOf(stretches), span, histories);
    }

    /** The timeline whose file has a segment: the newest that has begun in it. */
    private Optional<Integer> timeline(Lsn start) {
        Optional<Integer> found = Optional.empty();
        for (Stretch stretch : stretches) {
            if (stretch.from().segmentStart().compareTo(start) <= 0
                    && stretch.until().compareTo(start) > 0) {
                found = Optional.of(stretch.timeline());
            }
        }
        return found;
    }

    void scan(WalScan.Visitor visitor) throws IOException {
        if (stretches.isEmpty()) {
            return;
        }
        WalScan.scan(
                start -> {
                    Optional<Integer> timeline = timeline(start);
                    if (timeline.isEmpty()) {
                        throw new EOFException("nothing is stored from " + start + " on");
                    }
                    return coverage.segment(timeline.get(), start);
                },
                stretches.get(0).from(),
                visitor);
    }
}
