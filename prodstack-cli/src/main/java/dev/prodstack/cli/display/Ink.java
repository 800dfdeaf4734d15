package dev.prodstack.cli.display;

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
    REMOVED("31");

    private final String code;

    Ink(String code) {
        this.code = code;
    }

    /** The parameters of the terminal's SGR sequence. */
    String code() {
        return code;
    }
}
