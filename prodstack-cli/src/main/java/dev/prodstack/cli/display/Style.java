package dev.prodstack.cli.display;

import java.util.Map;

/** Whether a stream takes colours. */
public enum Style {
    /** It does not. */
    PLAIN,
    /** It does, as ANSI escape sequences. */
    COLOURED;

    /** What a stream is connected to. */
    public enum Sink {
        /** A terminal, with a person in front of it. */
        TERMINAL,
        /** A file, a pipe, or nothing. */
        OTHER
    }

    /**
     * The style of one stream. A mode that was chosen outright wins; after it {@code NO_COLOR}, {@code FORCE_COLOR} and
     * {@code TERM=dumb}, in that order; after them, whether the stream is a terminal.
     */
    public static Style of(ColorMode mode, Map<String, String> environment, Sink sink) {
        if (mode != ColorMode.AUTO) {
            return mode == ColorMode.ALWAYS ? COLOURED : PLAIN;
        }
        if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
            return PLAIN;
        }
        String force = environment.getOrDefault("FORCE_COLOR", "");
        if (!force.isEmpty()) {
            return force.equals("0") || force.equals("false") ? PLAIN : COLOURED;
        }
        return sink == Sink.TERMINAL && !environment.getOrDefault("TERM", "").equals("dumb") ? COLOURED : PLAIN;
    }

    /** The text in a colour, where there are colours. */
    public String paint(Ink ink, String text) {
        return this == PLAIN || text.isEmpty() ? text : "\u001b[" + ink.code() + "m" + text + "\u001b[0m";
    }
}
