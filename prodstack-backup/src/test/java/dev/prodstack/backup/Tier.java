package dev.prodstack.backup;

/** How long campaigns are. */
public final class Tier {
    private Tier() {}

    /** Whether everything is at full length. */
    public static boolean full() {
        return System.getProperty("prodstack.tier", "fast").equals("full");
    }
}
