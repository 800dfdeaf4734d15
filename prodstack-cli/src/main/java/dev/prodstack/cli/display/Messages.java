package dev.prodstack.cli.display;

import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.print.JsonText;
import dev.prodstack.core.problem.Problem;
import dev.prodstack.core.value.Data;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

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
    private final ProblemText text;

    /** Writes to a stream, quoting from excerpts. */
    public Messages(OutputStream stream, Manner manner, Excerpts excerpts) {
        this.stream = stream;
        this.manner = manner;
        this.text = new ProblemText(manner.style(), excerpts);
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

    /**
     * Says how far something is.
     *
     * @param message for people; may have several lines
     * @param fields for programs
     */
    public void progress(String message, Map<String, Data> fields) {
        if (manner.volume() == Volume.QUIET) {
            return;
        }
        line(
                manner.reader() == Reader.PROGRAM
                        ? object("progress", fields)
                        : message.lines().map(Plain::line).collect(Collectors.joining("\n")));
    }

    /** Warns of something in a file. */
    public void warning(Problem problem) {
        if (manner.volume() == Volume.QUIET) {
            return;
        }
        line(
                manner.reader() == Reader.PROGRAM
                        ? object("warning", ProblemText.fields(problem))
                        : text.of(Label.WARNING, problem, "") + "\n");
    }

    /** Says why the command failed. */
    public void failure(Failure failure) {
        if (manner.reader() == Reader.PROGRAM) {
            line(object("error", fields(failure)));
            return;
        }
        for (Problem problem : failure.problems()) {
            line(text.of(Label.ERROR, problem, "") + "\n");
        }
        line(text.of(Label.ERROR, failure.message(), failure.fix()) + traceLines(failure));
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
                        .map(problem -> Data.of(ProblemText.fields(problem)))
                        .toList()));
        if (manner.depth() == Depth.FOR_DEVELOPERS) {
            fields.put("trace", Data.of(trace(failure)));
        }
        return fields;
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
