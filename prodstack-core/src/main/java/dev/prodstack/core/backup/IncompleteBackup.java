package dev.prodstack.core.backup;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A backup of which some parts failed. The others can be restored one by one; it is never taken for a whole backup.
 *
 * @param stack the stack
 * @param id which backup it is
 * @param purpose what it was made for
 * @param begun when the first part was begun
 * @param ended when the last one ended
 * @param parts what is stored; may be nothing
 * @param failures what is not, and why; at least one
 */
public record IncompleteBackup(
        String stack,
        String id,
        Purpose purpose,
        Instant begun,
        Instant ended,
        List<BackupPart> parts,
        List<Failed> failures)
        implements BackupRecord {
    /** Copies the lists and checks that something failed. */
    public IncompleteBackup {
        Objects.requireNonNull(stack, "stack");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(purpose, "purpose");
        Objects.requireNonNull(begun, "begun");
        Objects.requireNonNull(ended, "ended");
        parts = List.copyOf(parts);
        failures = List.copyOf(failures);
        if (failures.isEmpty()) {
            throw new IllegalArgumentException("a backup of which nothing failed has a manifest");
        }
    }

    /**
     * A part that failed.
     *
     * @param service the service
     * @param source the source, as its policy calls it
     * @param reason why, for people
     */
    public record Failed(String service, String source, String reason) {}
}
