package dev.prodstack.core.cron;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * One of the five fields of a cron expression: its range, its names, its text form.
 *
 * @param label what it is called in messages
 * @param first the least value
 * @param last the greatest value
 * @param highest the greatest number that may be written; beyond the last value, counting starts again
 * @param names the names of the values, from the first on
 */
record CronField(String label, int first, int last, int highest, List<String> names) {
    static final CronField MINUTE = new CronField("minute", 0, 59, 59, List.of());
    static final CronField HOUR = new CronField("hour", 0, 23, 23, List.of());
    static final CronField DAY_OF_MONTH = new CronField("day of month", 1, 31, 31, List.of());
    static final CronField MONTH = new CronField(
            "month",
            1,
            12,
            12,
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"));
    static final CronField DAY_OF_WEEK =
            new CronField("day of week", 0, 6, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

    private static final Pattern PART = Pattern.compile("(\\*|([0-9A-Za-z]+)(?:-([0-9A-Za-z]+))?)(?:/([0-9]{1,4}))?");

    /** The values in ascending order, once each. */
    List<Integer> checked(List<Integer> values) {
        List<Integer> sorted = List.copyOf(new TreeSet<>(values));
        if (sorted.isEmpty() || sorted.get(0) < first || sorted.get(sorted.size() - 1) > last) {
            throw new IllegalArgumentException(
                    "the " + label + " must have values between " + first + " and " + last + ", not " + values);
        }
        return sorted;
    }

    /** Whether nothing is left out. */
    boolean isWhole(List<Integer> values) {
        return values.size() == last - first + 1;
    }

    List<Integer> parse(String text) {
        List<Integer> values = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher matcher = PART.matcher(part);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        "the " + label + " \"" + text
                                + "\" is none: expected *, a value, a range such as 1-5, a step such as */15, or a list of these");
            }
            addPart(part, matcher, values);
        }
        return checked(values);
    }

    private void addPart(String part, Matcher matcher, List<Integer> values) {
        boolean star = matcher.group(2) == null;
        int from = star ? first : value(matcher.group(2), first);
        int to = star ? last : matcher.group(3) == null ? from : value(matcher.group(3), from);
        if (to < from) {
            throw new IllegalArgumentException("the " + label + " range \"" + part
                    + "\" descends: split it in two, as in " + from + "-" + last + "," + first + "-" + to);
        }
        int step = matcher.group(4) == null ? 1 : Integer.parseInt(matcher.group(4));
        if (step == 0) {
            throw new IllegalArgumentException("the " + label + " \"" + part + "\" has a step of 0");
        }
        if (step > 1 && step > to - from && from < to) {
            throw new IllegalArgumentException(
                    "the " + label + " \"" + part + "\" has a step of " + step + ": only " + from + " would match");
        }
        if (matcher.group(4) != null && !star && matcher.group(3) == null) {
            throw new IllegalArgumentException("the " + label + " \"" + part + "\" has a step but no range: write "
                    + from + "-" + last + "/" + step);
        }
        for (int value = from; value <= to; value += step) {
            values.add(value > last ? value - highest : value);
        }
    }

    /** One end of a range; Sunday counts as 7 when it comes after another day. */
    private int value(String text, int notBefore) {
        int named = names.indexOf(text.toUpperCase(Locale.ROOT));
        if (named < 0 && !text.matches("[0-9]{1,4}")) {
            throw new IllegalArgumentException("the " + label + " \"" + text + "\" is neither a number"
                    + (names.isEmpty() ? "" : " nor one of " + String.join(", ", names)));
        }
        int value = named < 0 ? Integer.parseInt(text) : named + first;
        if (value < first || value > highest) {
            throw new IllegalArgumentException(
                    "the " + label + " " + text + " is not between " + first + " and " + highest);
        }
        return value == first && highest > last && notBefore > first ? highest : value;
    }

    /** The shortest text that reads as these values. */
    String print(List<Integer> values) {
        if (isWhole(values)) {
            return "*";
        }
        int step = values.size() > 2 ? values.get(1) - values.get(0) : 0;
        boolean stepped = step > 1
                && values.equals(IntStream.rangeClosed(first, last)
                        .filter(value -> (value - first) % step == 0)
                        .boxed()
                        .toList());
        return stepped ? "*/" + step : runs(values);
    }

    private static String runs(List<Integer> values) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        while (start < values.size()) {
            int end = start;
            while (end + 1 < values.size() && values.get(end + 1) == values.get(end) + 1) {
                end++;
            }
            boolean range = end - start > 1;
            if (range) {
                parts.add(values.get(start) + "-" + values.get(end));
            } else {
                parts.add(values.get(start).toString());
            }
            start = range ? end + 1 : start + 1;
        }
        return String.join(",", parts);
    }
}
