package dev.prodstack.backup.repository;

import java.io.IOException;
import java.io.Serial;

/** Somebody else works on the repository, or seems to. The message says who, since when, and what to do. */
public final class LockedException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    private final boolean stale;

    LockedException(String message, boolean stale) {
        super(message);
        this.stale = stale;
    }

    /** Whether the lock's owner seems to be gone, so that waiting does not help. */
    public boolean stale() {
        return stale;
    }
}
