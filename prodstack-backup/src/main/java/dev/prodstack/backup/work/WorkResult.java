package dev.prodstack.backup.work;

import java.util.List;
import java.util.Map;

/**
 * What came of a work.
 *
 * @param repository the id of the repository
 * @param stored what was stored, for a manifest
 * @param backups records of backups as JSON, oldest first
 * @param notes what there is to say
 * @param facts figures by name
 */
public record WorkResult(
        String repository, List<Stored> stored, List<String> backups, List<String> notes, Map<String, String> facts) {
    /** Of a work that only says some things. */
    static WorkResult of(String repository, List<String> notes, Map<String, String> facts) {
        return new WorkResult(repository, List.of(), List.of(), notes, facts);
    }

    /**
     * A part that was stored.
     *
     * @param kind what of the source
     * @param snapshots the ids of the snapshots, in order
     * @param bytesRead bytes of all files
     * @param bytesStored bytes that the repository grew by
     * @param begun when it began
     * @param ended when it was stored
     * @param facts what the source said of itself
     * @param digest of the content
     */
    public record Stored(
            String kind,
            List<String> snapshots,
            long bytesRead,
            long bytesStored,
            String begun,
            String ended,
            Map<String, String> facts,
            String digest) {}
}
