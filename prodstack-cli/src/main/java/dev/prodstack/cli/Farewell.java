package dev.prodstack.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What a process does that is told to end, by Ctrl-C or SIGTERM: it interrupts the command, and waits for as long as
 * that may take to put away what it left in the cluster. A command that asks for no such time is ended at once.
 */
final class Farewell {
    private final Thread worker;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile Duration longest = Duration.ZERO;

    private Farewell(Thread worker) {
        this.worker = worker;
    }

    /** For the command that this thread is about to do. */
    static Farewell ofThisThread() {
        Farewell farewell = new Farewell(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(new Thread(farewell::end, "prodstack-farewell"));
        return farewell;
    }

    /** Says how long the command may take, once that is known. */
    void takes(Duration atMost) {
        longest = atMost;
    }

    /** Says that the command is done, and has said so itself. */
    void done() {
        done.countDown();
    }

    private void end() {
        if (longest.isZero() || done.getCount() == 0) {
            return;
        }
        worker.interrupt();
        try {
            if (!done.await(longest.toSeconds(), TimeUnit.SECONDS)) {
                // What is left is found by its labels, and removed before the next work of the kind.
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
