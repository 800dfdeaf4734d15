package dev.prodstack.core.value;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * A share of processors.
 *
 * @param nanos thousand-millionths of one processor, as the Engine API counts them ({@code NanoCPUs}); not negative
 */
public record CpuCount(long nanos) implements Comparable<CpuCount> {
    private static final Pattern FORM = Pattern.compile("\\d{1,9}(\\.\\d+)?|\\.\\d+");
    private static final int DIGITS = 9;

    /** Checks that the count is not negative. */
    public CpuCount {
        if (nanos < 0) {
            throw new IllegalArgumentException("a number of CPUs is not negative: " + nanos);
        }
    }

    /**
     * Reads a decimal number of processors such as {@code 0.5} or {@code 2}.
     *
     * @throws IllegalArgumentException if the text is no such number or finer than a thousand-millionth
     */
    public static CpuCount parse(String text) {
        if (text.length() > 32 || !FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("expected a number of CPUs such as 0.5 or 2");
        }
        BigDecimal nanos = new BigDecimal(text).movePointRight(DIGITS).stripTrailingZeros();
        if (nanos.scale() > 0) {
            throw new IllegalArgumentException("expected at most nine decimals");
        }
        return new CpuCount(nanos.longValueExact());
    }

    @Override
    public int compareTo(CpuCount other) {
        return Long.compare(nanos, other.nanos);
    }

    /** The decimal number of processors without trailing zeros. */
    @Override
    public String toString() {
        return nanos == 0
                ? "0"
                : BigDecimal.valueOf(nanos, DIGITS).stripTrailingZeros().toPlainString();
    }
}
