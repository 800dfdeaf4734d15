package dev.prodstack.backup.stack;

import dev.prodstack.core.backup.BackupManifest;
import dev.prodstack.core.backup.BackupRecord;
import java.time.Duration;
import java.util.List;

/**
 * How a backup went.
 *
 * @param backup what is kept of it
 * @param after what was done after it
 */
public record BackupReport(BackupRecord backup, List<Step> after) {
    /** Copies the steps. */
    public BackupReport {
        after = List.copyOf(after);
    }

    /**
     * A step after the backup.
     *
     * @param name such as {@code verify}
     * @param problem why it failed; empty if it did not
     * @param text what came of it
     * @param took how long
     */
    public record Step(String name, String problem, String text, Duration took) {}

    /** Whether all succeeded. */
    public boolean good() {
        return backup instanceof BackupManifest
                && after.stream().allMatch(step -> step.problem().isEmpty());
    }
}
