package dev.prodstack.cli.outcome;

/** Numbers of things in words. */
public final class Counted {
    private Counted() {}

    /** {@code 1 problem}, {@code 3 problems}. */
    public static String of(long count, String noun) {
        return String.format(java.util.Locale.ROOT, "%,d", count) + " " + noun + (count == 1 ? "" : "s");
    }
}
