package dev.prodstack.backup.repository;

import dev.prodstack.backup.blob.ContentId;

/**
 * A key of a repository: it opens with one password.
 *
 * @param id the name of its file
 * @param created when, as it was written
 * @param username by whom
 * @param hostname where
 * @param current whether the repository was opened with it
 */
public record StoredKey(ContentId id, String created, String username, String hostname, boolean current) {}
