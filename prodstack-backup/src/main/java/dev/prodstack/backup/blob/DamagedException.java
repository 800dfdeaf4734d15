package dev.prodstack.backup.blob;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Something stored is not as the format has it. The message says what and where. */
public final class DamagedException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    /** Says what is damaged and how. */
    public DamagedException(String message) {
        this(message, null);
    }

    /** Says what is damaged and how, and what it was noticed by. */
    public DamagedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
