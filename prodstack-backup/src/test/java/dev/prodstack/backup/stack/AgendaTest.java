package dev.prodstack.backup.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.core.backup.BackupPlan;
import dev.prodstack.core.cron.CronSchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgendaTest {
    /** Daily at 02:00 in Berlin, which is 01:00 UTC in winter; on the 29th of March 2026 that time is skipped. */
    @ParameterizedTest
    @CsvSource({
        "12h, 2026-01-05T01:00:03Z, 2026-01-06T00:59:59Z, false",
        "12h, 2026-01-05T01:00:03Z, 2026-01-06T01:00:05Z, true",
        "12h, 2026-01-06T01:00:05Z, 2026-01-06T01:00:20Z, false",
        // Nothing ran for a night: within the time it is made up for, once.
        "12h, 2026-01-03T01:00:03Z, 2026-01-06T09:00:00Z, true",
        "12h, 2026-01-06T09:00:00Z, 2026-01-06T09:00:15Z, false",
        "12h, 2026-01-05T01:00:03Z, 2026-01-06T14:00:00Z, false",
        "0s, 2026-01-05T01:00:03Z, 2026-01-06T01:20:00Z, false",
        "0s, 2026-01-05T01:00:03Z, 2026-01-06T01:01:00Z, true",
        "12h, 2026-03-28T01:00:03Z, 2026-03-29T01:00:20Z, true",
        "12h, 2026-03-29T01:00:20Z, 2026-03-29T12:00:00Z, false",
    })
    void aBackupIsDueOnceForEachTimeThatIsNotTooLongAgo(String catchUp, Instant last, Instant now, boolean due) {
        BackupPlan.Schedule schedule = new BackupPlan.Schedule(
                CronSchedule.of("0 2 * * *", ZoneId.of("Europe/Berlin")),
                Duration.parse("PT" + catchUp.toUpperCase(Locale.ROOT)));

        assertThat(Agenda.isDue(schedule, last, now)).isEqualTo(due);
    }
}
