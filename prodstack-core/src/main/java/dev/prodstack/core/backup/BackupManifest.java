package dev.prodstack.core.backup;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Ties together the parts of one backup, all of which succeeded. Each part is consistent in itself; they were read in
 * the order in which they stand here, not at one moment.
 *
 * @param stack the stack
 * @param id which backup it is
 * @param purpose what it was made for
 * @param begun when the first part was begun
 * @param ended when the last one was stored
 * @param release the number of the release that ran, where the stack has one
 * @param parts what is stored; at least one
 */
public record BackupManifest(
        String stack,
        String id,
        Purpose purpose,
        Instant begun,
        Instant ended,
        Optional<Integer> release,
        List<BackupPart> parts)
        implements BackupRecord {
    /** Copies the parts and checks that there is one. */
    public BackupManifest {
        Objects.requireNonNull(stack, "stack");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(purpose, "purpose");
        Objects.requireNonNull(begun, "begun");
        Objects.requireNonNull(ended, "ended");
        Objects.requireNonNull(release, "release");
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a backup has at least one part");
        }
    }
}
