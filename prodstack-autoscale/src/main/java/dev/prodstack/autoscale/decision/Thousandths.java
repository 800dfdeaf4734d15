package dev.prodstack.autoscale.decision;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Amounts as whole thousandths in a long, as the HPA counts, with two values set apart for what is no amount. */
final class Thousandths {
    /** There is no sample. */
    static final long ABSENT = Long.MIN_VALUE;

    /** There is a sample, which is no finite number. */
    static final long NOT_A_NUMBER = Long.MIN_VALUE + 1;

    static final int ONE = 1_000;

    private static final long LEAST = Long.MIN_VALUE + 2;

    private Thousandths() {}

    /** The nearest whole number of thousandths, or the end of the range. */
    static long of(double amount) {
        if (Double.isNaN(amount) || Double.isInfinite(amount)) {
            return NOT_A_NUMBER;
        }
        return Math.max(LEAST, (long) Math.rint(amount * ONE));
    }

    /** The sum: of an amount and nothing it is the amount, of anything and no number it is no number. */
    static long plus(long a, long b) {
        if (a == NOT_A_NUMBER || b == NOT_A_NUMBER) {
            return NOT_A_NUMBER;
        }
        if (a == ABSENT || b == ABSENT) {
            return a == ABSENT ? b : a;
        }
        return Math.max(LEAST, Nanos.plus(a, b));
    }

    static boolean isAmount(long value) {
        return value >= LEAST;
    }

    /** {@code value * factor / divisor} without its fraction, by way of as many digits as it takes. */
    static long scaled(long value, long factor, long divisor) {
        long high = Math.multiplyHigh(value, factor);
        long low = value * factor;
        if (high == low >> (Long.SIZE - 1)) {
            return low / divisor;
        }
        BigInteger exact =
                BigInteger.valueOf(value).multiply(BigInteger.valueOf(factor)).divide(BigInteger.valueOf(divisor));
        return exact.bitLength() < Long.SIZE ? exact.longValue() : exact.signum() < 0 ? LEAST : Long.MAX_VALUE;
    }

    static BigDecimal toDecimal(long thousandths) {
        BigDecimal decimal = BigDecimal.valueOf(thousandths, 3);
        return decimal.signum() == 0 ? BigDecimal.ZERO : decimal.stripTrailingZeros();
    }
}
