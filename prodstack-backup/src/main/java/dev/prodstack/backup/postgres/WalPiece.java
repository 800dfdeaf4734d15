package dev.prodstack.backup.postgres;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stretch of the log that is stored.
 *
 * @param timeline its timeline
 * @param start its first byte
 * @param end the byte after its last
 * @param sent when the server sent its end, by the server's clock
 */
public record WalPiece(int timeline, Lsn start, Lsn end, Instant sent) {
    private static final Pattern NAME = Pattern.compile("([0-9A-F]{8})-([0-9A-F]{16})-([0-9A-F]{16})-(\\d{1,15})");

    /** Checks that it is not empty and lies in one segment. */
    public WalPiece {
        if (start.compareTo(end) >= 0 || !start.segmentStart().equals(new Lsn(end.at() - 1).segmentStart())) {
            throw new IllegalArgumentException("expected a stretch within a segment, not " + start + " to " + end);
        }
    }

    /** The end of its file's name. */
    String name() {
        return String.format(Locale.ROOT, "%08X-%016X-%016X-%d", timeline, start.at(), end.at(), sent.toEpochMilli());
    }

    /** Reads the end of a file's name; empty if it is of something else. */
    static Optional<WalPiece> parse(String name) {
        Matcher form = NAME.matcher(name);
        if (!form.matches()) {
            return Optional.empty();
        }
        return Optional.of(new WalPiece(
                Integer.parseUnsignedInt(form.group(1), 16),
                new Lsn(Long.parseUnsignedLong(form.group(2), 16)),
                new Lsn(Long.parseUnsignedLong(form.group(3), 16)),
                Instant.ofEpochMilli(Long.parseLong(form.group(4)))));
    }
}
