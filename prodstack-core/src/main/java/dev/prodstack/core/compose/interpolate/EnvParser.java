package dev.prodstack.core.compose.interpolate;

import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problems;
import dev.prodstack.core.yaml.SourceText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@link EnvFile.Format#COMPOSE}, as the Compose Specification's section on {@code env_file} and, where that is
 * silent, Docker Compose does. A line that is wrong is reported and skipped.
 */
final class EnvParser {
    /** The most characters that all values together may have once their variables are put in. */
    static final int MAX_TOTAL = 4 * Interpolator.MAX_CHARACTERS;

    private static final int MAX_REPORTED = 100;
    private static final String EXPORT = "export";
    private static final String ESCAPES = "abfnrtv\\$\"";
    private static final String ESCAPED = "\u0007\b\f\n\r\t\u000B\\$\"";

    private final SourceText source;
    private final String text;
    private final LineIndex lines;
    private final Variables variables;
    private final Problems problems;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<Unset> unset = new ArrayList<>();
    private int at;
    private int left = MAX_TOTAL;
    private int reported;

    private EnvParser(SourceText source, Variables variables, Problems problems) {
        this.source = source;
        this.text = source.text();
        this.lines = new LineIndex(source);
        this.variables = variables;
        this.problems = problems;
        this.at = text.startsWith("\uFEFF") ? 1 : 0;
    }

    static EnvFile parse(SourceText source, Variables variables, Problems problems) {
        EnvParser parser = new EnvParser(source, variables, problems);
        while (parser.at < parser.text.length() && parser.reported < MAX_REPORTED) {
            parser.statement();
        }
        return new EnvFile(parser.values, parser.unset);
    }

    private void statement() {
        skipBlanks();
        if (atLineEndOrComment()) {
            skipLine();
            return;
        }
        if (text.startsWith(EXPORT, at) && isBlank(charAt(at + EXPORT.length()))) {
            at += EXPORT.length();
            skipBlanks();
        }
        String name = name();
        int end = at;
        skipBlanks();
        char separator = charAt(at);
        if (name.isEmpty() || !(separator == '=' || separator == ':' || atLineEndOrComment())) {
            report(
                    name.isEmpty() || end < at ? at : end,
                    "expected NAME=value, found " + found()
                            + (name.isEmpty() ? " where the name begins" : " in the name"),
                    "use letters, digits, _ . - [ ] in a name; begin a comment with #");
            skipLine();
        } else if (atLineEndOrComment()) {
            variables.get(name).ifPresent(value -> put(name, value));
            skipLine();
        } else {
            at++;
            skipBlanks();
            value(name);
        }
    }

    private String name() {
        int start = at;
        while (at < text.length() && isNamePart(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        return text.substring(start, at);
    }

    private static boolean isNamePart(int c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-' || c == '[' || c == ']';
    }

    private void value(String name) {
        if (charAt(at) != '\'' && charAt(at) != '"') {
            unquoted(name);
            return;
        }
        Piece piece = new Piece();
        int opening = at;
        boolean ended = charAt(at++) == '\'' ? singleQuoted(piece) : doubleQuoted(piece);
        if (!ended) {
            at = opening;
            report(opening, "the value of " + shown(name) + " has no closing quote", "add the " + charAt(opening));
            skipLine();
            return;
        }
        at++;
        skipBlanks();
        if (!atLineEndOrComment()) {
            report(
                    at,
                    "expected the end of the line after the closing quote, found " + found(),
                    "write \\" + charAt(opening) + " for a quote inside the value");
        } else if (charAt(opening) == '\'') {
            put(name, piece.text.toString());
        } else {
            expand(name, piece);
        }
        skipLine();
    }

    private void unquoted(String name) {
        int start = at;
        skipLine();
        String value = text.substring(start, at).stripTrailing();
        // The blank before a comment may be the one after the equals sign.
        int comment = value.startsWith("#") && isBlank(text.charAt(start - 1)) ? 0 : value.indexOf(" #");
        Piece piece = new Piece();
        int end = comment < 0
                ? value.length()
                : value.substring(0, comment).stripTrailing().length();
        for (int i = 0; i < end; i++) {
            piece.add(value.charAt(i), start + i);
        }
        expand(name, piece);
    }

    /** Up to the closing quote; false if there is none. */
    private boolean singleQuoted(Piece piece) {
        for (; at < text.length() && text.charAt(at) != '\''; at++) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                if (text.charAt(at + 1) != '\'') {
                    piece.add('\\', at);
                }
                at++;
            }
            piece.add(text.charAt(at), at);
        }
        return at < text.length();
    }

