package dev.prodstack.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Work that puts away what it left in the cluster when the process is told to end: by Ctrl-C, or by SIGTERM. */
final class Farewell {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Farewell() {}

    /** Does the work; the process ends no sooner than it has, as it is interrupted, or half a minute has passed. */
    static <T> T after(Supplier<T> work) {
        Thread worker = Thread.currentThread();
        CountDownLatch done = new CountDownLatch(1);
        Thread farewell = new Thread(() -> wait(worker, done), "prodstack-farewell");
        Runtime.getRuntime().addShutdownHook(farewell);
        try {
            return work.get();
        } finally {
            done.countDown();
            forget(farewell);
        }
    }

    private static void wait(Thread worker, CountDownLatch done) {
        worker.interrupt();
        try {
            if (!done.await(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                // What is left is found by its labels, and removed before the next work of the kind.
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread farewell) {
        try {
            Runtime.getRuntime().removeShutdownHook(farewell);
        } catch (IllegalStateException e) {
            // The process is about to end, and waits for this.
            return;
        }
    }
}
