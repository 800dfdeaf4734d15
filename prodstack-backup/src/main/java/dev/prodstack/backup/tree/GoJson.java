package dev.prodstack.backup.tree;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;

/**
 * Writes JSON to the byte as Go's encoding/json: what HTML would take for markup is escaped, and times are RFC 3339.
 */
final class GoJson {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);

    GoJson raw(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    GoJson text(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                case '<', '>', '&', '\u2028', '\u2029' -> escape(json, c);
                default -> {
                    if (c < ' ') {
                        escape(json, c);
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        return raw(json.append('"').toString());
    }

    GoJson time(OffsetDateTime time) {
        return raw(rfc3339(time));
    }

    /** Nanoseconds without trailing zeros, and {@code Z} for no offset; Go's {@code time.RFC3339Nano}. */
    static String rfc3339(OffsetDateTime time) {
        StringBuilder json = new StringBuilder(40).append('"');
        padded(json, time.getYear(), 4).append('-');
        padded(json, time.getMonthValue(), 2).append('-');
        padded(json, time.getDayOfMonth(), 2).append('T');
        padded(json, time.getHour(), 2).append(':');
        padded(json, time.getMinute(), 2).append(':');
        padded(json, time.getSecond(), 2);
        if (time.getNano() != 0) {
            padded(json.append('.'), time.getNano(), 9);
            while (json.charAt(json.length() - 1) == '0') {
                json.setLength(json.length() - 1);
            }
        }
        int minutes = time.getOffset().getTotalSeconds() / 60;
        if (time.getOffset().equals(ZoneOffset.UTC)) {
            json.append('Z');
        } else {
            json.append(minutes < 0 ? '-' : '+');
            padded(json, Math.abs(minutes) / 60, 2).append(':');
            padded(json, Math.abs(minutes) % 60, 2);
        }
        return json.append('"').toString();
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    private static void escape(StringBuilder json, char c) {
        json.append("\\u").append(HexFormat.of().toHexDigits(c));
    }

    private static StringBuilder padded(StringBuilder json, int value, int width) {
        String digits = Integer.toString(value);
        return json.append("0".repeat(Math.max(0, width - digits.length()))).append(digits);
    }
}
