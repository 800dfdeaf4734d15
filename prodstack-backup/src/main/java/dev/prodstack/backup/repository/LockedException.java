package dev.prodstack.backup.repository;

import java.io.IOException;
import java.io.Serial;

/** Somebody else works on the repository, or seems to. The message says who, since when, and what to do. */
public final class LockedException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    LockedException(String message) {
        super(message);
    }
}
