package dev.prodstack.cli;

import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.backup.BackupManifest;
import dev.prodstack.core.backup.BackupRecord;
import java.util.List;

/** The backup that a person means. */
final class BackupChoice {
    static final String LATEST = "latest";

    private BackupChoice() {}

    /**
     * The newest whole backup, or the one whose id begins with a word.
     *
     * @throws Failure if there is none, or more than one
     */
    static BackupRecord of(List<BackupRecord> backups, String word) {
        if (word.equals(LATEST)) {
            return backups.stream()
                    .filter(backup ->
                            backup instanceof BackupManifest && backup.purpose() == BackupRecord.Purpose.BACKUP)
                    .reduce((earlier, later) -> later)
                    .orElseThrow(() -> Failure.failed(
                            "there is no whole backup",
                            "make one with prodstack backup run; see prodstack backup list"));
        }
        List<BackupRecord> meant =
                backups.stream().filter(backup -> backup.id().startsWith(word)).toList();
        if (meant.size() != 1) {
            throw Failure.usage(
                    meant.isEmpty() ? "there is no backup \"" + word + "\"" : word + " may be any of " + meant.size(),
                    "prodstack backup list shows which there are");
        }
        return meant.get(0);
    }
}
