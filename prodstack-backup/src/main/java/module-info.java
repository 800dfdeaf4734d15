/** Backup repositories in restic's format, on a directory or S3: back up, check, restore, prune. */
module dev.prodstack.backup {
    requires static transitive org.jspecify;
    requires transitive dev.prodstack.core;

    exports dev.prodstack.backup.storage;
}
