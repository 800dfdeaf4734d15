package dev.prodstack.core.value;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text form of durations in Compose files, which is that of Go's {@code time.ParseDuration}: {@code 90s},
 * {@code 1m30s}, {@code 1h}, {@code 1.5s}, {@code 250ms}, {@code 0}.
 */
public final class GoDuration {
    private static final Pattern PART = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)");
    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "μs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);
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
            nanos = nanos.add(
                    new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(NANOS.get(matcher.group(2)))));
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
        if (nanos < NANOS.get("us")) {
            return nanos + "ns";
        }
        if (nanos < NANOS.get("ms")) {
            return decimal(nanos, 3) + "µs";
        }
        if (nanos < NANOS.get("s")) {
            return decimal(nanos, 6) + "ms";
        }
        long hours = nanos / NANOS.get("h");
        long minutes = nanos / NANOS.get("m") % 60;
        String seconds = decimal(nanos % NANOS.get("m"), 9) + "s";
        return (hours > 0 ? hours + "h" : "") + (hours > 0 || minutes > 0 ? minutes + "m" : "") + seconds;
    }

    private static String decimal(long nanos, int scale) {
        return nanos == 0
                ? "0"
                : BigDecimal.valueOf(nanos, scale).stripTrailingZeros().toPlainString();
    }
}
