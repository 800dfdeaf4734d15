package dev.prodstack.backup.stack;

import dev.prodstack.core.backup.BackupManifest;
import dev.prodstack.core.backup.BackupPart;
import dev.prodstack.core.backup.BackupRecord;
import dev.prodstack.core.backup.BackupRecord.Purpose;
import dev.prodstack.core.backup.IncompleteBackup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What there is to know about a stack's backups, as text that Prometheus reads. */
public final class BackupMetrics {
    private BackupMetrics() {}

    /**
     * The metrics.
     *
     * @param backups the records, oldest first
     */
    public static String of(String stack, List<BackupRecord> backups, Instant now) {
        List<BackupRecord> own =
                backups.stream().filter(its -> its.purpose() == Purpose.BACKUP).toList();
        Optional<BackupRecord> last = own.stream().reduce((earlier, later) -> later);
        Optional<BackupRecord> whole =
                own.stream().filter(its -> its instanceof BackupManifest).reduce((earlier, later) -> later);
        MetricText text = new MetricText(stack);
        text.gauge("prodstack_backups", "Backups that are kept.", "", own.size());
        text.gauge(
                "prodstack_backup_last_success",
                "Whether all of the last backup succeeded.",
                "",
                last.isPresent() && last.get() instanceof BackupManifest ? 1 : 0);
        last.ifPresent(its -> text.gauge(
                "prodstack_backup_last_failed_parts",
                "Parts of the last backup that failed.",
                "",
                its instanceof IncompleteBackup incomplete
                        ? incomplete.failures().size()
                        : 0));
        whole.ifPresent(its -> whole(text, its, now));
        return text.toString();
    }

    private static void whole(MetricText text, BackupRecord backup, Instant now) {
        text.gauge(
                "prodstack_backup_last_success_timestamp_seconds",
                "When the last whole backup began.",
                "",
                backup.begun().getEpochSecond());
        text.gauge(
                "prodstack_backup_age_seconds",
                "How old the last whole backup is: what would be lost now, where no log is kept.",
                "",
                Duration.between(backup.begun(), now).toSeconds());
        text.gauge(
                "prodstack_backup_duration_seconds",
                "How long the last whole backup took.",
                "",
                Duration.between(backup.begun(), backup.ended()).toSeconds());
        Map<String, Long> read = new TreeMap<>();
        Map<String, Long> stored = new TreeMap<>();
        for (BackupPart part : backup.parts()) {
            String labels = ",service=\"" + part.service() + "\",source=\"" + part.source() + "\"";
            read.merge(labels, part.bytesRead(), Long::sum);
            stored.merge(labels, part.bytesStored(), Long::sum);
        }
        read.forEach((labels, bytes) ->
                text.gauge("prodstack_backup_read_bytes", "Bytes of a source in the last backup.", labels, bytes));
        stored.forEach((labels, bytes) -> text.gauge(
                "prodstack_backup_stored_bytes", "Bytes that the last backup of a source added.", labels, bytes));
    }
}
