package dev.prodstack.backup.stack;

import dev.prodstack.core.cluster.ClusterException;
import dev.prodstack.core.cluster.ClusterStore;
import dev.prodstack.core.cluster.HeldLease;
import dev.prodstack.core.cluster.Lease;
import java.time.Duration;
import java.util.concurrent.CancellationException;

/** The right to back up or restore a stack, until it is closed. */
final class StackClaim implements AutoCloseable {
    private static final Duration TIME = Duration.ofSeconds(60);
    private static final Duration RENEWAL = Duration.ofSeconds(5);
    private static final String BACKUP = "the backup";
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final HeldLease held;
    private final String what;

    private StackClaim(HeldLease held, String what) {
        this.held = held;
        this.what = what;
    }

    /**
     * Takes it, as soon as nobody else has it any more.
     *
     * @throws BusyException if somebody still has it when our patience ends
     * @throws CancellationException if this thread is interrupted while it waits
     */
    static StackClaim take(Cluster cluster, String stack, String purpose) {
        return await(new Lease(cluster.store(), ClusterStore.nameFor("backup.", stack)), cluster, purpose, BACKUP);
    }

    /**
     * Takes the right to change a stack's services, which deploys have as well.
     *
     * @throws BusyException if somebody still has it when our patience ends
     * @throws CancellationException if this thread is interrupted while it waits
     */
    static StackClaim takeChanges(Cluster cluster, String stack, String purpose) {
        return await(Lease.ofChanges(cluster.store(), stack), cluster, purpose, "the services");
    }

    /**
     * Takes the right to receive the logs of a stack, which goes on while that is backed up.
     *
     * @throws BusyException if somebody has it
     */
    static StackClaim takeLog(Cluster cluster, String stack) {
        return take(new Lease(cluster.store(), ClusterStore.nameFor("wal.", stack)), cluster.holder(), "log", BACKUP);
    }

    /**
     * Takes the right to try restoring a stack, which somebody may do while others back it up.
     *
     * @throws BusyException if somebody still has it when our patience ends
     * @throws CancellationException if this thread is interrupted while it waits
     */
    static StackClaim takeDrill(Cluster cluster, String stack) {
        return await(new Lease(cluster.store(), ClusterStore.nameFor("drill.", stack)), cluster, "drill", BACKUP);
    }

    private static StackClaim await(Lease lease, Cluster cluster, String purpose, String what) {
        long begun = System.nanoTime();
        while (true) {
            try {
                return take(lease, cluster.holder(), purpose, what);
            } catch (BusyException e) {
                if (System.nanoTime() - begun >= cluster.patience().toNanos()) {
                    throw e;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for somebody else");
        }
    }

    private static StackClaim take(Lease lease, String holder, String purpose, String what) {
        Lease.Attempt attempt = lease.take(holder, purpose, TIME);
        if (attempt instanceof Lease.Taken taken) {
            return new StackClaim(new HeldLease(lease, taken.term(), RENEWAL), what);
        }
        throw new BusyException(((Lease.Busy) attempt).tenure());
    }

    /**
     * Makes sure that it is still ours; where it is not, nothing may be changed any more.
     *
     * @throws ClusterException if it was lost, or that cannot be told
     */
    void check() {
        if (!held.isOurs()) {
            throw new ClusterException("somebody else took over " + what + " of this stack meanwhile", null);
        }
    }

    /** Whether it was lost; not, as long as that cannot be told. */
    boolean isLost() {
        try {
            return !held.isOurs();
        } catch (ClusterException e) {
            return false;
        }
    }

    @Override
    public void close() {
        held.close();
    }
}
