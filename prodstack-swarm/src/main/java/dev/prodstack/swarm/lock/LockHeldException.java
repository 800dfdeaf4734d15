package dev.prodstack.swarm.lock;

import dev.prodstack.core.cluster.ClusterException;
import dev.prodstack.core.cluster.Tenure;
import java.time.temporal.ChronoUnit;

/** Somebody else is changing the stack. Nothing was done. */
public final class LockHeldException extends ClusterException {
    private static final long serialVersionUID = 1L;

    private final transient Tenure tenure;

    LockHeldException(String stack, Tenure tenure) {
        super(
                tenure.holder() + " is changing the stack " + stack + ": " + tenure.purpose() + ", since "
                        + tenure.since().truncatedTo(ChronoUnit.SECONDS) + ", last heard of at "
                        + tenure.renewed().truncatedTo(ChronoUnit.SECONDS),
                null);
        this.tenure = tenure;
    }

    /** Who has the lock. */
    public Tenure tenure() {
        return tenure;
    }
}
