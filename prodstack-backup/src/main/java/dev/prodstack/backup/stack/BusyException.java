package dev.prodstack.backup.stack;

import dev.prodstack.core.cluster.ClusterException;
import dev.prodstack.core.cluster.Tenure;

/** Somebody else backs the stack up or restores it. */
public final class BusyException extends ClusterException {
    private static final long serialVersionUID = 1L;

    BusyException(Tenure tenure) {
        super(
                tenure.holder() + " is at it (" + tenure.purpose() + ") since "
                        + tenure.since().toString(),
                null);
    }
}
