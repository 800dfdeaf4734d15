package dev.prodstack.swarm.lock;

import dev.prodstack.core.cluster.ClusterException;

/** Somebody broke our lock, or took it after we could not renew it. What was begun goes on; no more was changed. */
public final class LockLostException extends ClusterException {
    private static final long serialVersionUID = 1L;

    LockLostException(String message) {
        super(message, null);
    }
}
