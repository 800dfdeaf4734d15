package dev.prodstack.backup.stack;

import dev.prodstack.core.backup.BackupPlan;
import dev.prodstack.core.cron.CronSchedule;
import java.time.Duration;
import java.time.Instant;

/** When something that has a schedule is due. Times go in, a decision comes out. */
public final class Agenda {
    /** How late it may be looked, where nothing is made up for. */
    private static final Duration GRACE = Duration.ofMinutes(5);

    private Agenda() {}

    /**
     * Whether a backup is due: its schedule fired after the last one began, and not longer ago than is made up for. Of
     * several missed times one is made up for.
     *
     * @param last when the last one began, or, where there was none, since when anybody looks
     */
    public static boolean isDue(BackupPlan.Schedule schedule, Instant last, Instant now) {
        return isDue(schedule.when(), schedule.catchUp(), last, now);
    }

    /** The same for a schedule that is made up for within a time. */
    public static boolean isDue(CronSchedule schedule, Duration catchUp, Instant last, Instant now) {
        Instant oldest = now.minus(catchUp.compareTo(GRACE) > 0 ? catchUp : GRACE);
        Instant from = last.isAfter(oldest) ? last : oldest;
        return from.isBefore(now) && schedule.firesWithin(from, now);
    }
}
