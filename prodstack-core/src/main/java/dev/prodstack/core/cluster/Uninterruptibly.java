package dev.prodstack.core.cluster;

/**
 * Work that is done also by a thread that was told to end: what it left in a cluster is put away. Calls of an
 * interrupted thread would fail at once.
 */
public final class Uninterruptibly {
    private Uninterruptibly() {}

    /** Does it; if the thread was interrupted before, it is so again afterwards. */
    public static void run(Runnable work) {
        boolean interrupted = Thread.interrupted();
        try {
            work.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
