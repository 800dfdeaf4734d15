package dev.prodstack.cli.display;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text that comes from files, made safe and measurable for a terminal. */
public final class Plain {
    /** What changes colours and the like, and nothing else. */
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;:]*m");

    private static final int FIRST_WIDE = 0x1100;
    private static final int FIRST_PICTOGRAPH = 0x1F300;

    private Plain() {}

    /** The text without anything that could move the cursor, change colours or reorder the line. */
    public static String line(String text) {
        if (text.codePoints().allMatch(Plain::isHarmless)) {
            return text;
        }
        StringBuilder harmless = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isHarmless(c)) {
                harmless.appendCodePoint(c);
            } else if (c == '\n') {
                harmless.append("\\n");
            } else {
                harmless.append(String.format("\\u%04x", c));
            }
        });
        return harmless.toString();
    }

    /** The text with its own colours where there are colours, and without them elsewhere; otherwise harmless. */
    public static String line(String text, Style style) {
        if (text.indexOf('\u001b') < 0) {
            return line(text);
        }
        StringBuilder line = new StringBuilder();
        Matcher colour = COLOUR.matcher(text);
        int from = 0;
        while (colour.find()) {
            line.append(line(text.substring(from, colour.start())));
            line.append(style == Style.COLOURED ? colour.group() : "");
            from = colour.end();
        }
        boolean left = style == Style.COLOURED && from > 0;
        return line.append(line(text.substring(from)))
                .append(left ? "\u001b[0m" : "")
                .toString();
    }

    private static boolean isHarmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c == '\t';
            case Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            default -> true;
        };
    }

    /** The number of terminal columns the text takes, as far as that can be known without the terminal. */
    public static int width(String text) {
        return text.codePoints().map(Plain::width).sum();
    }

    /** The columns of one character: none for a combining mark, two for ideographs and pictographs. */
    static int width(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        if (c < FIRST_WIDE) {
            return 1;
        }
        return Character.isIdeographic(c) || c >= FIRST_PICTOGRAPH || isHangulOrKana(c) ? 2 : 1;
    }

    private static boolean isHangulOrKana(int c) {
        Character.UnicodeScript script = Character.UnicodeScript.of(c);
        return script == Character.UnicodeScript.HANGUL
                || script == Character.UnicodeScript.HIRAGANA
                || script == Character.UnicodeScript.KATAKANA;
    }
}
