package dev.prodstack.backup.redis;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An RDB file as a server sends it to a replica: of a length that is known before, or ended by a mark of 40 bytes that
 * is. Its end fails unless the file begins as one and the checksum at its end is right.
 */
final class RdbStream extends InputStream {
    private static final int MARK = 40;
    private static final int CHECKSUM = 8;
    private static final byte[] MAGIC = "REDIS".getBytes(StandardCharsets.US_ASCII);

    private final InputStream in;
    private final byte[] mark;
    private final Crc64 crc = new Crc64();

    /** What is read and not handed on yet: it may be the mark, or the checksum before it. */
    private byte[] held = new byte[0];

    private long left;
    private long total;
    private boolean ended;

    private RdbStream(InputStream in, long length, byte[] mark) {
        this.in = in;
        left = length;
        this.mark = mark;
    }

    /**
     * Reads the line that comes before the file: {@code $LENGTH} or {@code $EOF:MARK}.
     *
     * @throws IOException if it is none
     */
    static RdbStream of(String line, InputStream in) throws IOException {
        if (line.matches("\\$\\d{1,18}")) {
            return new RdbStream(in, Long.parseLong(line.substring(1)), new byte[0]);
        }
        if (line.startsWith("$EOF:") && line.length() == 5 + MARK) {
            return new RdbStream(in, Long.MAX_VALUE, line.substring(5).getBytes(StandardCharsets.ISO_8859_1));
        }
        throw new IOException("Redis sends \"" + line + "\" where an RDB file is expected. Try again; see its log.");
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int kept = CHECKSUM + mark.length;
        while (!ended && held.length <= kept) {
            more(Math.max(length, 8192));
        }
        int ready = ended ? held.length : held.length - kept;
        if (ready == 0) {
            return -1;
        }
        int part = Math.min(ready, length);
        System.arraycopy(held, 0, into, offset, part);
        held = Arrays.copyOfRange(held, part, held.length);
        return part;
    }

    private void more(int wanted) throws IOException {
        byte[] chunk = new byte[(int) Math.min(wanted, left)];
        int count = left == 0 ? 0 : in.read(chunk);
        if (count < 0) {
            throw new EOFException("Redis broke off after " + total + " bytes of the RDB file. See its log.");
        }
        left -= count;
        byte[] all = Arrays.copyOf(held, held.length + count);
        System.arraycopy(chunk, 0, all, held.length, count);
        boolean marked = mark.length > 0
                && all.length >= mark.length
                && Arrays.equals(all, all.length - mark.length, all.length, mark, 0, mark.length);
        boolean last = mark.length == 0 ? left == 0 : marked;
        int end = marked ? all.length - mark.length : all.length;
        check(all, held.length, end, last);
        held = last ? Arrays.copyOf(all, end) : all;
        ended = last;
    }

    /** Takes in what is new of the file and is certainly not its checksum or the mark after it. */
    private void check(byte[] all, int before, int end, boolean last) throws IOException {
        int kept = CHECKSUM + mark.length;
        int from = Math.max(0, before - kept);
        int until = last ? end - CHECKSUM : all.length - kept;
        if (total == 0 && all.length >= MAGIC.length && !Arrays.equals(all, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new IOException("Redis sent something that is no RDB file. Try again; see its log.");
        }
        if (until > from) {
            crc.update(all, from, until - from);
            total += until - from;
        }
        if (last) {
            long written = end < CHECKSUM
                    ? -1
                    : ByteBuffer.wrap(all, end - CHECKSUM, CHECKSUM)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong();
            // Zero where the server is set not to write one.
            if (written != 0 && written != crc.value()) {
                throw new IOException("The RDB file that Redis sent is damaged: its checksum is wrong. Try again; if it"
                        + " stays so, look at the memory of the server and of this machine.");
            }
        }
    }
}
