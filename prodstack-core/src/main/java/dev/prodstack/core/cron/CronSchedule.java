package dev.prodstack.core.cron;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Objects;

/**
 * A cron expression on the wall clocks of a time zone.
 *
 * <p>On days on which the clocks change:
 *
 * <ul>
 *   <li>An expression with chosen hours fires once for each of its times. A time that is skipped in spring fires at the
 *       first moment after the skipped span (02:30 in Berlin on 2026-03-29 fires at 03:00), several such times together
 *       fire once. A time that comes twice in autumn fires the first time only.
 *   <li>An expression whose hour is {@code *} means a rhythm, so it follows elapsed time: each quarter of an hour stays
 *       a quarter of an hour. It fires in both of the doubled hours and has nothing to make up for a skipped one.
 * </ul>
 *
 * @param expression which minutes
 * @param zone whose wall clocks
 */
public record CronSchedule(CronExpression expression, ZoneId zone) {

    /** Checks that nothing is missing. */
    public CronSchedule {
        Objects.requireNonNull(expression, "expression");
        Objects.requireNonNull(zone, "zone");
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static CronSchedule of(String expression, ZoneId zone) {
        return new CronSchedule(CronExpression.parse(expression), zone);
    }

    /** The first firing strictly after an instant, in the schedule's zone. There is always one, within eight years. */
    public ZonedDateTime next(Instant after) {
        return expression.isHourly() ? nextByElapsedTime(after) : nextByWallClock(after);
    }

    /** Whether there was a firing after one instant and up to another, the second included. */
    public boolean firesWithin(Instant after, Instant until) {
        return !next(after).toInstant().isAfter(until);
    }

    private ZonedDateTime nextByElapsedTime(Instant after) {
        ZonedDateTime time = after.atZone(zone).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        while (true) {
            if (!expression.matches(time.toLocalDate())) {
                time = nextDay(time);
            } else if (expression.minutes().contains(time.getMinute())) {
                return time;
            } else {
                time = time.plusMinutes(1);
            }
        }
    }

    /** The day's first moment that is still to come: where clocks go back over midnight, a day begins twice. */
    private ZonedDateTime nextDay(ZonedDateTime time) {
        ZonedDateTime start = time.toLocalDate().plusDays(1).atStartOfDay(zone);
        return start.isAfter(time) ? start : start.withLaterOffsetAtOverlap();
    }

    private ZonedDateTime nextByWallClock(Instant after) {
        for (LocalDate date = after.atZone(zone).toLocalDate(); ; date = date.plusDays(1)) {
            if (!expression.matches(date)) {
                continue;
            }
            for (int hour : expression.hours()) {
                for (int minute : expression.minutes()) {
                    ZonedDateTime time = resolve(date.atTime(hour, minute));
                    if (time.toInstant().isAfter(after)) {
                        return time;
                    }
                }
            }
        }
    }

    /** The instant of a wall-clock time: the first of two, the end of the gap where there is none. */
    private ZonedDateTime resolve(LocalDateTime time) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(time);
        if (offsets.isEmpty()) {
            ZoneOffsetTransition gap = zone.getRules().getTransition(time);
            return gap.getInstant().atZone(zone);
        }
        return ZonedDateTime.ofLocal(time, zone, offsets.get(0));
    }
}
