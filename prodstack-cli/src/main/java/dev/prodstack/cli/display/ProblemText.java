package dev.prodstack.cli.display;

import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problem;
import dev.prodstack.core.value.Data;
import java.util.LinkedHashMap;
import java.util.Map;

/** A problem as people read it, with the line it is in and a mark under the column. */
public final class ProblemText {
    private final Style style;
    private final Excerpts excerpts;

    /** Writes in a style, quoting from excerpts. */
    public ProblemText(Style style, Excerpts excerpts) {
        this.style = style;
        this.excerpts = excerpts;
    }

    /**
     * A problem in several lines, the last without its line break. The first has the form of a compiler's message,
     * which editors turn into a link.
     *
     * @param note what stands in brackets behind the message; empty for nothing
     */
    public String of(Label label, Problem problem, String note) {
        Position position = problem.position();
        StringBuilder text = new StringBuilder();
        if (!position.equals(Failure.ARGUMENTS)) {
            text.append(style.paint(Ink.STRONG, Plain.line(position + ":"))).append(' ');
        }
        text.append(style.paint(label.ink(), label.text())).append(' ');
        if (!problem.path().isEmpty()) {
            text.append(Plain.line(problem.path())).append(": ");
        }
        text.append(Plain.line(problem.message()));
        if (!note.isEmpty()) {
            text.append(' ').append(style.paint(Ink.FAINT, "[" + note + "]"));
        }
        excerpts.quote(position.file(), position.line(), position.column())
                .ifPresent(quote -> text.append(quoted(label, position.line(), quote)));
        return text.append(fixLine(problem.fix())).toString();
    }

    /** A message that is about no place, the last line without its line break. */
    String of(Label label, String message, String fix) {
        return style.paint(label.ink(), label.text()) + " " + Plain.line(message) + fixLine(fix);
    }

    private String quoted(Label label, int line, Excerpts.Quote quote) {
        String number = "  " + line + " | ";
        String text = "\n" + style.paint(Ink.FAINT, number) + quote.text();
        if (quote.marker().isEmpty()) {
            return text;
        }
        String margin = " ".repeat(number.length() - 2) + "| ";
        String marker = quote.marker();
        return text + "\n" + style.paint(Ink.FAINT, margin) + marker.substring(0, marker.length() - 1)
                + style.paint(label.ink(), "^");
    }

    private String fixLine(String fix) {
        return fix.isEmpty() ? "" : "\n  " + style.paint(Ink.FIX, "fix:") + " " + Plain.line(fix);
    }

    /** A problem as data; line and column are null where the whole file or line is meant. */
    public static Map<String, Data> fields(Problem problem) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("file", Data.of(problem.position().file()));
        fields.put("line", place(problem.position().line()));
        fields.put("column", place(problem.position().column()));
        fields.put("path", Data.of(problem.path()));
        fields.put("message", Data.of(problem.message()));
        fields.put("fix", Data.of(problem.fix()));
        return fields;
    }

    private static Data place(int number) {
        return number == 0 ? Data.Null.NULL : Data.of(number);
    }
}
