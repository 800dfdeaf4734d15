package dev.prodstack.core.generate;

import java.util.Random;

/**
 * Something that holds for every input a seed can lead to.
 *
 * <p>The seeds are fixed. {@code -Dprodstack.seed=N} runs one alone; {@code -Dprodstack.tier=full} runs many more.
 */
@FunctionalInterface
public interface Property {

    /** Draws an input and throws if the property does not hold for it. */
    void check(Random random) throws Exception;

    /**
     * Checks a property.
     *
     * @param cases how many seeds are tried by default
     * @param allCases how many in the full tier
     */
    static void holds(int cases, int allCases, Property property) {
        Long only = Long.getLong("prodstack.seed");
        int last = "full".equals(System.getProperty("prodstack.tier")) ? allCases : cases;
        for (long seed = only == null ? 1 : only; seed <= (only == null ? last : only); seed++) {
            try {
                // Seeds next to each other give first numbers next to each other.
                property.check(new Random(seed * 0x9E3779B97F4A7C15L));
            } catch (Exception | AssertionError | StackOverflowError e) {
                throw new AssertionError("with -Dprodstack.seed=" + seed + ": " + e, e);
            }
        }
    }
}
