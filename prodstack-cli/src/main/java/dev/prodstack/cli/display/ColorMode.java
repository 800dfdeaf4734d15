package dev.prodstack.cli.display;

import java.util.Locale;

/** When to write in colour. */
public enum ColorMode {
    /** On a terminal, unless the environment says otherwise. */
    AUTO,
    /** Always, into files and pipes too. */
    ALWAYS,
    /** Never. */
    NEVER;

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
