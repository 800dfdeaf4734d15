package dev.prodstack.cli.display;

/** Running text in lines that fit a terminal. */
public final class Paragraph {
    private static final int WIDTH = 80;
    private static final String INDENT = "  ";

    private Paragraph() {}

    /** The words of a text in indented lines, each ending with a line break; a word that fits no line has its own. */
    public static String of(String text) {
        StringBuilder paragraph = new StringBuilder();
        StringBuilder line = new StringBuilder(INDENT);
        for (String word : Plain.line(text).strip().split("\\s+", -1)) {
            boolean first = line.length() == INDENT.length();
            if (!first && Plain.width(line.toString()) + 1 + Plain.width(word) > WIDTH) {
                paragraph.append(line).append('\n');
                line.setLength(INDENT.length());
                first = true;
            }
            line.append(first ? "" : " ").append(word);
        }
        return paragraph.append(line).append('\n').toString();
    }
}
