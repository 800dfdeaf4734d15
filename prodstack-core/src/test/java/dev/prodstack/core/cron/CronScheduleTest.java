package dev.prodstack.core.cron;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronScheduleTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // an ordinary day, strictly after
                "0 2 * * *   | UTC | 2026-11-23T01:59:59.999Z | 2026-11-23T02:00Z",
                "0 2 * * *   | UTC | 2026-11-23T02:00:00Z     | 2026-11-24T02:00Z",
                "0 2 * * *   | UTC | 2026-11-23T02:00:00.001Z | 2026-11-24T02:00Z",
                "*/15 * * * *| UTC | 2026-11-23T23:45:30Z     | 2026-11-24T00:00Z",
                "0 0 31 * *  | UTC | 2026-10-31T00:00Z        | 2026-12-31T00:00Z",
                "0 0 1 1 *   | UTC | 2026-01-01T00:00Z        | 2027-01-01T00:00Z",
                "0 0 29 2 *  | UTC | 2026-01-01T00:00Z        | 2028-02-29T00:00Z",
                "0 0 29 2 *  | UTC | 2096-02-29T00:00Z        | 2104-02-29T00:00Z",
                "* * 29 2 *  | UTC | 2096-02-29T23:59Z        | 2104-02-29T00:00Z",
                "0 0 13 * FRI| UTC | 2026-11-01T00:00Z        | 2026-11-06T00:00Z",
                "0 9 * * MON | Asia/Tokyo | 2026-11-22T23:59Z | 2026-11-23T09:00+09:00",
                // clocks go forward, 02:00 to 03:00: a chosen time is not lost
                "30 2 * * *  | Europe/Berlin | 2026-03-28T02:30+01:00 | 2026-03-29T03:00+02:00",
                "30 2 * * *  | Europe/Berlin | 2026-03-29T03:00+02:00 | 2026-03-30T02:30+02:00",
                "0 2 * * *   | Europe/Berlin | 2026-03-28T12:00+01:00 | 2026-03-29T03:00+02:00",
                "0 3 * * *   | Europe/Berlin | 2026-03-28T12:00+01:00 | 2026-03-29T03:00+02:00",
                "0 2,3 * * * | Europe/Berlin | 2026-03-29T03:00+02:00 | 2026-03-30T02:00+02:00",
                "*/10 2 * * *| Europe/Berlin | 2026-03-29T01:59+01:00 | 2026-03-29T03:00+02:00",
                "*/10 2 * * *| Europe/Berlin | 2026-03-29T03:00+02:00 | 2026-03-30T02:00+02:00",
                "30 2 29 3 * | Europe/Berlin | 2026-03-01T00:00+01:00 | 2026-03-29T03:00+02:00",
                // and a rhythm has nothing to make up for
                "30 * * * *  | Europe/Berlin | 2026-03-29T01:30+01:00 | 2026-03-29T03:30+02:00",
                "*/15 * * * *| Europe/Berlin | 2026-03-29T01:45+01:00 | 2026-03-29T03:00+02:00",
                // clocks go back, 03:00 to 02:00: a chosen time fires once
                "30 2 * * *  | Europe/Berlin | 2026-10-24T12:00+02:00 | 2026-10-25T02:30+02:00",
                "30 2 * * *  | Europe/Berlin | 2026-10-25T02:30+02:00 | 2026-10-26T02:30+01:00",
                "30 2 * * *  | Europe/Berlin | 2026-10-25T02:15+01:00 | 2026-10-26T02:30+01:00",
                "0 3 * * *   | Europe/Berlin | 2026-10-25T02:30+01:00 | 2026-10-25T03:00+01:00",
                "*/30 1-3 * * *| Europe/Berlin | 2026-10-25T02:30+02:00 | 2026-10-25T03:00+01:00",
                // and a rhythm goes on
                "30 * * * *  | Europe/Berlin | 2026-10-25T02:30+02:00 | 2026-10-25T02:30+01:00",
                "*/15 * * * *| Europe/Berlin | 2026-10-25T02:45+02:00 | 2026-10-25T02:00+01:00",
                // half an hour
                "15 2 * * *  | Australia/Lord_Howe | 2026-10-03T12:00+10:30 | 2026-10-04T02:30+11:00",
                "45 1 * * *  | Australia/Lord_Howe | 2026-04-04T12:00+11:00 | 2026-04-05T01:45+11:00",
                "45 1 * * *  | Australia/Lord_Howe | 2026-04-05T01:45+11:00 | 2026-04-06T01:45+10:30",
                // over midnight, so that a day begins twice
                "* * 29 * *  | America/St_Johns | 2006-10-28T23:59-03:30 | 2006-10-29T00:00-03:30",
                "0 0 29 * *  | America/St_Johns | 2006-10-28T22:00-02:30 | 2006-10-29T00:00-02:30",
                "0 0 29 10 * | America/St_Johns | 2006-10-29T00:00-02:30 | 2007-10-29T00:00-02:30",
                // a midnight that does not exist
                "0 0 * * *   | America/Havana | 2026-03-07T12:00-05:00 | 2026-03-08T01:00-04:00",
                "5 * 8 3 *   | America/Havana | 2026-03-07T23:05-05:00 | 2026-03-08T01:05-04:00",
                // a whole day that does not
                "0 12 30 12 *| Pacific/Apia | 2011-12-29T13:00-10:00 | 2011-12-31T00:00+14:00",
            })
    void findsTheNextFiring(String expression, String zone, String after, String expected) {
        CronSchedule schedule = CronSchedule.of(expression, ZoneId.of(zone));

        ZonedDateTime next = schedule.next(OffsetDateTime.parse(after).toInstant());

        assertThat(next.toOffsetDateTime()).isEqualTo(OffsetDateTime.parse(expected));
        assertThat(next.getZone()).isEqualTo(ZoneId.of(zone));
    }

    @Test
    void saysWhetherSomethingWasMissed() {
        CronSchedule daily = CronSchedule.of("0 2 * * *", ZoneId.of("UTC"));
        Instant two = Instant.parse("2026-11-23T02:00:00Z");

        assertThat(daily.firesWithin(two.minusSeconds(1), two)).isTrue();
        assertThat(daily.firesWithin(two, two.plusSeconds(3600))).isFalse();
        assertThat(daily.firesWithin(two.minusSeconds(2), two.minusSeconds(1))).isFalse();
    }

    /** Against a walk over every minute around a change of the clocks, which knows no calendar arithmetic. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-29T01:00:00Z Europe/Berlin",
                "2026-10-25T01:00:00Z Europe/Berlin",
                "2026-10-03T15:30:00Z Australia/Lord_Howe",
                "2026-04-04T15:00:00Z Australia/Lord_Howe",
                "2006-10-29T02:31:00Z America/St_Johns",
                "2026-03-08T05:00:00Z America/Havana",
                "2024-11-03T05:00:00Z America/Havana"
            })
    void agreesWithAWalkOverTheMinutes(String change) {
        Instant at = Instant.parse(change.substring(0, change.indexOf(' ')));
        ZoneId zone = ZoneId.of(change.substring(change.indexOf(' ') + 1));
        assertThat(zone.getRules().nextTransition(at.minusSeconds(1)).getInstant())
                .isEqualTo(at);
        Random random = new Random(42);
        for (int i = 0; i < 60; i++) {
            CronSchedule schedule = new CronSchedule(randomExpression(random), zone);
            Instant from = at.minus(Duration.ofHours(27));
            Instant to = at.plus(Duration.ofHours(27));

            assertThat(firings(schedule, from, to)).as("%s", schedule).isEqualTo(walk(schedule, from, to));
        }
    }

    private static List<Instant> firings(CronSchedule schedule, Instant from, Instant to) {
        List<Instant> firings = new ArrayList<>();
        Instant next = schedule.next(from).toInstant();
        while (!next.isAfter(to)) {
            firings.add(next);
            next = schedule.next(next).toInstant();
        }
        return firings;
    }

    private static List<Instant> walk(CronSchedule schedule, Instant from, Instant to) {
        boolean rhythm = schedule.expression().hours().size() == 24;
        List<Instant> firings = new ArrayList<>();
        for (Instant minute = from.plusSeconds(60); !minute.isAfter(to); minute = minute.plusSeconds(60)) {
            ZonedDateTime time = minute.atZone(schedule.zone());
            boolean secondTime = time.withEarlierOffsetAtOverlap().toInstant().isBefore(minute);
            boolean fires = matches(schedule.expression(), time.toLocalDateTime()) && (rhythm || !secondTime);
            if (!rhythm && skipped(time, minute).stream().anyMatch(t -> matches(schedule.expression(), t))) {
                fires = true;
            }
            if (fires) {
                firings.add(minute);
            }
        }
        return firings;
    }

    /** The wall-clock minutes that are left out right before a moment. */
    private static List<LocalDateTime> skipped(ZonedDateTime time, Instant moment) {
        ZoneOffsetTransition change = time.getZone().getRules().previousTransition(moment.plusNanos(1));
        if (!change.getInstant().equals(moment) || !change.isGap()) {
            return List.of();
        }
        return IntStream.range(0, (int) change.getDuration().toMinutes())
                .mapToObj(minutes -> change.getDateTimeBefore().plusMinutes(minutes))
                .toList();
    }

    private static boolean matches(CronExpression expression, LocalDateTime time) {
        return expression.matches(time.toLocalDate())
                && expression.hours().contains(time.getHour())
                && expression.minutes().contains(time.getMinute());
    }

    private static CronExpression randomExpression(Random random) {
        String minutes = random.nextInt(3) == 0 ? "*/" + (1 + random.nextInt(30)) : random.nextInt(60) + ",0,30";
        String hours = random.nextInt(3) == 0 ? "*" : random.nextInt(24) + ",0-" + (1 + random.nextInt(4));
        String days = random.nextInt(3) == 0 ? "SAT,SUN" : "*";
        return CronExpression.parse(minutes + " " + hours + " * * " + days);
    }
}
