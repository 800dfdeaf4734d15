package dev.prodstack.backup.snapshot;

import dev.prodstack.backup.blob.ContentId;

/**
 * A snapshot of a repository.
 *
 * @param id the name of its file
 * @param snapshot what it says
 */
public record StoredSnapshot(ContentId id, Snapshot snapshot) {}
