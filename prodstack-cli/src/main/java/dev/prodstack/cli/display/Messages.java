package dev.prodstack.cli.display;

import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.print.JsonText;
import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problem;
import dev.prodstack.core.value.Data;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What there is to say beside the result, on standard error, in UTF-8: for people, or as JSON with one object a line,
 * each with a {@code message_type}.
 */
public final class Messages {
    /** Who reads the messages. */
    public enum Reader {
        /** A person. */
        PERSON,
        /** A program. */
        PROGRAM
    }

    /** How much is said. */
    public enum Volume {
        /** Everything. */
        NORMAL,
        /** Nothing but failures. */
        QUIET
    }

    /** How much is said about what went wrong inside. */
    public enum Depth {
        /** What a user can act on. */
        FOR_USERS,
        /** Stack traces as well. */
        FOR_DEVELOPERS
    }

    /**
     * How messages look.
     *
     * @param style the colours of the stream
     * @param reader who reads them
     * @param volume how much is said
     * @param depth how deep failures are explained
     */
    public record Manner(Style style, Reader reader, Volume volume, Depth depth) {}

    private final OutputStream stream;
    private final Manner manner;
    private final Excerpts excerpts;

    /** Writes to a stream, quoting from excerpts. */
    public Messages(OutputStream stream, Manner manner, Excerpts excerpts) {
        this.stream = stream;
        this.manner = manner;
        this.excerpts = excerpts;
    }

    /** Says something that is good to know. */
    public void note(String message) {
        if (manner.volume() == Volume.QUIET) {
            return;
        }
        if (manner.reader() == Reader.PROGRAM) {
            line(object("note", Map.of("message", Data.of(message))));
        } else {
            line(Plain.line(message));
        }
    }

    /** Warns of something in a file. */
    public void warning(Problem problem) {
        if (manner.volume() == Volume.QUIET) {
            return;
        }
        line(manner.reader() == Reader.PROGRAM ? object("warning", fields(problem)) : text(Severity.WARNING, problem));
    }

    /** Says why the command failed. */
    public void failure(Failure failure) {
        if (manner.reader() == Reader.PROGRAM) {
            line(object("error", fields(failure)));
            return;
        }
        for (Problem problem : failure.problems()) {
            line(text(Severity.ERROR, problem) + "\n");
        }
        line(label(Severity.ERROR) + Plain.line(failure.message()) + fixLine(failure.fix()) + traceLines(failure));
    }

    /** The severity of a message. */
    private enum Severity {
        WARNING(Ink.WARNING, "warning: "),
        ERROR(Ink.ERROR, "error: ");

        private final Ink ink;
        private final String label;

        Severity(Ink ink, String label) {
            this.ink = ink;
            this.label = label;
        }
    }

    private String label(Severity severity) {
        return manner.style().paint(severity.ink, severity.label);
    }

    /** The first line has the form of a compiler's message, which editors understand. */
    private String text(Severity severity, Problem problem) {
        Position position = problem.position();
        StringBuilder text = new StringBuilder();
        text.append(manner.style().paint(Ink.STRONG, Plain.line(position + ":")))
                .append(' ')
                .append(label(severity))
                .append(problem.path().isEmpty() ? "" : Plain.line(problem.path()) + ": ")
                .append(Plain.line(problem.message()));
        Optional<Excerpts.Quote> quote = excerpts.quote(position.file(), position.line(), position.column());
        quote.ifPresent(source -> text.append(quoted(severity, position.line(), source)));
        return text.append(fixLine(problem.fix())).toString();
    }

    private String quoted(Severity severity, int line, Excerpts.Quote source) {
        Style style = manner.style();
        String number = "  " + line + " | ";
        String text = "\n" + style.paint(Ink.FAINT, number) + source.text();
        if (source.marker().isEmpty()) {
            return text;
        }
        String margin = " ".repeat(number.length() - 2) + "| ";
        String marker = source.marker();
        return text + "\n" + style.paint(Ink.FAINT, margin) + marker.substring(0, marker.length() - 1)
                + style.paint(severity.ink, "^");
    }

    private String fixLine(String fix) {
        return fix.isEmpty() ? "" : "\n  " + manner.style().paint(Ink.FIX, "fix: ") + Plain.line(fix);
    }

    private String traceLines(Failure failure) {
        return manner.depth() == Depth.FOR_DEVELOPERS ? "\n" + trace(failure) : "";
    }

    private static String trace(Failure failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString().strip();
    }

    private Map<String, Data> fields(Failure failure) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("code", Data.of(failure.code().number()));
        fields.put("status", Data.of(failure.code().word()));
        fields.put("message", Data.of(failure.message()));
        fields.put("fix", Data.of(failure.fix()));
        fields.put(
                "problems",
                Data.of(failure.problems().stream()
                        .map(problem -> Data.of(fields(problem)))
                        .toList()));
        if (manner.depth() == Depth.FOR_DEVELOPERS) {
            fields.put("trace", Data.of(trace(failure)));
        }
        return fields;
    }

    /** A problem as data: {@code file}, {@code line}, {@code column}, {@code path}, {@code message}, {@code fix}. */
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

    private static String object(String type, Map<String, Data> fields) {
        Map<String, Data> object = new LinkedHashMap<>();
        object.put("message_type", Data.of(type));
        object.putAll(fields);
        return JsonText.compact(Data.of(object));
    }

    /** A message that cannot be written has nowhere else to go. */
    private void line(String text) {
        try {
            stream.write((text + "\n").getBytes(StandardCharsets.UTF_8));
            stream.flush();
        } catch (IOException e) {
            return;
        }
    }
}
