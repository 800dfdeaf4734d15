package dev.prodstack.backup.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.backup.snapshot.SnapshotSummary.Counts;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The field {@code summary} of a snapshot. */
final class SummaryJson {
    private SummaryJson() {}

    static void write(SnapshotSummary summary, ObjectNode json) {
        json.put("backup_start", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(summary.begun()));
        json.put("backup_end", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(summary.ended()));
        counts(json, "files", summary.files());
        counts(json, "dirs", summary.directories());
        json.put("data_blobs", summary.dataBlobs());
        json.put("tree_blobs", summary.treeBlobs());
        json.put("data_added", summary.dataAdded());
        json.put("data_added_packed", summary.dataAddedPacked());
        json.put("total_files_processed", summary.files().total());
        json.put("total_bytes_processed", summary.bytesProcessed());
    }

    static Optional<SnapshotSummary> read(JsonNode json) {
        if (!json.isObject()) {
            return Optional.empty();
        }
        return Optional.of(new SnapshotSummary(
                OffsetDateTime.parse(json.path("backup_start").asText()),
                OffsetDateTime.parse(json.path("backup_end").asText()),
                counts(json, "files"),
                counts(json, "dirs"),
                json.path("data_blobs").asLong(),
                json.path("tree_blobs").asLong(),
                json.path("data_added").asLong(),
                json.path("data_added_packed").asLong(),
                json.path("total_bytes_processed").asLong()));
    }

    private static void counts(ObjectNode json, String what, Counts counts) {
        json.put(what + "_new", counts.added());
        json.put(what + "_changed", counts.changed());
        json.put(what + "_unmodified", counts.unmodified());
    }

    private static Counts counts(JsonNode json, String what) {
        return new Counts(
                json.path(what + "_new").asLong(),
                json.path(what + "_changed").asLong(),
                json.path(what + "_unmodified").asLong());
    }
}
