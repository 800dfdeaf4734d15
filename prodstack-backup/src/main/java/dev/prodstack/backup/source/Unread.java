package dev.prodstack.backup.source;

/**
 * Something that is not in a snapshot, or not as it should be.
 *
 * @param path where it is
 * @param reason what happened
 */
public record Unread(String path, String reason) {}
