package dev.prodstack.autoscale.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Reads traces from CSV files: a time in the first column, and a number in the second. A first line that begins with no
 * time is a heading. Times are ISO 8601, with a blank in place of the {@code T} and without a zone (then UTC) as well,
 * or seconds since 1970; they ascend.
 */
public final class TraceFile {
    private static final int MOST_STEPS = 20_000_000;
    private static final String PLAIN = "0000-00-00T00:00:00";
    private static final Pattern SECONDS = Pattern.compile("\\d{1,11}(\\.\\d+)?");
    private static final Pattern ZONED = Pattern.compile(".*(Z|[+-]\\d\\d:\\d\\d)");

    private final Content content;
    private final Duration step;
    private long[] times = new long[1_024];
    private double[] values = new double[1_024];
    private int size;

    private TraceFile(Content content, Duration step) {
        this.content = content;
        this.step = step;
    }

    /** What the lines are. */
    public enum Content {
        /** A load each, which holds until the next line. */
        LOAD,
        /** One arrival each, whatever the second column has; the load is arrivals per second. */
        ARRIVALS
    }

    /**
     * Reads a trace.
     *
     * @param step the length of the trace's steps
     * @throws IllegalArgumentException if it is none; the message names the line
     * @throws IOException if it cannot be read
     */
    public static Trace read(BufferedReader lines, Content content, Duration step) throws IOException {
        TraceFile file = new TraceFile(content, step);
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (!line.isBlank()) {
                file.add(number, line);
            }
        }
        return file.trace();
    }

    private void add(int number, String line) {
        int comma = line.indexOf(',');
        String first = comma < 0 ? line : line.substring(0, comma);
        long time;
        try {
            time = time(first.strip());
        } catch (DateTimeException | NumberFormatException e) {
            if (number == 1) {
                return;
            }
            throw new IllegalArgumentException(
                    "line " + number + ": expected a time such as 2026-11-23T10:00:00Z, found \"" + first + "\"");
        }
        if (size > 0 && time < times[size - 1]) {
            throw new IllegalArgumentException("line " + number + ": its time is before the line above; sort the file");
        }
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        times[size] = time;
        values[size] = content == Content.ARRIVALS ? 1 : value(number, comma < 0 ? "" : line.substring(comma + 1));
        size++;
    }

    private static double value(int number, String rest) {
        int comma = rest.indexOf(',');
        String text = (comma < 0 ? rest : rest.substring(0, comma)).strip();
        try {
            double value = Double.parseDouble(text);
            if (value >= 0 && value < Double.POSITIVE_INFINITY) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(
                "line " + number + ": expected a load of at least 0 in the second column, found \"" + text + "\"");
    }

    private static long time(String text) {
        if (isPlain(text)) {
            return LocalDateTime.of(
                            digits(text, 0, 4),
                            digits(text, 5, 7),
                            digits(text, 8, 10),
                            digits(text, 11, 13),
                            digits(text, 14, 16),
                            digits(text, 17, 19))
                    .toInstant(ZoneOffset.UTC)
                    .toEpochMilli();
        }
        if (SECONDS.matcher(text).matches()) {
            return Math.round(Double.parseDouble(text) * 1_000);
        }
        String iso = text.replace(' ', 'T');
        return ZONED.matcher(iso).matches()
                ? OffsetDateTime.parse(iso).toInstant().toEpochMilli()
                : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    /**
     * Whether it is {@code 2026-11-23T10:00:00Z}, the usual form, which is read without the machinery for all others.
     */
    private static boolean isPlain(String text) {
        int length = text.length();
        if (length != PLAIN.length() && !(length == PLAIN.length() + 1 && text.charAt(length - 1) == 'Z')) {
            return false;
        }
        for (int i = 0; i < PLAIN.length(); i++) {
            char wanted = PLAIN.charAt(i);
            char found = text.charAt(i);
            boolean fits =
                    wanted == '0' ? found >= '0' && found <= '9' : found == wanted || (wanted == 'T' && found == ' ');
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = 10 * number + text.charAt(i) - '0';
        }
        return number;
    }

    private Trace trace() {
        if (size < 2) {
            throw new IllegalArgumentException("a trace has at least two lines with a time, this has " + size);
        }
        long millis = step.toMillis();
        long steps = (times[size - 1] - times[0]) / millis + 1;
        if (steps > MOST_STEPS) {
            throw new IllegalArgumentException(
                    steps + " steps of " + step.toSeconds() + " s are more than " + MOST_STEPS + ": take longer ones");
        }
        double[] load = new double[(int) steps];
        return Trace.of(
                Instant.ofEpochMilli(times[0]), step, content == Content.ARRIVALS ? arrivals(load) : levels(load));
    }

    private double[] arrivals(double[] load) {
        double each = 1_000.0 / step.toMillis();
        for (int i = 0; i < size; i++) {
            load[(int) ((times[i] - times[0]) / step.toMillis())] += each;
        }
        return load;
    }

    /** The mean over each step, weighted by time. */
    private double[] levels(double[] load) {
        long millis = step.toMillis();
        int line = 0;
        for (int i = 0; i < load.length; i++) {
            long at = times[0] + i * millis;
            long end = at + millis;
            double sum = 0;
            while (at < end) {
                while (line + 1 < size && times[line + 1] <= at) {
                    line++;
                }
                long until = line + 1 < size ? Math.min(end, times[line + 1]) : end;
                sum += values[line] * (until - at);
                at = until;
            }
            load[i] = sum / millis;
        }
        return load;
    }
}
