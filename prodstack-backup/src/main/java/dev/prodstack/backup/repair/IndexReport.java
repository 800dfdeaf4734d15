package dev.prodstack.backup.repair;

import dev.prodstack.backup.blob.ContentId;
import java.util.List;
import java.util.Map;

/**
 * What was wrong with an index.
 *
 * @param unlisted packs that it did not name, or not as they are, and now does
 * @param missing packs that it named but that are not there
 * @param unreadable packs that are there but whose headers cannot be read, with the reason; no index names them now
 * @param damagedFiles files of the index that could not be read, with the reason
 */
public record IndexReport(
        List<ContentId> unlisted,
        List<ContentId> missing,
        Map<ContentId, String> unreadable,
        Map<String, String> damagedFiles) {
    /** Copies. */
    public IndexReport {
        unlisted = List.copyOf(unlisted);
        missing = List.copyOf(missing);
        unreadable = Map.copyOf(unreadable);
        damagedFiles = Map.copyOf(damagedFiles);
    }

    /** Whether nothing was wrong. */
    public boolean isClean() {
        return unlisted.isEmpty() && missing.isEmpty() && unreadable.isEmpty() && damagedFiles.isEmpty();
    }
}
