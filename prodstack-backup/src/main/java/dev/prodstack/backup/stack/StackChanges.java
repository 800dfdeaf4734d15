package dev.prodstack.backup.stack;

import dev.prodstack.core.cluster.ClusterException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * The right to change a stack's services, of one backup or restore. It is taken when the first part needs it, and given
 * back when the last one does no more: parts that are read side by side stop services side by side.
 */
final class StackChanges {
    private final Cluster cluster;
    private final String stack;
    private Optional<StackClaim> held = Optional.empty();
    private int users;

    StackChanges(Cluster cluster, String stack) {
        this.cluster = cluster;
        this.stack = stack;
    }

    /** The time during which services may be changed. */
    interface Turn extends AutoCloseable {
        /**
         * Makes sure that nobody else changed services meanwhile.
         *
         * @throws ClusterException if somebody may have, or that cannot be told
         */
        void check();

        /** Ends it. */
        @Override
        void close();
    }

    /**
     * Begins to change services, as soon as nobody else does any more.
     *
     * @param purpose what others are told it is for
     * @param patience how long to wait for somebody else, even if the cluster's patience is shorter
     * @throws BusyException if somebody still does when our patience ends
     * @throws CancellationException if this thread is interrupted while it waits
     */
    synchronized Turn begin(String purpose, Duration patience) {
        Cluster waiting = patience.compareTo(cluster.patience()) > 0 ? cluster.waiting(patience) : cluster;
        StackClaim claim = held.orElseGet(() -> StackClaim.takeChanges(waiting, stack, purpose));
        held = Optional.of(claim);
        users++;
        return new Turn() {
            @Override
            public void check() {
                claim.check();
            }

            @Override
            public void close() {
                end();
            }
        };
    }

    private synchronized void end() {
        users--;
        if (users == 0) {
            held.ifPresent(StackClaim::close);
            held = Optional.empty();
        }
    }
}
