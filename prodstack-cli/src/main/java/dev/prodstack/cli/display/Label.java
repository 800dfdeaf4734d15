package dev.prodstack.cli.display;

import java.util.Locale;

/** What a message begins with. */
public enum Label {
    /** Something is wrong. */
    ERROR(Ink.ERROR),
    /** Something may be wrong. */
    WARNING(Ink.WARNING),
    /** Something is good to know. */
    INFO(Ink.STRONG);

    private final Ink ink;

    Label(Ink ink) {
        this.ink = ink;
    }

    Ink ink() {
        return ink;
    }

    /** The label with its colon. */
    String text() {
        return name().toLowerCase(Locale.ROOT) + ":";
    }
}
