/** Backup repositories in restic's format, on a directory or S3: back up, check, restore, prune. */
module dev.prodstack.backup {
    requires static transitive org.jspecify;
    requires transitive dev.prodstack.core;
    requires software.amazon.awssdk.auth;
    requires software.amazon.awssdk.awscore;
    requires software.amazon.awssdk.core;
    requires software.amazon.awssdk.http;
    requires software.amazon.awssdk.http.urlconnection;
    requires software.amazon.awssdk.identity.spi;
    requires software.amazon.awssdk.profiles;
    requires software.amazon.awssdk.regions;
    requires software.amazon.awssdk.retries;
    requires software.amazon.awssdk.retries.api;
    requires software.amazon.awssdk.services.s3;
    requires software.amazon.awssdk.utils;

    exports dev.prodstack.backup.storage;
    exports dev.prodstack.backup.storage.s3;
}
