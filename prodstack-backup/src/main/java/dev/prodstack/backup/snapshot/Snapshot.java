package dev.prodstack.backup.snapshot;

import dev.prodstack.backup.blob.ContentId;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What was backed up when, and the tree that holds it.
 *
 * @param time when it was begun
 * @param parent the earlier one that unchanged files were taken from
 * @param tree the root
 * @param paths what was asked for, absolute
 * @param hostname where
 * @param username by whom
 * @param uid the number of that user
 * @param gid the number of its group
 * @param excludes what was left out
 * @param tags its labels
 * @param original which one this was before its labels changed
 * @param programVersion what wrote it
 * @param summary how the backup went, if its program keeps that
 */
public record Snapshot(
        OffsetDateTime time,
        Optional<ContentId> parent,
        ContentId tree,
        List<String> paths,
        String hostname,
        String username,
        int uid,
        int gid,
        List<String> excludes,
        List<String> tags,
        Optional<ContentId> original,
        String programVersion,
        Optional<SnapshotSummary> summary) {
    /** Copies the lists. */
    public Snapshot {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(tree, "tree");
        paths = List.copyOf(paths);
        excludes = List.copyOf(excludes);
        tags = List.copyOf(tags);
        Objects.requireNonNull(summary, "summary");
    }

    /** The same that was another one before. */
    public Snapshot withOriginal(ContentId id) {
        return new Snapshot(
                time,
                parent,
                tree,
                paths,
                hostname,
                username,
                uid,
                gid,
                excludes,
                tags,
                Optional.of(id),
                programVersion,
                summary);
    }

    /** The same without a parent. */
    public Snapshot withoutParent() {
        return new Snapshot(
                time,
                Optional.empty(),
                tree,
                paths,
                hostname,
                username,
                uid,
                gid,
                excludes,
                tags,
                original,
                programVersion,
                summary);
    }
}
