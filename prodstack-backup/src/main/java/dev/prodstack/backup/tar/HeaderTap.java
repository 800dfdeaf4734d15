package dev.prodstack.backup.tar;

import dev.prodstack.backup.blob.DamagedException;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;

/**
 * Keeps the headers of a tar stream as they pass, as the library that reads them turns names and values into text,
 * where what is not UTF-8 is lost.
 */
final class HeaderTap extends FilterInputStream {
    private static final int BLOCK = 512;
    private static final int MOST = 8 * 1024 * 1024;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long position;
    private boolean keeping;

    HeaderTap(InputStream in) {
        super(in);
    }

    /** The headers of one entry, with names as bytes. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Headers(byte[] name, byte[] link, Map<String, byte[]> records) {}

    /** Keeps what is read from here on. */
    void keep() {
        kept.reset();
        keeping = true;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = super.read(into, offset, length);
        if (count > 0) {
            position += count;
            if (keeping) {
                kept.write(into, offset, count);
            }
            if (kept.size() > MOST) {
                throw new DamagedException("The tar stream has headers of more than " + MOST + " bytes.");
            }
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        byte[] skipped = new byte[(int) Math.min(count, BLOCK * 16)];
        return Math.max(0, read(skipped, 0, skipped.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Whether what was read since {@link #keep} has a block of zeros, which ends a stream. */
    boolean endsWell() {
        keeping = false;
        byte[] blocks = kept.toByteArray();
        long begin = position - blocks.length;
        int at = (int) ((BLOCK - begin % BLOCK) % BLOCK);
        return at + BLOCK <= blocks.length && Arrays.equals(blocks, at, at + BLOCK, new byte[BLOCK], 0, BLOCK);
    }

    /** The headers of the entry that begins here. */
    Headers headers() throws IOException {
        keeping = false;
        byte[] blocks = kept.toByteArray();
        long begin = position - blocks.length;
        int at = (int) ((BLOCK - begin % BLOCK) % BLOCK);
        Map<String, byte[]> records = new LinkedHashMap<>();
        Optional<byte[]> longName = Optional.empty();
        Optional<byte[]> longLink = Optional.empty();
        while (at + BLOCK <= blocks.length) {
            byte type = blocks[at + 156];
            if (type != TarConstants.LF_PAX_EXTENDED_HEADER_LC
                    && type != TarConstants.LF_PAX_EXTENDED_HEADER_UC
                    && type != TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER
                    && type != TarConstants.LF_GNUTYPE_LONGNAME
                    && type != TarConstants.LF_GNUTYPE_LONGLINK) {
                byte[] name = longName.orElse(name(blocks, at));
                byte[] link = longLink.orElse(text(blocks, at + 157, 100));
                return new Headers(records.getOrDefault("path", name), records.getOrDefault("linkpath", link), records);
            }
            long size = TarUtils.parseOctalOrBinary(blocks, at + 124, 12);
            if (size < 0 || at + BLOCK + size > blocks.length) {
                break;
            }
            byte[] body = Arrays.copyOfRange(blocks, at + BLOCK, (int) (at + BLOCK + size));
            switch (type) {
                case TarConstants.LF_PAX_EXTENDED_HEADER_LC, TarConstants.LF_PAX_EXTENDED_HEADER_UC ->
                    records.putAll(PaxRecords.read(body));
                case TarConstants.LF_GNUTYPE_LONGNAME -> longName = Optional.of(text(body, 0, body.length));
                case TarConstants.LF_GNUTYPE_LONGLINK -> longLink = Optional.of(text(body, 0, body.length));
                default -> {
                    // Global records are about the whole archive, such as a comment.
                }
            }
            at += BLOCK + (int) ((size + BLOCK - 1) / BLOCK * BLOCK);
        }
        throw new DamagedException("The tar stream has a header that cannot be read.");
    }

    private static byte[] name(byte[] blocks, int at) {
        byte[] name = text(blocks, at, 100);
        byte[] magic = Arrays.copyOfRange(blocks, at + 257, at + 263);
        byte[] prefix = text(blocks, at + 345, 155);
        boolean posix = Arrays.equals(magic, new byte[] {'u', 's', 't', 'a', 'r', 0});
        if (!posix || prefix.length == 0) {
            return name;
        }
        byte[] whole = Arrays.copyOf(prefix, prefix.length + 1 + name.length);
        whole[prefix.length] = '/';
        System.arraycopy(name, 0, whole, prefix.length + 1, name.length);
        return whole;
    }

    private static byte[] text(byte[] bytes, int from, int length) {
        int end = from;
        while (end < from + length && bytes[end] != 0) {
            end++;
        }
        return Arrays.copyOfRange(bytes, from, end);
    }
}
