package dev.prodstack.backup.postgres;

import java.util.Locale;

/**
 * A place in the write-ahead log, in bytes from its beginning.
 *
 * @param at unsigned
 */
public record Lsn(long at) implements Comparable<Lsn> {
    /** The size of a segment; servers that were made with another are refused. */
    public static final int SEGMENT = 16 * 1024 * 1024;

    private static final int HALF = 32;

    /**
     * Reads what PostgreSQL writes, such as {@code 16/B374D848}.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static Lsn parse(String text) {
        if (!text.matches("[0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8}")) {
            throw new IllegalArgumentException("expected a place in the log such as 16/B374D848, not \"" + text + "\"");
        }
        int slash = text.indexOf('/');
        return new Lsn(
                Long.parseLong(text.substring(0, slash), 16) << HALF | Long.parseLong(text.substring(slash + 1), 16));
    }

    /** So many bytes on. */
    public Lsn plus(long bytes) {
        return new Lsn(at + bytes);
    }

    /** How many bytes this is after another. */
    public long minus(Lsn other) {
        return at - other.at;
    }

    /** Where the segment begins that this is in. */
    public Lsn segmentStart() {
        return new Lsn(at - Long.remainderUnsigned(at, SEGMENT));
    }

    /** The name of the file that the segment is in. */
    public String segmentFile(int timeline) {
        long number = Long.divideUnsigned(at, SEGMENT);
        long perFile = (1L << HALF) / SEGMENT;
        return String.format(Locale.ROOT, "%08X%08X%08X", timeline, number / perFile, number % perFile);
    }

    /** Where the segment begins that a file is of. */
    static Lsn ofSegmentFile(String name) {
        long perFile = (1L << HALF) / SEGMENT;
        return new Lsn((Long.parseLong(name.substring(8, 16), 16) * perFile + Long.parseLong(name.substring(16), 16))
                * SEGMENT);
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(at, other.at);
    }

    /** As PostgreSQL writes it. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%X/%X", at >>> HALF, at & 0xFFFFFFFFL);
    }
}
