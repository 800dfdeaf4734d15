package dev.prodstack.autoscale.decision;

import java.util.Locale;

/** Which way a replica count moves. */
public enum Direction {
    /** To more replicas. */
    UP,
    /** To fewer replicas. */
    DOWN;

    /** {@code up} or {@code down}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
