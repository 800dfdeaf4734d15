package dev.prodstack.backup.work;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What a job that receives a log says of it, a line each.
 *
 * @param kind what happened
 * @param at when, by the server's clock for {@code STORED} and {@code CURRENT}, else by the job's
 * @param bytes how many bytes were stored
 * @param text for people, on one line
 */
public record WalNews(Kind kind, Instant at, long bytes, String text) {
    private static final String WORD = "wal";
    private static final int WORDS = 5;

    /** What happened. */
    public enum Kind {
        /** The server sends. */
        BEGUN,
        /** Log that the server sent at that time is stored. */
        STORED,
        /** All that the server had at that time is stored. */
        CURRENT,
        /** The server or the repository cannot be reached; it is tried again. */
        TROUBLE,
        /** The server goes on on another timeline. */
        FORKED,
        /** Log is missing. */
        GAP,
        /** Without a new base backup the log cannot be restored. */
        BASE_DUE,
        /** A base backup and the log after it reach the log's end. */
        BASE_FINE
    }

    /** Keeps the text on one line. */
    public WalNews {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(at, "at");
        text = text.replaceAll("[\\r\\n]+", " ").strip();
    }

    /** The line. */
    public String line() {
        return String.join(" ", WORD, kind.name().toLowerCase(Locale.ROOT), at.toString(), Long.toString(bytes), text);
    }

    /** Reads a line; empty if it is of something else. */
    public static Optional<WalNews> parse(String line) {
        String[] words = line.split(" ", WORDS);
        // Logs may lose the space at the end of a line.
        if (words.length < WORDS - 1 || !words[0].equals(WORD)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new WalNews(
                    Kind.valueOf(words[1].toUpperCase(Locale.ROOT)),
                    Instant.parse(words[2]),
                    Long.parseLong(words[3]),
                    words.length == WORDS ? words[4] : ""));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
