package dev.prodstack.backup.storage;

import java.io.IOException;
import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A storage cannot be used, and trying again at once would not help. The message says what to do. */
public final class StorageException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    private final Reason reason;

    /**
     * Says what happened.
     *
     * @param reason what kind of failure it is
     * @param message what happened, where, and what to do; without credentials
     * @param cause what it was noticed by
     */
    public StorageException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** What kind of failure it is. */
    public Reason reason() {
        return reason;
    }

    /** The kinds of failure that are worth telling apart. */
    public enum Reason {
        /** The directory or bucket does not exist. */
        NO_PLACE,
        /** The credentials are missing, wrong, expired or allow too little, or a clock is wrong. */
        DENIED,
        /** No room is left, or a quota is used up. */
        FULL,
        /** The server does not answer, or cannot be trusted to be itself. */
        UNREACHABLE,
        /** The server answers, but not as agreed, or does not know what is asked of it. */
        UNFIT
    }
}
