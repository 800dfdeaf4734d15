package dev.prodstack.cli.display;

/** Text that comes from files, made safe and measurable for a terminal. */
public final class Plain {
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
