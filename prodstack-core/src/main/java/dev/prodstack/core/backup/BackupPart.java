package dev.prodstack.core.backup;

import dev.prodstack.core.value.Copies;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One part of a backup: what is stored of one kind of one source.
 *
 * @param service the service's key; empty for the state of the cluster
 * @param source what the policy calls the source, such as {@code volume uploads}
 * @param kind what of it, such as {@code dump} or {@code files}
 * @param node the name of the node that it was read on
 * @param snapshots the ids of the snapshots that hold it, in order; at least one
 * @param bytesRead bytes of all files
 * @param bytesStored bytes that the repository grew by
 * @param begun when it began
 * @param ended when it was stored
 * @param facts what the source said of itself then, such as a position in a log, by name
 * @param digest a digest of the content: equal digests, equal files with equal metadata
 */
public record BackupPart(
        String service,
        String source,
        String kind,
        String node,
        List<String> snapshots,
        long bytesRead,
        long bytesStored,
        Instant begun,
        Instant ended,
        Map<String, String> facts,
        String digest) {
    /** The service of the part that holds the state of the cluster. */
    public static final String CLUSTER = "swarm";

    /** Copies the collections and checks that there is a snapshot. */
    public BackupPart {
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(begun, "begun");
        Objects.requireNonNull(ended, "ended");
        Objects.requireNonNull(digest, "digest");
        snapshots = List.copyOf(snapshots);
        facts = Copies.of(facts);
        if (snapshots.isEmpty()) {
            throw new IllegalArgumentException("the part " + service + " " + source + " has no snapshot");
        }
    }

    /** Service and source, as people say it. */
    public String name() {
        return service + " " + source;
    }
}
