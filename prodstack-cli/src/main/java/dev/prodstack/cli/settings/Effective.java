package dev.prodstack.cli.settings;

import java.util.List;

/**
 * The value of a setting that counts.
 *
 * @param values the values, in order; empty where nothing says anything and there is no default
 * @param origin where they come from
 */
public record Effective(List<String> values, Origin origin) {
    static final Effective NOTHING = new Effective(List.of(), Origin.Default.DEFAULT);

    /** Copies the values. */
    public Effective {
        values = List.copyOf(values);
    }

    /** Whether somebody said something. */
    public boolean isSet() {
        return origin != Origin.Default.DEFAULT;
    }
}
