package dev.prodstack.core.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronExpressionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "0 2 * * *                 > 0 2 * * *",
                "  00   02  *\t* *         > 0 2 * * *",
                "*/15 * * * *              > */15 * * * *",
                "0,15,30,45 * * * *        > */15 * * * *",
                "0-59 0-23 1-31 1-12 0-6   > * * * * *",
                "*/1 * * * *               > * * * * *",
                "5/1 * * * *               > error",
                "0 8-18/2 * * *            > 0 8,10,12,14,16,18 * * *",
                "0 8-18 * * MON-FRI        > 0 8-18 * * 1-5",
                "0 0 * * fri-sun           > 0 0 * * 0,5,6",
                "0 0 * * 5-7               > 0 0 * * 0,5,6",
                "0 0 * * 0                 > 0 0 * * 0",
                "0 0 * * 7                 > 0 0 * * 0",
                "0 0 * * SUN               > 0 0 * * 0",
                "0 0 * * SUN-TUE           > 0 0 * * 0-2",
                "0 0 * * 1-7               > 0 0 * * *",
                "0 0 1 jan,Jul *           > 0 0 1 1,7 *",
                "0 0 1 */3 *               > 0 0 1 */3 *",
                "0 0 1 1,4,7,10 *          > 0 0 1 */3 *",
                "0 0 */2 * *               > 0 0 */2 * *",
                "3,1,2,2 * * * *           > 1-3 * * * *",
                "1,2,4,5,6,9 * * * *       > 1,2,4-6,9 * * * *",
                "5-5 * * * *               > 5 * * * *",
                "@daily                    > 0 0 * * *",
                "@midnight                 > 0 0 * * *",
                "@HOURLY                   > 0 * * * *",
                "@weekly                   > 0 0 * * 0",
                "@monthly                  > 0 0 1 * *",
                "@yearly                   > 0 0 1 1 *",
                "@annually                 > 0 0 1 1 *",
                "0 0 29 2 *                > 0 0 29 2 *",
                "0 0 31 2 MON              > 0 0 31 2 1",
            })
    void printsWhatItReads(String text, String normal) {
        if (normal.equals("error")) {
            assertThatThrownBy(() -> CronExpression.parse(text)).isInstanceOf(IllegalArgumentException.class);
            return;
        }
        CronExpression expression = CronExpression.parse(text);
        assertThat(expression).hasToString(normal);
        assertThat(CronExpression.parse(normal)).isEqualTo(expression);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "0 2 * *          > expected the five fields minute, hour, day of month, month, day of week, such as \"0 2 * * *\"",
                "0 0 2 * * *      > expected the five fields minute, hour, day of month, month, day of week, such as \"0 2 * * *\"; there is no field for seconds or years",
                "60 * * * *       > the minute 60 is not between 0 and 59",
                "0 24 * * *       > the hour 24 is not between 0 and 23",
                "0 0 0 * *        > the day of month 0 is not between 1 and 31",
                "0 0 32 * *       > the day of month 32 is not between 1 and 31",
                "0 0 * 0 *        > the month 0 is not between 1 and 12",
                "0 0 * 13 *       > the month 13 is not between 1 and 12",
                "0 0 * * 8        > the day of week 8 is not between 0 and 7",
                "0 0 * * MOON     > the day of week \"MOON\" is neither a number nor one of SUN, MON, TUE, WED, THU, FRI, SAT",
                "0 0 * JANUARY *  > the month \"JANUARY\" is neither a number nor one of JAN, FEB, MAR, APR, MAY, JUN, JUL, AUG, SEP, OCT, NOV, DEC",
                "x * * * *        > the minute \"x\" is neither a number",
                "99999 * * * *    > the minute \"99999\" is neither a number",
                "0 22-2 * * *     > the hour range \"22-2\" descends: split it in two, as in 22-23,0-2",
                "*/0 * * * *      > the minute \"*/0\" has a step of 0",
                "*/60 * * * *     > the minute \"*/60\" has a step of 60: only 0 would match",
                "10-20/11 * * * * > the minute \"10-20/11\" has a step of 11: only 10 would match",
                "5/15 * * * *     > the minute \"5/15\" has a step but no range: write 5-59/15",
                "0 0 ? * *        > the day of month \"?\" is none: expected *, a value, a range such as 1-5, a step such as */15, or a list of these",
                "0 0 L * *        > the day of month \"L\" is neither a number",
                "0 0 * * 5#2      > the day of week \"5#2\" is none: expected *, a value, a range such as 1-5, a step such as */15, or a list of these",
                "1,,2 * * * *     > the minute \"1,,2\" is none: expected *, a value, a range such as 1-5, a step such as */15, or a list of these",
                "-5 * * * *       > the minute \"-5\" is none: expected *, a value, a range such as 1-5, a step such as */15, or a list of these",
                "@reboot          > expected a macro such as @daily, not \"@reboot\"; there are @annually, @daily, @hourly, @midnight, @monthly, @weekly, @yearly",
                "0 0 30 2 *       > no month named here has a day 30",
                "0 0 31 4,6,9 *   > no month named here has a day 31",
            })
    void saysWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> CronExpression.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 0 * * *    | 2026-11-23 | true",
                "0 0 23 * *   | 2026-11-23 | true",
                "0 0 24 * *   | 2026-11-23 | false",
                "0 0 * * MON  | 2026-11-23 | true",
                "0 0 * * TUE  | 2026-11-23 | false",
                "0 0 13 * FRI | 2026-11-13 | true",
                "0 0 13 * FRI | 2026-11-20 | true",
                "0 0 13 * FRI | 2026-12-13 | true",
                "0 0 13 * FRI | 2026-11-23 | false",
                "0 0 13 12 FRI| 2026-11-20 | false",
                "0 0 */2 * MON| 2026-11-23 | true",
                "0 0 */2 * MON| 2026-11-25 | true",
            })
    void matchesDays(String text, LocalDate date, boolean expected) {
        assertThat(CronExpression.parse(text).matches(date)).isEqualTo(expected);
    }

    @Test
    void isMadeOfValuesToo() {
        CronExpression expression =
                new CronExpression(List.of(30, 0, 0), List.of(2), allOf(1, 31), allOf(1, 12), allOf(0, 6));
        assertThat(expression).isEqualTo(CronExpression.parse("0,30 2 * * *"));
        assertThatThrownBy(() -> new CronExpression(List.of(), List.of(2), allOf(1, 31), allOf(1, 12), allOf(0, 6)))
                .hasMessage("the minute must have values between 0 and 59, not []");
        assertThatThrownBy(() -> new CronExpression(List.of(0), List.of(2), allOf(1, 31), allOf(1, 12), allOf(1, 7)))
                .hasMessageStartingWith("the day of week must have values between 0 and 6");
    }

    private static List<Integer> allOf(int first, int last) {
        return IntStream.rangeClosed(first, last).boxed().toList();
    }
}
