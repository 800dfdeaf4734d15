package dev.prodstack.backup.crypto;

import java.io.Serial;

/** Sealed bytes were not sealed with this key, or have changed since. The message continues "it ...". */
public final class ForgedException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    ForgedException(String message) {
        super(message);
    }
}
