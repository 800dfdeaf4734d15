package dev.prodstack.cli.display;

import java.util.List;

/** What a colour means. */
public enum Ink {
    /** Something is wrong. */
    ERROR("1;31"),
    /** Something may be wrong. */
    WARNING("1;33"),
    /** What to do about it. */
    FIX("36"),
    /** A name or place to look at. */
    STRONG("1"),
    /** What matters less than the rest. */
    FAINT("2"),
    /** Something comes into being. */
    ADDED("32"),
    /** Something becomes another. */
    CHANGED("33"),
    /** Something goes. */
    REMOVED("31"),
    /** One of several things that are told apart; the colour itself means nothing. */
    CYAN("36"),
    /** Another of these. */
    YELLOW("33"),
    /** Another of these. */
    GREEN("32"),
    /** Another of these. */
    MAGENTA("35"),
    /** Another of these. */
    BLUE("34"),
    /** Another of these. */
    LIGHT_CYAN("96");

    private static final List<Ink> APART = List.of(CYAN, YELLOW, GREEN, MAGENTA, BLUE, LIGHT_CYAN);

    private final String code;

    Ink(String code) {
        this.code = code;
    }

    /** The colour of the thing of that number, from 0, among several that are told apart. */
    public static Ink apart(int number) {
        return APART.get(number % APART.size());
    }

    /** The parameters of the terminal's SGR sequence. */
    String code() {
        return code;
    }
}
