package dev.prodstack.backup.snapshot;

import java.util.List;

/**
 * Which snapshots are meant. What is empty lets every one pass.
 *
 * @param hosts of one of these hosts
 * @param tags with all labels of one of these lists
 * @param paths of all of these paths, and perhaps others
 */
public record SnapshotFilter(List<String> hosts, List<List<String>> tags, List<String> paths) {
    /** Every snapshot. */
    public static final SnapshotFilter ALL = new SnapshotFilter(List.of(), List.of(), List.of());

    /** Copies the lists. */
    public SnapshotFilter {
        hosts = List.copyOf(hosts);
        tags = tags.stream().map(List::copyOf).toList();
        paths = List.copyOf(paths);
    }

    /** Whether a snapshot is among them. */
    public boolean matches(Snapshot snapshot) {
        return (hosts.isEmpty() || hosts.contains(snapshot.hostname()))
                && (tags.isEmpty() || tags.stream().anyMatch(snapshot.tags()::containsAll))
                && snapshot.paths().containsAll(paths);
    }

    /** Those of a list that are among them, in its order. */
    public List<StoredSnapshot> of(List<StoredSnapshot> snapshots) {
        return snapshots.stream().filter(stored -> matches(stored.snapshot())).toList();
    }
}
