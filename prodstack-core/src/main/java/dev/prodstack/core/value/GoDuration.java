package dev.prodstack.core.value;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text form of durations in Compose files, which is that of Go's {@code time.ParseDuration}: {@code 90s},
 * {@code 1m30s}, {@code 1h}, {@code 1.5s}, {@code 250ms}, {@code 0}.
 */
public final class GoDuration {
    private static final Pattern PART = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)");
    private static final long MICROSECOND = 1_000;
    private static final long MILLISECOND = 1_000 * MICROSECOND;
    private static final long SECOND = 1_000 * MILLISECOND;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE);

    private GoDuration() {}

    /**
     * Reads a duration that is not negative.
     *
     * @throws IllegalArgumentException if the text is no duration, or one over 2^63-1 nanoseconds (292 years)
     */
    public static Duration parse(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        Matcher matcher = PART.matcher(text);
        BigDecimal nanos = BigDecimal.ZERO;
        int end = 0;
        while (text.length() <= 128 && end < text.length() && matcher.find(end) && matcher.start() == end) {
            nanos = nanos.add(new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(nanosOf(matcher.group(2)))));
            end = matcher.end();
        }
        if (text.isEmpty() || end != text.length()) {
            throw new IllegalArgumentException("expected a duration such as 30s or 1m30s");
        }
        if (nanos.compareTo(MAX) > 0) {
            throw new IllegalArgumentException("expected a duration under 292 years");
        }
        return Duration.ofNanos(nanos.longValue());
    }

    /** Prints a duration as Go does: {@code 1m30s}, {@code 1h0m0s}, {@code 500ms}, {@code 1.5s}, {@code 0s}. */
    public static String format(Duration duration) {
        long nanos = duration.toNanos();
        if (nanos == 0) {
            return "0s";
        }
        if (nanos < MICROSECOND) {
            return nanos + "ns";
        }
        if (nanos < MILLISECOND) {
            return decimal(nanos, 3) + "µs";
        }
        if (nanos < SECOND) {
            return decimal(nanos, 6) + "ms";
        }
        long hours = nanos / HOUR;
        long minutes = nanos / MINUTE % 60;
        String seconds = decimal(nanos % MINUTE, 9) + "s";
        return (hours > 0 ? hours + "h" : "") + (hours > 0 || minutes > 0 ? minutes + "m" : "") + seconds;
    }

    private static long nanosOf(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "ms" -> MILLISECOND;
            case "s" -> SECOND;
            case "m" -> MINUTE;
            case "h" -> HOUR;
            default -> MICROSECOND;
        };
    }

    private static String decimal(long nanos, int scale) {
        return nanos == 0
                ? "0"
                : BigDecimal.valueOf(nanos, scale).stripTrailingZeros().toPlainString();
    }
}
