package dev.prodstack.cli;

import dev.prodstack.backup.snapshot.Snapshot;
import dev.prodstack.backup.snapshot.SnapshotSummary;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.core.value.Data;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A snapshot for programs, with the names that restic's own JSON has. */
final class SnapshotData {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private SnapshotData() {}

    /** When it was begun, as its host's clock had it. */
    static String time(StoredSnapshot stored) {
        return TIME.format(stored.snapshot().time());
    }

    static Data of(StoredSnapshot stored) {
        Snapshot snapshot = stored.snapshot();
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("id", Data.of(stored.id().toString()));
        fields.put("short_id", Data.of(stored.id().brief()));
        fields.put("time", Data.of(text(snapshot.time())));
        snapshot.parent().ifPresent(parent -> fields.put("parent", Data.of(parent.toString())));
        fields.put("tree", Data.of(snapshot.tree().toString()));
        fields.put("paths", texts(snapshot.paths()));
        fields.put("hostname", Data.of(snapshot.hostname()));
        fields.put("username", Data.of(snapshot.username()));
        fields.put("uid", Data.of(Integer.toUnsignedLong(snapshot.uid())));
        fields.put("gid", Data.of(Integer.toUnsignedLong(snapshot.gid())));
        fields.put("tags", texts(snapshot.tags()));
        fields.put("excludes", texts(snapshot.excludes()));
        snapshot.original().ifPresent(original -> fields.put("original", Data.of(original.toString())));
        fields.put("program_version", Data.of(snapshot.programVersion()));
        snapshot.summary().ifPresent(summary -> fields.put("summary", of(summary)));
        return Data.of(fields);
    }

    static Data of(SnapshotSummary summary) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("backup_start", Data.of(text(summary.begun())));
        fields.put("backup_end", Data.of(text(summary.ended())));
        counts(fields, "files", summary.files());
        counts(fields, "dirs", summary.directories());
        fields.put("data_blobs", Data.of(summary.dataBlobs()));
        fields.put("tree_blobs", Data.of(summary.treeBlobs()));
        fields.put("data_added", Data.of(summary.dataAdded()));
        fields.put("data_added_packed", Data.of(summary.dataAddedPacked()));
        fields.put("total_files_processed", Data.of(summary.files().total()));
        fields.put("total_bytes_processed", Data.of(summary.bytesProcessed()));
        return Data.of(fields);
    }

    private static void counts(Map<String, Data> fields, String what, SnapshotSummary.Counts counts) {
        fields.put(what + "_new", Data.of(counts.added()));
        fields.put(what + "_changed", Data.of(counts.changed()));
        fields.put(what + "_unmodified", Data.of(counts.unmodified()));
    }

    private static String text(OffsetDateTime time) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    }

    private static Data texts(List<String> texts) {
        return Data.of(texts.stream().map(Data::of).toList());
    }
}
