package dev.prodstack.backup.work;

import java.util.List;

/**
 * A server, as its policy describes it. Words that do not apply are empty.
 *
 * @param what {@code postgres}, {@code redis}, {@code rabbitmq}, {@code s3} or {@code prometheus}
 * @param host where it is
 * @param port the port it listens on
 * @param user who one is there
 * @param passwordFile holds the password, or the secret key
 * @param accessKeyFile holds the id of the access key
 * @param names the databases or buckets; all where empty
 * @param base whether a physical copy is made too ({@code fast} or {@code spread}); empty for none
 * @param dump whether logical dumps are made: {@code yes} or empty
 * @param slot the replication slot of the write-ahead log
 * @param directory where the server's files are, where they are needed
 */
public record ServerAccess(
        String what,
        String host,
        int port,
        String user,
        String passwordFile,
        String accessKeyFile,
        List<String> names,
        String base,
        String dump,
        String slot,
        String directory) {}
