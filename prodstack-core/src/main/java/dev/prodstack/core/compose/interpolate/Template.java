package dev.prodstack.core.compose.interpolate;

import java.util.List;

/**
 * A text with references to variables, parsed.
 *
 * @param parts what it consists of, in order
 */
record Template(List<Part> parts) {
    static final Template EMPTY = new Template(List.of());

    Template {
        parts = List.copyOf(parts);
    }

    /** A piece of a template. */
    sealed interface Part {}

    /**
     * Text that stays as it is; {@code $$} has become a dollar sign.
     *
     * @param text the characters
     */
    record Literal(String text) implements Part {}

    /**
     * A dollar sign that begins no reference and stays as it is.
     *
     * @param offset its index in the text
     */
    record LoneDollar(int offset) implements Part {}

    /**
     * A reference to a variable.
     *
     * @param variable the variable's name
     * @param offset the index of its dollar sign in the text
     * @param rule what it is replaced by
     * @param presence when the variable counts as there
     * @param argument the default, the message or the alternative; empty for {@link Rule#VALUE}
     */
    record Reference(String variable, int offset, Rule rule, Presence presence, Template argument) implements Part {}

    /** What a reference is replaced by. */
    enum Rule {
        /** The value, empty if there is none. */
        VALUE,
        /** The value, or else the argument: {@code -}. */
        DEFAULT,
        /** The value, or else it is an error with the argument as message: {@code ?}. */
        REQUIRED,
        /** The argument if there is a value, or else nothing: {@code +}. */
        ALTERNATIVE
    }

    /** When a variable counts as there. */
    enum Presence {
        /** When it is set, be it to nothing. */
        SET,
        /** When it is set and not empty; the rule is written with a colon. */
        NOT_EMPTY
    }
}
