package dev.prodstack.backup.server;

import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.snapshot.SnapshotSummary;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What storing a source gave.
 *
 * @param service the service's key
 * @param source what the policy calls the source
 * @param kind what of it, such as {@code dump}, {@code base}, {@code rdb}
 * @param snapshots the ids of the snapshots that hold it, in order
 * @param bytesRead bytes of all files
 * @param bytesStored bytes that the repository grew by for them
 * @param begun when it began
 * @param ended when it was stored
 * @param facts what the server said of itself then, by name, in order of names: each package lists its own
 */
public record StoredPart(
        String service,
        String source,
        String kind,
        List<ContentId> snapshots,
        long bytesRead,
        long bytesStored,
        Instant begun,
        Instant ended,
        Map<String, String> facts) {
    /** Copies the collections. */
    public StoredPart {
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(begun, "begun");
        Objects.requireNonNull(ended, "ended");
        snapshots = List.copyOf(snapshots);
        facts = Collections.unmodifiableMap(new TreeMap<>(facts));
    }

    /** Of snapshots that were just stored. */
    public static StoredPart of(Origin origin, String kind, List<StoredSnapshot> stored, Map<String, String> facts) {
        List<ContentId> ids = new ArrayList<>();
        long read = 0;
        long grown = 0;
        Instant begun = Instant.MAX;
        Instant ended = Instant.MIN;
        for (StoredSnapshot one : stored) {
            SnapshotSummary summary = one.snapshot()
                    .summary()
                    .orElseThrow(() -> new IllegalArgumentException("a snapshot of ours has a summary"));
            ids.add(one.id());
            read += summary.bytesProcessed();
            grown += summary.dataAddedPacked();
            begun = earlier(begun, summary.begun().toInstant());
            ended = summary.ended().toInstant().isAfter(ended) ? summary.ended().toInstant() : ended;
        }
        return new StoredPart(origin.service(), origin.source(), kind, ids, read, grown, begun, ended, facts);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
