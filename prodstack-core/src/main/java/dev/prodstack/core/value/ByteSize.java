package dev.prodstack.core.value;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes.
 *
 * <p>Written as Docker's {@code go-units} reads them: {@code 512}, {@code 64k}, {@code 1.5g}, {@code 10MiB}; all units
 * are powers of 1024.
 *
 * @param bytes the size in bytes, not negative
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?) ?([kmgtp]?)(?:i?b)?");
    private static final String UNITS = "kmgtp";

    /** Checks that the size is not negative. */
    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size is not negative: " + bytes);
        }
    }

    /**
     * Reads a size.
     *
     * @throws IllegalArgumentException if the text is no size, or one over 2^63-1 bytes
     */
    public static ByteSize parse(String text) {
        Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (text.length() > 64 || !matcher.matches()) {
            throw new IllegalArgumentException("expected a size such as 512M or 1.5g");
        }
        int power = matcher.group(2).isEmpty() ? 0 : UNITS.indexOf(matcher.group(2)) + 1;
        BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(1L << (10 * power)));
        if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("expected a size of at most 2^63-1 bytes");
        }
        return new ByteSize(bytes.longValue());
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** The exact size in the largest unit that divides it: {@code 50M}, {@code 1536K}, {@code 1000}. */
    @Override
    public String toString() {
        long value = bytes;
        int power = 0;
        while (value != 0 && value % 1024 == 0 && power < UNITS.length()) {
            value /= 1024;
            power++;
        }
        return power == 0
                ? Long.toString(bytes)
                : value + UNITS.substring(power - 1, power).toUpperCase(Locale.ROOT);
    }
}
