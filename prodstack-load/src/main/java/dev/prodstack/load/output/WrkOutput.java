package dev.prodstack.load.output;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What wrk 4 prints of a run with {@code --latency}.
 *
 * @param requests how many were answered
 * @param seconds how long it took
 * @param refused how many of the answers were neither 2xx nor 3xx
 * @param broken how many connections failed, broke or took too long
 * @param slowest the time in which 99 % were answered, as printed
 */
public record WrkOutput(long requests, double seconds, long refused, long broken, String slowest) {
    private static final Pattern TOTAL = Pattern.compile("(?m)^\\s*(\\d+) requests in ([\\d.]+)(us|ms|s|m|h),");
    private static final Pattern REFUSED = Pattern.compile("(?m)^\\s*Non-2xx or 3xx responses: (\\d+)");
    private static final Pattern BROKEN =
            Pattern.compile("(?m)^\\s*Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");
    private static final Pattern SLOWEST = Pattern.compile("(?m)^\\s*99%\\s+(\\S+)");

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static WrkOutput of(String text) {
        Matcher total = TOTAL.matcher(text);
        if (!total.find()) {
            throw new IllegalArgumentException("wrk did not say how many requests it made: " + text.strip());
        }
        Matcher refused = REFUSED.matcher(text);
        Matcher broken = BROKEN.matcher(text);
        Matcher slowest = SLOWEST.matcher(text);
        long errors = 0;
        if (broken.find()) {
            for (int group = 1; group <= broken.groupCount(); group++) {
                errors += Long.parseLong(broken.group(group));
            }
        }
        return new WrkOutput(
                Long.parseLong(total.group(1)),
                seconds(Double.parseDouble(total.group(2)), total.group(3)),
                refused.find() ? Long.parseLong(refused.group(1)) : 0,
                errors,
                slowest.find() ? slowest.group(1) : "");
    }

    private static double seconds(double number, String unit) {
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "us" -> number / 1e6;
            case "ms" -> number / 1e3;
            case "m" -> number * 60;
            case "h" -> number * 3600;
            default -> number;
        };
    }

    /** Good answers for each second. */
    public double rate() {
        return (requests - refused) / seconds;
    }

    /** How many requests did not go well. */
    public long failures() {
        return refused + broken;
    }
}
