package dev.prodstack.core.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronWindowTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // working hours; 2026-11-23 is a Monday
                "0 8 * * 1-5 | 0 18 * * 1-5 | 2026-11-23T07:59:59+01:00 | false",
                "0 8 * * 1-5 | 0 18 * * 1-5 | 2026-11-23T08:00:00+01:00 | true",
                "0 8 * * 1-5 | 0 18 * * 1-5 | 2026-11-23T17:59:59+01:00 | true",
                "0 8 * * 1-5 | 0 18 * * 1-5 | 2026-11-23T18:00:00+01:00 | false",
                "0 8 * * 1-5 | 0 18 * * 1-5 | 2026-11-22T12:00:00+01:00 | false",
                // over midnight
                "0 22 * * *  | 0 6 * * *    | 2026-11-23T23:00:00+01:00 | true",
                "0 22 * * *  | 0 6 * * *    | 2026-11-23T05:59:00+01:00 | true",
                "0 22 * * *  | 0 6 * * *    | 2026-11-23T06:00:00+01:00 | false",
                // from Monday to Friday without a break
                "0 8 * * 1   | 0 18 * * 5   | 2026-11-25T03:00:00+01:00 | true",
                "0 8 * * 1   | 0 18 * * 5   | 2026-11-28T03:00:00+01:00 | false",
                // opening at 02:30 on a night without one
                "30 2 * * *  | 0 6 * * *    | 2026-03-29T01:59:59+01:00 | false",
                "30 2 * * *  | 0 6 * * *    | 2026-03-29T03:00:00+02:00 | true",
                // opening and closing at once: it goes on
                "0 8,12 * * *| 0 12,18 * * *| 2026-11-23T10:00:00+01:00 | true",
            })
    void containsItsStartAndNotItsEnd(String start, String end, String now, boolean expected) {
        CronWindow window = new CronWindow(CronExpression.parse(start), CronExpression.parse(end), BERLIN);

        assertThat(window.contains(OffsetDateTime.parse(now).toInstant())).isEqualTo(expected);
    }

    @Test
    void mustNotCloseAsItOpens() {
        assertThatThrownBy(() -> new CronWindow(
                        CronExpression.parse("0 8 * * *"), CronExpression.parse("00 08 * * 0-6"), BERLIN))
                .hasMessage("a window must not end when it starts: \"0 8 * * *\"");
    }
}
