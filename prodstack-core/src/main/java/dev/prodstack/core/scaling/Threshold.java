package dev.prodstack.core.scaling;

import java.util.Objects;

/**
 * A signal with a mark above which replicas are added and one below which they are taken away.
 *
 * @param name what to call it in explanations; unique in its rule
 * @param signal what is measured
 * @param above the upper mark, in the signal's unit
 * @param below the lower mark, in the signal's unit; less than the upper one
 */
public record Threshold(String name, Signal signal, Quantity above, Quantity below) {
    /** Checks the marks against each other and the signal. */
    public Threshold {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a threshold needs a name");
        }
        Objects.requireNonNull(signal, "signal");
        signal.checkTarget(above);
        signal.checkTarget(below);
        if (below.compareTo(above) >= 0) {
            throw new IllegalArgumentException("below " + below + " must be less than above " + above);
        }
    }

    /** A threshold under its signal's own name. */
    public static Threshold of(Signal signal, Quantity above, Quantity below) {
        return new Threshold(signal.label(), signal, above, below);
    }
}
