package dev.prodstack.backup.stack;

import dev.prodstack.core.backup.BackupPart;
import dev.prodstack.core.backup.BackupSource;
import java.util.Set;

/** How parts of each kind are restored. */
final class Restorable {
    /** Physical copies are for a time between two backups; their server's dump restores the backup itself. */
    private static final Set<String> NOT_BY_THEMSELVES = Set.of("base", "wal", "state", "manifest");

    private Restorable() {}

    static boolean wants(BackupPart part) {
        return !NOT_BY_THEMSELVES.contains(part.kind());
    }

    /** What comes first. */
    static int rank(BackupSource source) {
        if (source instanceof BackupSource.Postgres) {
            return 0;
        } else if (source instanceof BackupSource.Redis) {
            return 1;
        } else if (source instanceof BackupSource.RabbitMq) {
            return 2;
        } else if (source instanceof BackupSource.Volume) {
            return 3;
        }
        return source instanceof BackupSource.ObjectStore ? 4 : 5;
    }

    static String replaces(BackupSource source) {
        if (source instanceof BackupSource.Postgres) {
            return "its databases are dropped and made again";
        } else if (source instanceof BackupSource.Redis) {
            return "all of its keys are replaced";
        } else if (source instanceof BackupSource.RabbitMq) {
            return "its definitions are replaced; messages stay";
        } else if (source instanceof BackupSource.ObjectStore) {
            return "objects are made as they were; others are removed";
        }
        return "its files are made as they were; others are removed";
    }
}
