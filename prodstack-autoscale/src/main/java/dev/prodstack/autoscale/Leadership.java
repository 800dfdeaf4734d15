package dev.prodstack.autoscale;

import dev.prodstack.core.cluster.ClusterException;
import dev.prodstack.core.cluster.ClusterStore;
import dev.prodstack.core.cluster.Lease;
import dev.prodstack.core.cluster.Tenure;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Who of several looks after a stack: who has the lease {@code autoscaler.STACK}. One that was not renewed for a term,
 * by the cluster's clock, is anybody's.
 *
 * <p>Not safe for several threads.
 */
public final class Leadership {
    /** How long a leader may be silent. With renewals and tries every five seconds another one takes over in 25. */
    static final Duration TERM = Duration.ofSeconds(20);

    private static final String PURPOSE = "autoscale";

    private final Lease lease;
    private final String self;
    private Optional<Lease.Term> term = Optional.empty();
    private Optional<String> leader = Optional.empty();

    /**
     * A candidate.
     *
     * @param self a name that nobody else has, of this process
     */
    public Leadership(ClusterStore store, String stack, String self) {
        this.lease = lease(store, stack);
        this.self = Objects.requireNonNull(self, "self");
    }

    private static Lease lease(ClusterStore store, String stack) {
        return new Lease(store, ClusterStore.nameFor("autoscaler.", stack));
    }

    /**
     * Renews the leadership, or takes it if it is free.
     *
     * @return whether we lead
     * @throws ClusterException if the cluster cannot be asked
     */
    public boolean hold() {
        term = term.flatMap(lease::renew);
        if (term.isEmpty()) {
            Lease.Attempt attempt = take();
            if (attempt instanceof Lease.Taken taken) {
                term = Optional.of(taken.term());
            } else if (attempt instanceof Lease.Busy busy) {
                leader = Optional.of(busy.tenure().holder());
            }
        }
        if (term.isPresent()) {
            leader = Optional.of(self);
        }
        return term.isPresent();
    }

    private Lease.Attempt take() {
        Lease.Attempt attempt = lease.take(self, PURPOSE, TERM);
        // Where the answer to a renewal was lost, the lease is ours and we do not know its latest state.
        boolean ours = attempt instanceof Lease.Busy busy
                && busy.tenure().holder().equals(self)
                && lease.breakOff(busy.tenure());
        return ours ? lease.take(self, PURPOSE, TERM) : attempt;
    }

    /** Who leads, unless it has been silent for a term. */
    static Optional<String> current(ClusterStore store, String stack) {
        Lease lease = lease(store, stack);
        return lease.held().filter(tenure -> !lease.isOver(tenure)).map(Tenure::holder);
    }

    /** Who led when we last looked, if anybody. */
    public Optional<String> leader() {
        return leader;
    }

    /**
     * Lets another one lead at once, if we do.
     *
     * @throws ClusterException if the cluster cannot be asked
     */
    public void resign() {
        term.ifPresent(lease::giveBack);
        term = Optional.empty();
    }
}
