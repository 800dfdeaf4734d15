package dev.prodstack.cli;

import dev.prodstack.core.backup.BackupManifest;
import dev.prodstack.core.backup.BackupPart;
import dev.prodstack.core.backup.BackupRecord;
import dev.prodstack.core.backup.IncompleteBackup;
import dev.prodstack.core.value.Data;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Records of backups as data. */
final class RecordData {
    private RecordData() {}

    static Data of(BackupRecord backup) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("id", Data.of(backup.id()));
        fields.put("stack", Data.of(backup.stack()));
        fields.put("purpose", Data.of(backup.purpose().name().toLowerCase(Locale.ROOT)));
        fields.put("complete", Data.of(backup instanceof BackupManifest));
        fields.put("begun", Data.of(backup.begun().toString()));
        fields.put("ended", Data.of(backup.ended().toString()));
        fields.put("bytes_read", Data.of(backup.bytesRead()));
        fields.put("bytes_stored", Data.of(backup.bytesStored()));
        fields.put("parts", Data.of(backup.parts().stream().map(RecordData::of).toList()));
        List<IncompleteBackup.Failed> failures =
                backup instanceof IncompleteBackup incomplete ? incomplete.failures() : List.of();
        fields.put("failures", Data.of(failures.stream().map(RecordData::of).toList()));
        return Data.of(fields);
    }

    private static Data of(IncompleteBackup.Failed failed) {
        return Data.of(Map.of(
                "service", Data.of(failed.service()),
                "source", Data.of(failed.source()),
                "reason", Data.of(failed.reason())));
    }

    private static Data of(BackupPart part) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("service", Data.of(part.service()));
        fields.put("source", Data.of(part.source()));
        fields.put("kind", Data.of(part.kind()));
        fields.put("node", Data.of(part.node()));
        fields.put("snapshots", Data.of(part.snapshots().stream().map(Data::of).toList()));
        fields.put("bytes_read", Data.of(part.bytesRead()));
        fields.put("bytes_stored", Data.of(part.bytesStored()));
        fields.put("begun", Data.of(part.begun().toString()));
        fields.put("ended", Data.of(part.ended().toString()));
        fields.put("facts", words(part.facts()));
        fields.put("digest", Data.of(part.digest()));
        return Data.of(fields);
    }

    /** Words by name as data. */
    static Data words(Map<String, String> words) {
        Map<String, Data> fields = new LinkedHashMap<>();
        words.forEach((name, value) -> fields.put(name, Data.of(value)));
        return Data.of(fields);
    }
}
