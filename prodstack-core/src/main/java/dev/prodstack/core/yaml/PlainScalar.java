package dev.prodstack.core.yaml;

import dev.prodstack.core.value.Data;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the characters of a plain scalar mean.
 *
 * <p>These are the rules of go-yaml v3, which Docker reads Compose files with: YAML 1.2's core schema, and beside it
 * octal numbers with a leading zero, binary numbers and underscores between digits. {@code yes}, {@code no}, {@code on}
 * and {@code off} are strings, as are sexagesimal numbers and dates.
 */
public final class PlainScalar {
    private static final Set<String> NULLS = Set.of("~", "null", "Null", "NULL");
    private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
    private static final Set<String> FALSE = Set.of("false", "False", "FALSE");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(0|[1-9][0-9]*)");
    private static final Pattern OCTAL = Pattern.compile("[-+]?0o?[0-7]+");
    private static final Pattern HEXADECIMAL = Pattern.compile("[-+]?0x[0-9a-fA-F]+");
    private static final Pattern BINARY = Pattern.compile("[-+]?0b[01]+");
    private static final Pattern REAL = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?");
    private static final String IN_NUMBERS = "0123456789abcdefABCDEFxo_.+-";
    private static final int MAX_LENGTH = 400;
    private static final BigDecimal MIN_INTEGER = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MAX_INTEGER =
            new BigDecimal(BigInteger.TWO.pow(64).subtract(BigInteger.ONE));

    private PlainScalar() {}

    /** The data a plain scalar stands for. */
    public static Data resolve(String text) {
        if (isNull(text)) {
            return Data.Null.NULL;
        }
        if (TRUE.contains(text) || FALSE.contains(text)) {
            return Data.of(TRUE.contains(text));
        }
        return mayBeNumber(text) ? number(text) : new Data.Text(text);
    }

    /** Whether a plain scalar means nothing. */
    static boolean isNull(String text) {
        return text.isEmpty() || ("~nN".indexOf(text.charAt(0)) >= 0 && NULLS.contains(text));
    }

    /** Most of what begins with a digit has a letter that no number has: {@code 10s}, {@code 256M}. */
    private static boolean mayBeNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (IN_NUMBERS.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return "-+.0123456789".indexOf(text.charAt(0)) >= 0 && text.length() <= MAX_LENGTH;
    }

    private static Data number(String text) {
        String digits = Character.isDigit(text.charAt(text.length() - 1)) || text.endsWith(".")
                ? text.replace("_", "")
                : text.startsWith("0x") || text.startsWith("-0x") ? text.replace("_", "") : text;
        if (DECIMAL.matcher(digits).matches()) {
            return Data.of(new BigDecimal(digits));
        }
        if (OCTAL.matcher(digits).matches()) {
            return integer(digits.replaceFirst("0o?", ""), 8);
        }
        if (HEXADECIMAL.matcher(digits).matches()) {
            return integer(digits.replaceFirst("0x", ""), 16);
        }
        if (BINARY.matcher(digits).matches()) {
            return integer(digits.replaceFirst("0b", ""), 2);
        }
        return REAL.matcher(digits).matches() ? Data.of(new BigDecimal(digits)) : new Data.Text(text);
    }

    private static Data integer(String digits, int radix) {
        return Data.of(new BigDecimal(new BigInteger(digits, radix)));
    }

    /**
     * The text of a scalar where a string is wanted, as Go prints the value: {@code 1.50} is {@code 1.5}, {@code 0x10}
     * is {@code 16}, {@code 1e21} is {@code 1e+21}, null is empty.
     */
    public static String toText(Data scalar) {
        if (scalar instanceof Data.Numeral number) {
            return goNumber(number.value());
        }
        if (scalar instanceof Data.Bool bool) {
            return Boolean.toString(bool.value());
        }
        return scalar instanceof Data.Text text ? text.value() : "";
    }

    /**
     * Go's {@code %v} of an integer of 64 bits, or else of a float64: an exponent from 21 digits before or 4 zeros
     * behind the point on.
     */
    private static String goNumber(BigDecimal value) {
        boolean integer = value.scale() <= 0 && value.compareTo(MIN_INTEGER) >= 0 && value.compareTo(MAX_INTEGER) <= 0;
        if (integer) {
            return value.toPlainString();
        }
        BigDecimal rounded = new BigDecimal(Double.toString(value.doubleValue())).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= -4 && exponent < 21) {
            return rounded.toPlainString();
        }
        String digits = rounded.unscaledValue().abs().toString();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return (rounded.signum() < 0 ? "-" : "") + mantissa + String.format("e%+03d", exponent);
    }
}
