package dev.prodstack.core.scaling;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * A measured or wanted amount as the HPA counts it: a whole number of thousandths. One CPU is 1,000 thousandths, a
 * percent 1,000, a byte 1,000, a message 1,000.
 *
 * @param thousandths the amount times 1,000; not negative
 */
public record Quantity(long thousandths) implements Comparable<Quantity> {
    private static final int DIGITS = 3;
    private static final Pattern FORM = Pattern.compile("\\d{1,16}(\\.\\d{1,18})?|\\.\\d{1,18}");
    private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE, DIGITS);

    /** Checks that the amount is not negative. */
    public Quantity {
        if (thousandths < 0) {
            throw new IllegalArgumentException("an amount is not negative");
        }
    }

    /**
     * A whole number.
     *
     * @throws IllegalArgumentException if it is negative or over 2^63/1000
     */
    public static Quantity of(long whole) {
        return of(BigDecimal.valueOf(whole));
    }

    /**
     * Reads a decimal number.
     *
     * @throws IllegalArgumentException if the text is none, or out of range
     */
    public static Quantity parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("expected a number such as 100 or 0.5");
        }
        return of(new BigDecimal(text));
    }

    /**
     * A decimal number.
     *
     * @throws IllegalArgumentException if it is negative, has more than three decimals or is over 2^63/1000
     */
    public static Quantity of(BigDecimal number) {
        if (number.signum() < 0 || number.compareTo(MAX) > 0) {
            throw new IllegalArgumentException("expected a number between 0 and " + MAX.toPlainString());
        }
        if (number.stripTrailingZeros().scale() > DIGITS) {
            throw new IllegalArgumentException("expected at most three decimals");
        }
        return new Quantity(number.movePointRight(DIGITS).longValueExact());
    }

    /** The amount as a decimal number without trailing zeros. */
    public BigDecimal toDecimal() {
        return thousandths == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(thousandths, DIGITS).stripTrailingZeros();
    }

    /** Whether it has no fraction. */
    public boolean isWhole() {
        return thousandths % 1_000 == 0;
    }

    @Override
    public int compareTo(Quantity other) {
        return Long.compare(thousandths, other.thousandths);
    }

    /** The decimal number. */
    @Override
    public String toString() {
        return toDecimal().toPlainString();
    }
}
