package dev.prodstack.swarm.lock;

import dev.prodstack.core.cluster.ClusterException;
import dev.prodstack.core.cluster.ClusterStore;
import dev.prodstack.core.cluster.HeldLease;
import dev.prodstack.core.cluster.Lease;
import dev.prodstack.core.cluster.Tenure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * The right to change a stack, until it is closed. A thread of its own renews it; whoever changes something asks
 * {@link #check()} before, and learns within a second that somebody broke it. A holder that dies keeps others out for
 * {@value #SECONDS} seconds.
 */
public final class StackLock implements AutoCloseable {
    private static final long SECONDS = 30;
    private static final Duration TIME = Duration.ofSeconds(SECONDS);
    private static final Duration RENEWAL = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final String stack;
    private final Lease lease;
    private final HeldLease held;

    private StackLock(String stack, Lease lease, Lease.Term term) {
        this.stack = stack;
        this.lease = lease;
        this.held = new HeldLease(lease, term, RENEWAL);
    }

    /**
     * Takes the lock of a stack.
     *
     * @throws LockHeldException if somebody else has it
     * @throws ClusterException if the cluster cannot be asked
     * @throws CancellationException if this thread is interrupted while it waits
     */
    public static StackLock take(ClusterStore store, String stack, Claim claim) {
        Lease lease = Lease.ofChanges(store, stack);
        long begun = System.nanoTime();
        while (true) {
            long now = System.nanoTime();
            Lease.Attempt attempt = lease.take(claim.holder(), claim.purpose(), TIME);
            if (attempt instanceof Lease.Taken taken) {
                return new StackLock(stack, lease, taken.term());
            }
            Tenure tenure = ((Lease.Busy) attempt).tenure();
            if (now - begun < claim.patience().toNanos()) {
                pause();
            } else if (claim.ifHeld() == Claim.IfHeld.GIVE_UP) {
                throw new LockHeldException(stack, tenure);
            } else {
                lease.breakOff(tenure);
            }
        }
    }

    /**
     * Who holds the lock of a stack at the moment.
     *
     * @throws ClusterException if the cluster cannot be asked
     */
    public static Optional<Tenure> holder(ClusterStore store, String stack) {
        Lease lease = Lease.ofChanges(store, stack);
        return lease.held().filter(tenure -> !lease.isOver(tenure));
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            CancellationException cancelled = new CancellationException("interrupted while waiting for the lock");
            cancelled.initCause(e);
            throw cancelled;
        }
    }

    /** The stack that may be changed. */
    public String stack() {
        return stack;
    }

    /** Who may change it. */
    public String holder() {
        return held.tenure().holder();
    }

    /** What for. */
    public String purpose() {
        return held.tenure().purpose();
    }

    /**
     * Makes sure that the lock is still ours.
     *
     * @throws LockLostException if it is not
     * @throws ClusterException if that cannot be told any more
     */
    public void check() {
        if (!held.isOurs()) {
            throw new LockLostException("the lock of the stack " + stack + " is no longer ours"
                    + lease.held()
                            .map(tenure -> ": " + tenure.holder() + " has it (" + tenure.purpose() + ")")
                            .orElse(": somebody broke it")
                    + "; nothing more was changed");
        }
    }

    /** Gives the lock back. One that cannot be given back runs out. */
    @Override
    public void close() {
        held.close();
    }
}
