package dev.prodstack.backup.stack;

import java.io.IOException;

/** A job that failed; the message says where and why. */
public final class WorkFailure extends IOException {
    private static final long serialVersionUID = 1L;

    /** For people, on one line. */
    WorkFailure(String message) {
        super(message);
    }
}
