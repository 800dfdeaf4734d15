package dev.prodstack.core.rollout;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A comparison of a measured number with a bound, such as {@code < 0.01}. NaN satisfies none.
 *
 * @param comparison how they are compared, the measured number on the left
 * @param bound the bound
 */
public record Condition(Comparison comparison, BigDecimal bound) {
    private static final Pattern FORM =
            Pattern.compile("(<=|>=|==|!=|<|>)\\s*([-+]?(?:\\d{1,18}(?:\\.\\d{1,18})?|\\.\\d{1,18}))(%?)");

    /** Brings the bound to its normal form. */
    public Condition {
        Objects.requireNonNull(comparison, "comparison");
        bound = bound.signum() == 0 ? BigDecimal.ZERO : bound.stripTrailingZeros();
    }

    /**
     * Reads a condition such as {@code < 0.01}, {@code >= 99%} or {@code == 0}; a percent sign divides by 100.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static Condition parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("expected a comparison such as \"< 0.01\" or \">= 99%\"");
        }
        BigDecimal bound = new BigDecimal(matcher.group(2));
        return new Condition(
                Comparison.of(matcher.group(1)), matcher.group(3).isEmpty() ? bound : bound.movePointLeft(2));
    }

    /** Whether a measured number satisfies the condition. */
    public boolean holds(double measured) {
        if (Double.isNaN(measured)) {
            return false;
        }
        int order = Double.isInfinite(measured)
                ? (measured > 0 ? 1 : -1)
                : BigDecimal.valueOf(measured).compareTo(bound);
        return switch (comparison) {
            case LESS -> order < 0;
            case AT_MOST -> order <= 0;
            case GREATER -> order > 0;
            case AT_LEAST -> order >= 0;
            case EQUAL -> order == 0;
            case UNEQUAL -> order != 0;
        };
    }

    /** How two numbers are compared. */
    public enum Comparison {
        /** Less than the bound. */
        LESS("<"),
        /** Less than the bound or equal to it. */
        AT_MOST("<="),
        /** More than the bound. */
        GREATER(">"),
        /** More than the bound or equal to it. */
        AT_LEAST(">="),
        /** Equal to the bound. */
        EQUAL("=="),
        /** Other than the bound. */
        UNEQUAL("!=");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        private static Comparison of(String sign) {
            return Arrays.stream(values())
                    .filter(comparison -> comparison.sign.equals(sign))
                    .findFirst()
                    .orElseThrow();
        }

        /** The sign. */
        @Override
        public String toString() {
            return sign;
        }
    }

    /** {@code < 0.01}. */
    @Override
    public String toString() {
        return comparison + " " + bound.toPlainString();
    }
}
