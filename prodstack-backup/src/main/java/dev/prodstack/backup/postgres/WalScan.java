package dev.prodstack.backup.postgres;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Reads the records of a log for what a restore can aim at: ends of transactions and named points. The form is that of
 * PostgreSQL 14 to 18, {@code access/xlogrecord.h} and {@code access/xact.h}.
 */
final class WalScan {
    private static final int PAGE = 8192;
    private static final int SHORT_HEADER = 24;
    private static final int LONG_HEADER = 40;
    private static final int RECORD_HEADER = 24;
    private static final int MOST_RECORD = 1 << 30;
    private static final int CONTINUED = 1;
    private static final int XLOG = 0;
    private static final int TRANSACTION = 1;
    private static final int SHORT_DATA = 255;
    private static final int LONG_DATA = 254;
    private static final int ORIGIN = 253;
    private static final int TOP_TRANSACTION = 252;
    private static final int SWITCH = 0x40;
    private static final int RESTORE_POINT = 0x70;
    private static final int NAME_LENGTH = 64;
    private static final long MICROS = 1_000_000;
    private static final long EPOCH_SECONDS = 946_684_800;

    private final Content content;
    private Lsn at;
    private ByteBuffer segment = ByteBuffer.allocate(0);
    private Lsn segmentStart = new Lsn(-1);

    private WalScan(Content content, Lsn from) {
        this.content = content;
        at = from;
    }

    /** Holds the log. */
    interface Content {
        /**
         * The segment that begins at a place, with zeros where nothing is known.
         *
         * @throws EOFException if nothing of it is known
         */
        byte[] segment(Lsn start) throws IOException;
    }

    /** Is told of the records. */
    interface Visitor {
        /** A record begins here. Whether to go on. */
        boolean record(Lsn at);

        /** A transaction ends. Whether to go on. */
        boolean ended(Lsn at, Instant when);

        /** A point has a name. Whether to go on. */
        boolean named(Lsn at, String name);
    }

    /**
     * Reads the records from one on, as far as there are whole ones or the visitor wants them.
     *
     * @param from where a record begins
     */
    static void scan(Content content, Lsn from, Visitor visitor) throws IOException {
        WalScan scan = new WalScan(content, from);
        try {
            while (scan.next(visitor)) {
                // It has told the visitor.
            }
        } catch (EOFException e) {
            // The last record is not whole.
        }
    }

    private boolean next(Visitor visitor) throws IOException {
        at = new Lsn((at.at() + 7) & ~7L);
        if (at.at() % PAGE == 0) {
            skipHeader();
        }
        Lsn begin = at;
        byte[] header = new byte[RECORD_HEADER];
        if (!read(header, 0, RECORD_HEADER)) {
            return true;
        }
        ByteBuffer head = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        int length = head.getInt(0);
        if (length < RECORD_HEADER || length > MOST_RECORD) {
            return false;
        }
        byte[] rest = new byte[length - RECORD_HEADER];
        if (!read(rest, 0, rest.length)) {
            return true;
        }
        int info = head.get(16) & 0xF0;
        int manager = head.get(17);
        if (!visitor.record(begin)) {
            return false;
        }
        if (manager == XLOG && info == SWITCH && at.at() % Lsn.SEGMENT != 0) {
            at = at.segmentStart().plus(Lsn.SEGMENT);
        }
        return tell(visitor, begin, manager, info, rest);
    }

    private static boolean tell(Visitor visitor, Lsn begin, int manager, int info, byte[] rest) {
        boolean ends = manager == TRANSACTION && isEnd(info & 0x70);
        boolean point = manager == XLOG && info == RESTORE_POINT;
        if (!ends && !point) {
            return true;
        }
        ByteBuffer body = ByteBuffer.wrap(rest).order(ByteOrder.LITTLE_ENDIAN);
        int length = mainLength(body);
        if (length < Long.BYTES || length > rest.length) {
            return true;
        }
        int data = rest.length - length;
        if (ends) {
            long micros = body.getLong(data);
            return visitor.ended(
                    begin,
                    Instant.ofEpochSecond(
                            EPOCH_SECONDS + Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000));
        }
        int end = data + Long.BYTES;
        while (end < rest.length && end < data + Long.BYTES + NAME_LENGTH && rest[end] != 0) {
            end++;
        }
        int from = data + Long.BYTES;
        return visitor.named(begin, new String(rest, from, end - from, StandardCharsets.UTF_8));
    }

    /** Commit, abort, and both of what was prepared. */
    private static boolean isEnd(int operation) {
        return operation == 0x00 || operation == 0x20 || operation == 0x30 || operation == 0x40;
    }

    /** The length of the main data, whose header comes after those of an origin and of a transaction above. */
    private static int mainLength(ByteBuffer body) {
        while (body.hasRemaining()) {
            int id = body.get() & 0xFF;
            if (id == SHORT_DATA) {
                return body.get() & 0xFF;
            }
            if (id == LONG_DATA) {
                return body.getInt();
            }
            if (id != ORIGIN && id != TOP_TRANSACTION) {
                return -1;
            }
            body.position(body.position() + (id == ORIGIN ? Short.BYTES : Integer.BYTES));
        }
        return -1;
    }

    /** Reads across pages; false if the record breaks off where the server crashed, and others follow. */
    private boolean read(byte[] into, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            if (at.at() % PAGE == 0 && (skipHeader() & CONTINUED) == 0) {
                return false;
            }
            int room = (int) (PAGE - at.at() % PAGE);
            int part = Math.min(room, length - done);
            load();
            segment.position((int) at.minus(segmentStart)).get(into, offset + done, part);
            at = at.plus(part);
            done += part;
        }
        return true;
    }

    /** Skips the header of the page that begins here; returns its flags. */
    private int skipHeader() throws IOException {
        load();
        int offset = (int) at.minus(segmentStart);
        int flags = segment.getShort(offset + 2);
        if (segment.getShort(offset) == 0) {
            throw new EOFException("no page begins at " + at);
        }
        at = at.plus(offset == 0 ? LONG_HEADER : SHORT_HEADER);
        return flags;
    }

    private void load() throws IOException {
        Lsn start = at.segmentStart();
        if (!start.equals(segmentStart)) {
            segment = ByteBuffer.wrap(content.segment(start)).order(ByteOrder.LITTLE_ENDIAN);
            segmentStart = start;
        }
    }
}
