package dev.prodstack.backup.repository;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * How long a lock that others hold is waited for.
 *
 * @param longest the longest time
 * @param told is told when it begins to wait
 */
record LockPatience(Duration longest, Consumer<LockedException> told) {
    static final LockPatience NONE = new LockPatience(Duration.ZERO, locked -> {});

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    HeldLock take(Repository repository, boolean exclusive) throws IOException {
        long end = System.nanoTime() + longest.toNanos();
        long pause = FIRST_PAUSE.toNanos();
        boolean waiting = false;
        while (true) {
            try {
                return HeldLock.take(repository, exclusive, LockTiming.STANDARD);
            } catch (LockedException e) {
                long left = end - System.nanoTime();
                if (e.stale() || left <= 0) {
                    throw e;
                }
                if (!waiting) {
                    told.accept(e);
                    waiting = true;
                }
                // Two that want it for themselves see each other and step back: not to meet again, at random.
                pause(repository, Math.min(left, ThreadLocalRandom.current().nextLong(pause / 2, pause)));
                pause = Math.min(2 * pause, LONGEST_PAUSE.toNanos());
            }
        }
    }

    private static void pause(Repository repository, long nanos) throws IOException {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(
                    "Interrupted while waiting for a lock on the repository at " + repository.location() + ".", e);
        }
    }
}