    /** Up to the closing quote; false if there is none. */
    private boolean doubleQuoted(Piece piece) {
        while (at < text.length() && text.charAt(at) != '"') {
            int start = at;
            char c = text.charAt(at++);
            char next = charAt(at);
            if (c != '\\' || at >= text.length()) {
                piece.add(c, start);
            } else if (next == '0') {
                octal(piece, start);
            } else {
                at++;
                int known = ESCAPES.indexOf(next);
                // An escaped dollar sign stays one through the expansion; an escape nobody knows stays as it is.
                piece.add(known < 0 ? '\\' : ESCAPED.charAt(known), start);
                if (known < 0 || next == '$') {
                    piece.add(next, start);
                }
            }
        }
        return at < text.length();
    }

    /** {@code \0} and three octal digits is the character of that number. */
    private void octal(Piece piece, int start) {
        String digits = text.substring(at + 1, Math.min(at + 4, text.length()));
        if (digits.matches("[0-3][0-7]{2}")) {
            char c = (char) Integer.parseInt(digits, 8);
            piece.add(c, start);
            if (c == '$') {
                piece.add(c, start);
            }
            at += 4;
        } else {
            piece.add('\\', start);
            piece.add('0', start);
            at++;
        }
    }

    private void expand(String name, Piece piece) {
        if (piece.text.indexOf("$") < 0) {
            put(name, piece.text.toString());
            return;
        }
        try {
            Template template = TemplateParser.parse(piece.text.toString());
            Expansion expansion = Expansion.of(template, this::find, Interpolator.MAX_CHARACTERS);
            boolean whole = true;
            for (Expansion.Finding finding : expansion.findings()) {
                whole &= accept(finding, piece);
            }
            if (whole) {
                put(name, expansion.text());
            }
        } catch (TemplateException e) {
            report(piece.origin(e.offset()), e.message(), e.fix());
        }
    }

    private Optional<Setting> find(String name) {
        return variables.find(name, source.name(), values);
    }

    /** Notes a finding; false if there is no value because of it. */
    private boolean accept(Expansion.Finding finding, Piece piece) {
        if (finding instanceof Expansion.Blank blank) {
            if (unset.size() < Interpolator.MAX_REPORTED) {
                unset.add(new Unset(blank.variable(), position(piece.origin(blank.offset())), ""));
            }
            return true;
        }
        if (finding instanceof Expansion.Dollar) {
            return true;
        }
        reported++;
        if (finding instanceof Expansion.Missing missing) {
            problems.add(Wording.missing(missing, position(piece.origin(missing.offset())), "", variables));
        } else {
            problems.add(Wording.tooLong(Interpolator.MAX_CHARACTERS, position(piece.origin(0)), ""));
        }
        return false;
    }

    private void put(String name, String value) {
        left -= value.length();
        if (left < 0) {
            problems.add(Wording.allTooLong(MAX_TOTAL, position(Math.max(0, at - 1)), ""));
            reported = MAX_REPORTED;
            return;
        }
        values.put(name, value);
    }

    private void report(int offset, String message, String fix) {
        reported++;
        problems.add(position(offset), "", message, fix);
    }

    private Position position(int offset) {
        return lines.position(offset, Places.LONGEST_LINE);
    }

    /** To the beginning of the next line. */
    private void skipLine() {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end + 1;
    }

    private void skipBlanks() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\u000B' || c == '\u0085' || c == '\u00A0';
    }

    private boolean atLineEndOrComment() {
        return at >= text.length() || text.charAt(at) == '\n' || text.charAt(at) == '#';
    }

    private char charAt(int index) {
        return index < text.length() ? text.charAt(index) : '\n';
    }

    private String found() {
        if (at >= text.length() || text.charAt(at) == '\n') {
            return "the end of the line";
        }
        int c = text.codePointAt(at);
        return Character.isISOControl(c) ? "a control character" : "\"" + Character.toString(c) + "\"";
    }

    private static String shown(String name) {
        return TemplateParser.shortened(name);
    }

    /** A value as it reads, and where in the file each character of it comes from. */
    private static final class Piece {
        private final StringBuilder text = new StringBuilder();
        private int[] origins = new int[64];

        void add(char c, int origin) {
            if (text.length() == origins.length) {
                origins = Arrays.copyOf(origins, 2 * origins.length);
            }
            origins[text.length()] = origin;
            text.append(c);
        }

        int origin(int index) {
            return origins[index];
        }
    }
}
