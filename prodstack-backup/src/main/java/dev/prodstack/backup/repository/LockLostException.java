package dev.prodstack.backup.repository;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A lock could not be refreshed, or somebody removed it; whoever held it must not change the repository any more. */
public final class LockLostException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    LockLostException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
