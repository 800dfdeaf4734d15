package dev.prodstack.backup.repository;

import java.time.Duration;

/**
 * How long a lock holds.
 *
 * @param refresh how often it is refreshed
 * @param lost how long after the last refresh its owner stops; well before others call it stale
 */
record LockTiming(Duration refresh, Duration lost) {
    /** When others call a lock stale that nobody refreshed; restic's figure. */
    static final Duration STALE = Duration.ofMinutes(30);

    /** As restic has it: every five minutes, given up a refresh and a half before it is stale. */
    static final LockTiming STANDARD = new LockTiming(Duration.ofMinutes(5), STALE.minus(Duration.ofSeconds(450)));
}
