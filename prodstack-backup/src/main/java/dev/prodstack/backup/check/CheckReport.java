package dev.prodstack.backup.check;

import dev.prodstack.backup.progress.Progress;
import java.util.List;
import java.util.Objects;

/**
 * What a check found.
 *
 * @param findings everything that is not as it should be
 * @param snapshots how many snapshots were looked at
 * @param packs how many packs there are
 * @param packsRead how many of them were read whole
 * @param blobs how many blobs the index has
 * @param progress how long it took, and how much was read
 */
public record CheckReport(
        List<Finding> findings, long snapshots, long packs, long packsRead, long blobs, Progress progress) {
    /** Copies the list. */
    public CheckReport {
        findings = List.copyOf(findings);
        Objects.requireNonNull(progress, "progress");
    }

    /** Whether the repository is in order. */
    public boolean clean() {
        return findings.stream().noneMatch(finding -> finding.kind().isFault());
    }
}
