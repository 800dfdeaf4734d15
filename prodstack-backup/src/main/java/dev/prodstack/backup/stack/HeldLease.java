package dev.prodstack.backup.stack;

import dev.prodstack.core.cluster.ClusterException;
import dev.prodstack.core.cluster.ClusterStore;
import dev.prodstack.core.cluster.Lease;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The right to back up or restore a stack, renewed until it is closed. */
final class HeldLease implements AutoCloseable {
    private static final Duration TIME = Duration.ofSeconds(60);
    private static final Duration RENEWAL = Duration.ofSeconds(10);

    private final Lease lease;
    private final ScheduledExecutorService renewal;
    private Lease.Term term;
    private boolean lost;

    private HeldLease(Lease lease, Lease.Term term) {
        this.lease = lease;
        this.term = term;
        this.renewal = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "backup-lease");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Takes it.
     *
     * @throws BusyException if somebody has it
     */
    static HeldLease take(ClusterStore store, String stack, String holder, String purpose) {
        Lease lease = new Lease(store, "backup." + stack);
        Lease.Attempt attempt = lease.take(holder, purpose, TIME);
        if (attempt instanceof Lease.Taken taken) {
            HeldLease held = new HeldLease(lease, taken.term());
            var unused = held.renewal.scheduleWithFixedDelay(
                    held::renew, RENEWAL.toMillis(), RENEWAL.toMillis(), TimeUnit.MILLISECONDS);
            return held;
        }
        throw new BusyException(((Lease.Busy) attempt).tenure());
    }

    private synchronized void renew() {
        try {
            Optional<Lease.Term> next = lost ? Optional.empty() : lease.renew(term);
            lost = next.isEmpty();
            term = next.orElse(term);
        } catch (ClusterException e) {
            // Tried again; the time may suffice.
            return;
        }
    }

    /** Throws if it was lost, upon which nothing may be changed any more. */
    synchronized void check() {
        if (lost) {
            throw new ClusterException("somebody else took over the backup of this stack meanwhile", null);
        }
    }

    @Override
    public void close() {
        renewal.shutdownNow();
        synchronized (this) {
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
}
