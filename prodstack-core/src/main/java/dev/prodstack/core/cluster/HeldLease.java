package dev.prodstack.core.cluster;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A {@link Lease} that was taken, renewed by a thread of its own until it is closed. Whoever changes something asks
 * {@link #isOurs()} before, and learns within a second that somebody broke it.
 *
 * <pre>{@code
 * if (lease.take(holder, purpose, Duration.ofSeconds(30)) instanceof Lease.Taken taken) {
 *     try (HeldLease held = new HeldLease(lease, taken.term(), Duration.ofSeconds(5))) {
 *         ... // if (held.isOurs()) change something
 *     }
 * }
 * }</pre>
 */
public final class HeldLease implements AutoCloseable {
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Lease lease;
    private final ScheduledExecutorService renewal;
    private Lease.Term term;
    private long renewedAt;
    private boolean lost;

    /**
     * Keeps a lease from now on.
     *
     * @param term what taking the lease gave, just now
     * @param every how often it is renewed: some times within the time it was taken for
     */
    public HeldLease(Lease lease, Lease.Term term, Duration every) {
        this.lease = lease;
        this.term = term;
        this.renewedAt = System.nanoTime();
        this.renewal = Executors.newSingleThreadScheduledExecutor(HeldLease::thread);
        var unused = renewal.scheduleWithFixedDelay(
                this::renewQuietly, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "prodstack-lease");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Whether the lease is still ours. Once it was lost it stays so.
     *
     * @throws ClusterException if that cannot be told, as the cluster cannot be reached; asked again, it may be
     */
    public synchronized boolean isOurs() {
        if (!lost && System.nanoTime() - renewedAt > FRESH.toNanos()) {
            renew();
        }
        return !lost;
    }

    private void renew() {
        long now = System.nanoTime();
        lease.renew(term)
                .ifPresentOrElse(
                        next -> {
                            term = next;
                            renewedAt = now;
                        },
                        () -> lost = true);
    }

    /** A cluster without a leader may have one again well before the time is over. */
    private synchronized void renewQuietly() {
        try {
            if (!lost) {
                renew();
            }
        } catch (ClusterException e) {
            // Tried again soon; isOurs() says so where it matters.
        }
    }

    /** As whom, what for and since when the lease is held. */
    public synchronized Tenure tenure() {
        return term.tenure();
    }

    /** Gives the lease back. One that cannot be given back runs out. */
    @Override
    public void close() {
        renewal.shutdownNow();
        Uninterruptibly.run(this::giveBack);
    }

    private synchronized void giveBack() {
        if (!lost) {
            lost = true;
            try {
                lease.giveBack(term);
            } catch (ClusterException e) {
                // It runs out.
                return;
            }
        }
    }
}
