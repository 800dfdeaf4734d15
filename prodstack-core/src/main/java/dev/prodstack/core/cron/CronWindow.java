package dev.prodstack.core.cron;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;

/**
 * The time from each firing of one expression to the next firing of another, such as 08:00 to 18:00 on working days.
 *
 * @param start when it opens
 * @param end when it closes
 * @param zone on whose wall clocks
 */
public record CronWindow(CronExpression start, CronExpression end, ZoneId zone) {
    /** Checks that the window does not close as it opens. */
    public CronWindow {
        Objects.requireNonNull(zone, "zone");
        if (start.equals(end)) {
            throw new IllegalArgumentException("a window must not end when it starts: \"" + start + "\"");
        }
    }

    /**
     * Whether an instant lies in the window: the next thing to happen is its end. The instant it opens belongs to it,
     * the one it closes does not.
     */
    public boolean contains(Instant now) {
        Instant nextStart = new CronSchedule(start, zone).next(now).toInstant();
        Instant nextEnd = new CronSchedule(end, zone).next(now).toInstant();
        return !nextEnd.isAfter(nextStart);
    }
}
