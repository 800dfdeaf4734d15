package dev.prodstack.backup.restore;

import dev.prodstack.backup.progress.Progress;
import java.util.List;
import java.util.Objects;

/**
 * What a restore did.
 *
 * @param restored files, links and other things that were written; directories do not count
 * @param unchanged those that were right already
 * @param kept those that the overwrite rule kept
 * @param bytes of the files that were written
 * @param lacks what is not as in the snapshot
 * @param progress how long it took
 */
public record RestoreReport(long restored, long unchanged, long kept, long bytes, List<Lack> lacks, Progress progress) {
    /** Copies the list. */
    public RestoreReport {
        lacks = List.copyOf(lacks);
        Objects.requireNonNull(progress, "progress");
    }

    /** Whether the content of everything is there. */
    public boolean complete() {
        return lacks.stream().noneMatch(lack -> lack.kind() == Lack.Kind.CONTENT);
    }
}
