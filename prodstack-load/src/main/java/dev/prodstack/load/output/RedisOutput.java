package dev.prodstack.load.output;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code redis-benchmark --csv} prints of one command. */
public final class RedisOutput {
    private static final Pattern ROW = Pattern.compile("(?m)^\"(?!test\")[^\"]*\",\"([\\d.]+)\"");

    private RedisOutput() {}

    /**
     * The commands for each second.
     *
     * @throws IllegalArgumentException if it does not say
     */
    public static double rate(String text) {
        Matcher row = ROW.matcher(text);
        if (!row.find()) {
            throw new IllegalArgumentException("redis-benchmark did not say how fast it was: " + text.strip());
        }
        return Double.parseDouble(row.group(1));
    }
}
