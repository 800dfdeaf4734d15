package dev.prodstack.core.backup;

import java.time.ZonedDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A span of the calendar as restic writes it: {@code 30d}, {@code 1y6m}, {@code 2d12h}. A month is a calendar month.
 *
 * @param years years, not negative
 * @param months months, not negative
 * @param days days, not negative
 * @param hours hours, not negative
 */
public record RetentionSpan(int years, int months, int days, int hours) {
    private static final Pattern FORM =
            Pattern.compile("(?:(\\d{1,4})y)?(?:(\\d{1,5})m)?(?:(\\d{1,6})d)?(?:(\\d{1,7})h)?");

    /** Checks that the span is above zero. */
    public RetentionSpan {
        if (years < 0 || months < 0 || days < 0 || hours < 0) {
            throw new IllegalArgumentException("a span is not negative");
        }
        if (years == 0 && months == 0 && days == 0 && hours == 0) {
            throw new IllegalArgumentException("a span must be above zero");
        }
    }

    /**
     * Reads a span: years, months, days and hours in this order, each at most once.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static RetentionSpan parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            throw new IllegalArgumentException("expected a span such as 30d, 1y6m or 2d12h");
        }
        return new RetentionSpan(number(matcher, 1), number(matcher, 2), number(matcher, 3), number(matcher, 4));
    }

    /** The moment that lies this span before another. */
    public ZonedDateTime before(ZonedDateTime moment) {
        return moment.minusYears(years).minusMonths(months).minusDays(days).minusHours(hours);
    }

    private static int number(Matcher matcher, int group) {
        return matcher.group(group) == null ? 0 : Integer.parseInt(matcher.group(group));
    }

    /** The text form, without parts that are zero. */
    @Override
    public String toString() {
        return part(years, "y") + part(months, "m") + part(days, "d") + part(hours, "h");
    }

    private static String part(int count, String unit) {
        return count == 0 ? "" : count + unit;
    }
}
