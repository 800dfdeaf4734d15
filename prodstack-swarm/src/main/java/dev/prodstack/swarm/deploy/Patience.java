package dev.prodstack.swarm.deploy;

import java.time.Duration;

/** A deadline, and the pauses until then. */
final class Patience {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final long end;

    Patience(Duration deadline) {
        this.end = System.nanoTime() + deadline.toNanos();
    }

    boolean isOver() {
        return System.nanoTime() - end >= 0;
    }

    /**
     * Waits a moment.
     *
     * @throws Interruption if this thread was asked to stop
     */
    void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Interruption();
        }
    }
}
