/** Backup repositories in restic's format, on a directory or S3: back up, check, restore, prune. */
module dev.prodstack.backup {
    requires static transitive org.jspecify;
    requires static org.checkerframework.checker.qual;
    requires transitive dev.prodstack.core;
    requires java.net.http;
    requires java.sql;
    requires com.fasterxml.jackson.databind;
    requires com.github.luben.zstd_jni;
    requires org.apache.commons.compress;
    requires org.bouncycastle.pg;
    requires org.bouncycastle.provider;
    requires org.postgresql.jdbc;
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

    exports dev.prodstack.backup;
    exports dev.prodstack.backup.archive;
    exports dev.prodstack.backup.blob;
    exports dev.prodstack.backup.browse;
    exports dev.prodstack.backup.check;
    exports dev.prodstack.backup.chunk;
    exports dev.prodstack.backup.copy;
    exports dev.prodstack.backup.crypto;
    exports dev.prodstack.backup.forget;
    exports dev.prodstack.backup.index;
    exports dev.prodstack.backup.objects;
    exports dev.prodstack.backup.pack;
    exports dev.prodstack.backup.path;
    exports dev.prodstack.backup.postgres;
    exports dev.prodstack.backup.progress;
    exports dev.prodstack.backup.prometheus;
    exports dev.prodstack.backup.prune;
    exports dev.prodstack.backup.rabbitmq;
    exports dev.prodstack.backup.redis;
    exports dev.prodstack.backup.repair;
    exports dev.prodstack.backup.repository;
    exports dev.prodstack.backup.restore;
    exports dev.prodstack.backup.server;
    exports dev.prodstack.backup.snapshot;
    exports dev.prodstack.backup.source;
    exports dev.prodstack.backup.stack;
    exports dev.prodstack.backup.storage;
    exports dev.prodstack.backup.storage.cache;
    exports dev.prodstack.backup.storage.s3;
    exports dev.prodstack.backup.tar;
    exports dev.prodstack.backup.tree;
    exports dev.prodstack.backup.work;

    opens dev.prodstack.backup.work to
            com.fasterxml.jackson.databind;
}
