package dev.prodstack.autoscale;

import java.util.Locale;

/** Names of entries in the cluster's store. */
final class EntryNames {
    private static final int LONGEST = 64;

    private EntryNames() {}

    /** A name for a stack; one that would be too long is cut and told apart by a checksum. */
    static String of(String prefix, String stack) {
        String name = prefix + stack;
        return name.length() <= LONGEST
                ? name
                : name.substring(0, LONGEST - 9) + String.format(Locale.ROOT, "-%08x", stack.hashCode());
    }
}
