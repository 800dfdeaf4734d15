package dev.prodstack.core.scaling;

/**
 * The fewest and the most replicas of a service.
 *
 * @param min the fewest, 0 or more
 * @param max the most, at least 1 and at least {@code min}
 */
public record ReplicaRange(int min, int max) {
    /** Checks the order. */
    public ReplicaRange {
        if (min < 0) {
            throw new IllegalArgumentException("min " + min + " must be 0 or more");
        }
        if (max < 1) {
            throw new IllegalArgumentException("max " + max + " must be 1 or more");
        }
        if (min > max) {
            throw new IllegalArgumentException("min " + min + " is more than max " + max);
        }
    }

    /** Whether a count lies in the range, its ends included. */
    public boolean contains(int replicas) {
        return min <= replicas && replicas <= max;
    }

    /** The count of the range that is nearest to a given one. */
    public int clamp(int replicas) {
        return Math.max(min, Math.min(max, replicas));
    }

    /** {@code 5-20}. */
    @Override
    public String toString() {
        return min + "-" + max;
    }
}
