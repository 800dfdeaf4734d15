package dev.prodstack.core.scaling;

/**
 * How far a signal may be off its target without a move, as a share of the target. At 0.1, a signal between 90 % and
 * 110 % of its target moves nothing.
 *
 * @param up the share above the target, 0 to 1
 * @param down the share below the target, 0 to 1
 */
public record Tolerance(double up, double down) {
    private static final double DEFAULT = 0.1;

    /** Checks the shares. */
    public Tolerance {
        check(up);
        check(down);
    }

    /** 0.1 in both directions, as in HPA. */
    public static Tolerance standard() {
        return new Tolerance(DEFAULT, DEFAULT);
    }

    private static void check(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a tolerance is between 0 and 1, not " + share);
        }
    }
}
