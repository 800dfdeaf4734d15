package dev.prodstack.backup.postgres;

import java.io.IOException;
import java.io.Serial;

/** A PostgreSQL server refused something, or went away. */
public final class PostgresException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    private final String state;

    PostgresException(String message, String state, Throwable cause) {
        super(message, cause);
        this.state = state;
    }

    /** The SQLSTATE; {@code null} as a word where there was none. */
    public String state() {
        return state;
    }
}
