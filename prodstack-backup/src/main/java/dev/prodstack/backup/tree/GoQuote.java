package dev.prodstack.backup.tree;

import dev.prodstack.backup.blob.DamagedException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Names as Go's {@code strconv.Quote} writes them, without the quotation marks: so bytes that are not UTF-8 survive.
 */
final class GoQuote {
    private static final String LETTERS = "abfnrtv";
    private static final String CONTROLS = "\u0007\b\f\n\r\t\u000b";

    private GoQuote() {}

    static String quote(byte[] name) {
        StringBuilder out = new StringBuilder(name.length + 8);
        for (int at = 0; at < name.length; ) {
            int width = Utf8.width(name, at);
            if (width == 0) {
                out.append("\\x").append(HexFormat.of().toHexDigits(name[at]));
                at++;
            } else {
                quote(out, new String(name, at, width, StandardCharsets.UTF_8).codePointAt(0));
                at += width;
            }
        }
        return out.toString();
    }

    private static void quote(StringBuilder out, int point) {
        int control = CONTROLS.indexOf(point);
        if (point == '"' || point == '\\') {
            out.append('\\').append((char) point);
        } else if (control >= 0) {
            out.append('\\').append(LETTERS.charAt(control));
        } else if (printable(point)) {
            out.appendCodePoint(point);
        } else if (point < ' ' || point == 0x7f) {
            out.append("\\x").append(HexFormat.of().toHexDigits((byte) point));
        } else if (point < 0x10000) {
            out.append("\\u").append(HexFormat.of().toHexDigits((char) point));
        } else {
            out.append("\\U").append(HexFormat.of().toHexDigits(point));
        }
    }

    /** As Go's {@code unicode.IsPrint}: letters, marks, numbers, punctuation, symbols and the space. */
    private static boolean printable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> point == ' ';
            default -> true;
        };
    }

    static byte[] unquote(String quoted) throws DamagedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(quoted.length());
        int at = 0;
        while (at < quoted.length()) {
            int point = quoted.codePointAt(at);
            at += Character.charCount(point);
            if (point != '\\') {
                out.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            char escape = at < quoted.length() ? quoted.charAt(at) : 0;
            at++;
            int control = LETTERS.indexOf(escape);
            int digits = escape == 'x' ? 2 : escape == 'u' ? 4 : escape == 'U' ? 8 : 0;
            if (escape == '"' || escape == '\\' || escape == '\'') {
                out.write(escape);
            } else if (control >= 0) {
                out.write(CONTROLS.charAt(control));
            } else if (digits > 0 && at + digits <= quoted.length()) {
                escaped(out, quoted, at, digits);
                at += digits;
            } else {
                throw unreadable(quoted, null);
            }
        }
        return out.toByteArray();
    }

    private static void escaped(ByteArrayOutputStream out, String quoted, int at, int digits) throws DamagedException {
        try {
            int value = HexFormat.fromHexDigits(quoted, at, at + digits);
            if (digits == 2) {
                out.write(value);
            } else {
                out.writeBytes(Character.toString(value).getBytes(StandardCharsets.UTF_8));
            }
        } catch (IllegalArgumentException e) {
            throw unreadable(quoted, e);
        }
    }

    private static DamagedException unreadable(String quoted, @Nullable Throwable cause) {
        return new DamagedException("has a name with an escape that cannot be read: \"" + quoted + "\"", cause);
    }
}
