package dev.prodstack.core.compose.interpolate;

import dev.prodstack.core.compose.interpolate.Template.Literal;
import dev.prodstack.core.compose.interpolate.Template.LoneDollar;
import dev.prodstack.core.compose.interpolate.Template.Part;
import dev.prodstack.core.compose.interpolate.Template.Presence;
import dev.prodstack.core.compose.interpolate.Template.Reference;
import dev.prodstack.core.compose.interpolate.Template.Rule;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses templates by the Compose Specification's section on interpolation.
 *
 * <p>Where that leaves the grammar open: an argument ends at the brace that balances the one it began with, whether the
 * braces between belong to references or not, so that <code>${LABELS:-{"a": 1}}</code> has <code>{"a": 1}</code> as its
 * default; a dollar sign before anything but a name, a brace or another dollar sign is kept.
 */
final class TemplateParser {
    static final int MAX_DEPTH = 100;
    private static final String DOLLAR_FIX = "write $$ for a dollar sign";

    private final String text;
    private final Dollars dollars;
    private int at;

    private TemplateParser(String text, Dollars dollars) {
        this.text = text;
        this.dollars = dollars;
    }

    /** Which dollar signs begin a reference, or escape one. */
    enum Dollars {
        /** All, as in Compose files. */
        ALL,
        /** Those before a brace and a capital letter; others are left to the program that the text is for. */
        BEFORE_BRACED_CAPITALS
    }

    static Template parse(String text) throws TemplateException {
        return parse(text, Dollars.ALL);
    }

    static Template parse(String text, Dollars dollars) throws TemplateException {
        return new TemplateParser(text, dollars).sequence(0);
    }

    /** Parts up to the end of the text or, inside a reference, up to the brace that ends it. */
    private Template sequence(int depth) throws TemplateException {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int open = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (depth > 0 && c == '}' && open == 0) {
                break;
            }
            if (c == '$' && isMeant()) {
                if (startsWith("$$")) {
                    literal.append('$');
                    at += 2;
                } else {
                    flush(literal, parts);
                    parts.add(dollar(depth));
                }
                continue;
            }
            open += c == '{' ? 1 : c == '}' ? -1 : 0;
            literal.append(c);
            at++;
        }
        flush(literal, parts);
        return parts.isEmpty() ? Template.EMPTY : new Template(parts);
    }

    private boolean isMeant() {
        if (dollars == Dollars.ALL) {
            return true;
        }
        int brace = startsWith("$$") ? at + 2 : at + 1;
        return text.startsWith("{", brace)
                && brace + 1 < text.length()
                && text.charAt(brace + 1) >= 'A'
                && text.charAt(brace + 1) <= 'Z';
    }

    private static void flush(StringBuilder literal, List<Part> parts) {
        if (!literal.isEmpty()) {
            parts.add(new Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    private Part dollar(int depth) throws TemplateException {
        int start = at;
        if (startsWith("${")) {
            return braced(start, depth);
        }
        at++;
        String name = name();
        return name.isEmpty()
                ? new LoneDollar(start)
                : new Reference(name, start, Rule.VALUE, Presence.SET, Template.EMPTY);
    }

    private Part braced(int start, int depth) throws TemplateException {
        if (depth >= MAX_DEPTH) {
            throw new TemplateException(
                    start, "references are nested more than " + MAX_DEPTH + " levels deep", "use fewer levels");
        }
        at += 2;
        String name = name();
        if (at >= text.length()) {
            throw unclosed(start);
        }
        if (name.isEmpty()) {
            throw new TemplateException(
                    start,
                    "expected the name of a variable (letters, digits and _) after ${, found " + found(),
                    DOLLAR_FIX);
        }
        Presence presence = text.charAt(at) == ':' ? Presence.NOT_EMPTY : Presence.SET;
        if (presence == Presence.NOT_EMPTY) {
            at++;
        }
        Rule rule = at >= text.length() ? Rule.VALUE : rule(text.charAt(at));
        Template argument = Template.EMPTY;
        if (rule != Rule.VALUE) {
            at++;
            argument = sequence(depth + 1);
        } else if (presence == Presence.NOT_EMPTY || !startsWith("}")) {
            throw new TemplateException(
                    start,
                    "expected } or one of - :- ? :? + :+ after ${" + shortened(name) + ", found " + found(),
                    DOLLAR_FIX);
        }
        if (at >= text.length()) {
            throw unclosed(start);
        }
        at++;
        return new Reference(name, start, rule, presence, argument);
    }

    private static Rule rule(char c) {
        return switch (c) {
            case '-' -> Rule.DEFAULT;
            case '?' -> Rule.REQUIRED;
            case '+' -> Rule.ALTERNATIVE;
            default -> Rule.VALUE;
        };
    }

    private String name() {
        int start = at;
        while (at < text.length() && isNamePart(text.charAt(at), at > start)) {
            at++;
        }
        return text.substring(start, at);
    }

    private static boolean isNamePart(char c, boolean digitsToo) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        return letter || (digitsToo && c >= '0' && c <= '9');
    }

    private boolean startsWith(String prefix) {
        return text.startsWith(prefix, at);
    }

    private String found() {
        if (at >= text.length()) {
            return "the end";
        }
        int c = text.codePointAt(at);
        return c == ' ' ? "a space" : Character.isISOControl(c) ? "a control character" : Character.toString(c);
    }

    private static TemplateException unclosed(int start) {
        return new TemplateException(start, "${ without the } that ends it", "add the }, or " + DOLLAR_FIX);
    }

    static String shortened(String name) {
        return name.length() <= 64 ? name : name.substring(0, 64) + "...";
    }
}
