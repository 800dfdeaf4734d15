package dev.prodstack.core.cron;

import java.time.LocalDate;
import java.time.Month;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Minutes of the calendar, written as in {@code crontab(5)}: minute, hour, day of month, month, day of week.
 *
 * <p>Each field is {@code *}, a value, a range {@code 1-5}, a step {@code *}{@code /15} or {@code 8-18/2}, or a list of
 * these. Months and days of the week have English three-letter names; Sunday is 0 and 7. The macros {@code @yearly},
 * {@code @annually}, {@code @monthly}, {@code @weekly}, {@code @daily}, {@code @midnight} and {@code @hourly} stand for
 * what they say. There are no seconds, no years, and none of Quartz's {@code ?}, {@code L}, {@code W} and {@code #}.
 *
 * <p>If both the day of month and the day of week leave something out, a day need match only one of the two, as POSIX
 * has it. (Some programs take {@code *}{@code /2} for no restriction here; this one does not.)
 *
 * @param minutes the minutes, 0 to 59, ascending
 * @param hours the hours, 0 to 23, ascending
 * @param daysOfMonth the days of the month, 1 to 31, ascending
 * @param months the months, 1 to 12, ascending
 * @param daysOfWeek the days of the week, 0 (Sunday) to 6, ascending
 */
public record CronExpression(
        List<Integer> minutes,
        List<Integer> hours,
        List<Integer> daysOfMonth,
        List<Integer> months,
        List<Integer> daysOfWeek) {
    private static final Map<String, String> MACROS = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");
    private static final int FIELDS = 5;
    private static final int MAX_LENGTH = 1_000;

    /** Sorts the values, checks their ranges, and that at least one day matches. */
    public CronExpression {
        minutes = CronField.MINUTE.checked(minutes);
        hours = CronField.HOUR.checked(hours);
        daysOfMonth = CronField.DAY_OF_MONTH.checked(daysOfMonth);
        months = CronField.MONTH.checked(months);
        daysOfWeek = CronField.DAY_OF_WEEK.checked(daysOfWeek);
        if (CronField.DAY_OF_WEEK.isWhole(daysOfWeek) && !someMonthHas(daysOfMonth.get(0), months)) {
            throw new IllegalArgumentException("no month named here has a day " + daysOfMonth.get(0));
        }
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException if the text is none; the message says which field is wrong and what it may be
     */
    public static CronExpression parse(String text) {
        String stripped = text.strip();
        if (stripped.startsWith("@")) {
            String fields = MACROS.get(stripped.toLowerCase(Locale.ROOT));
            if (fields == null) {
                throw new IllegalArgumentException("expected a macro such as @daily, not \"" + stripped
                        + "\"; there are " + MACROS.keySet().stream().sorted().collect(Collectors.joining(", ")));
            }
            return parse(fields);
        }
        String[] fields = stripped.split("\\s+", -1);
        if (fields.length != FIELDS || text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "expected the five fields minute, hour, day of month, month, day of week, such as \"0 2 * * *\""
                            + (fields.length == FIELDS + 1 ? "; there is no field for seconds or years" : ""));
        }
        return new CronExpression(
                CronField.MINUTE.parse(fields[0]),
                CronField.HOUR.parse(fields[1]),
                CronField.DAY_OF_MONTH.parse(fields[2]),
                CronField.MONTH.parse(fields[3]),
                CronField.DAY_OF_WEEK.parse(fields[4]));
    }

    /** Whether the expression has times on a day. */
    public boolean matches(LocalDate date) {
        if (!months.contains(date.getMonthValue())) {
            return false;
        }
        boolean dayOfMonth = daysOfMonth.contains(date.getDayOfMonth());
        boolean dayOfWeek = daysOfWeek.contains(date.getDayOfWeek().getValue() % 7);
        boolean either = !CronField.DAY_OF_MONTH.isWhole(daysOfMonth) && !CronField.DAY_OF_WEEK.isWhole(daysOfWeek);
        return either ? dayOfMonth || dayOfWeek : dayOfMonth && dayOfWeek;
    }

    /** Whether it has times in every hour of the days it matches. */
    boolean isHourly() {
        return CronField.HOUR.isWhole(hours);
    }

    private static boolean someMonthHas(int day, List<Integer> months) {
        return months.stream().anyMatch(month -> Month.of(month).maxLength() >= day);
    }

    /** The five fields in their shortest form, names as numbers: {@code 0 8-18/2 * * 1-5}. */
    @Override
    public String toString() {
        return Stream.of(
                        CronField.MINUTE.print(minutes),
                        CronField.HOUR.print(hours),
                        CronField.DAY_OF_MONTH.print(daysOfMonth),
                        CronField.MONTH.print(months),
                        CronField.DAY_OF_WEEK.print(daysOfWeek))
                .collect(Collectors.joining(" "));
    }
}
