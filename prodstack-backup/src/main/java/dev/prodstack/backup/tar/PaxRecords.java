package dev.prodstack.backup.tar;

import dev.prodstack.backup.blob.DamagedException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The records of an extended header: {@code length keyword=value}, of which values may be any bytes; POSIX.1-2001,
 * "pax", extended header.
 */
final class PaxRecords {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    void add(String keyword, String value) {
        add(keyword, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Its length counts its own digits. */
    void add(String keyword, byte[] value) {
        byte[] name = keyword.getBytes(StandardCharsets.UTF_8);
        int bare = name.length + value.length + 3;
        int length = bare + Integer.toString(bare).length();
        length = bare + Integer.toString(length).length();
        out.writeBytes((length + " ").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(name);
        out.write('=');
        out.writeBytes(value);
        out.write('\n');
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    static Map<String, byte[]> read(byte[] records) throws DamagedException {
        Map<String, byte[]> read = new LinkedHashMap<>();
        int at = 0;
        while (at < records.length && records[at] != 0) {
            int space = at;
            int length = 0;
            while (space < records.length && records[space] >= '0' && records[space] <= '9' && space - at < 9) {
                length = length * 10 + records[space] - '0';
                space++;
            }
            int end = at + length;
            int equals = space;
            while (equals < records.length && records[equals] != '=') {
                equals++;
            }
            if (length == 0 || end > records.length || equals >= end || records[end - 1] != '\n') {
                throw new DamagedException("The tar stream has an extended header that cannot be read.");
            }
            String keyword = new String(records, space + 1, equals - space - 1, StandardCharsets.UTF_8);
            read.put(keyword, Arrays.copyOfRange(records, equals + 1, end - 1));
            at = end;
        }
        return read;
    }
}
