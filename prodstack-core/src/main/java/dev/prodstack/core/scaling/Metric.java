package dev.prodstack.core.scaling;

import java.util.Objects;

/**
 * A signal and the value it is to be kept at.
 *
 * @param name what to call it in explanations; unique in its rule
 * @param signal what is measured
 * @param target the value to keep to, in the signal's unit; above zero
 */
public record Metric(String name, Signal signal, Quantity target) {
    /** Checks the target against the signal. */
    public Metric {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a metric needs a name");
        }
        Objects.requireNonNull(signal, "signal");
        if (target.thousandths() <= 0) {
            throw new IllegalArgumentException("a target must be above zero");
        }
        signal.checkTarget(target);
    }

    /** A metric under its signal's own name. */
    public static Metric of(Signal signal, Quantity target) {
        return new Metric(signal.label(), signal, target);
    }
}
