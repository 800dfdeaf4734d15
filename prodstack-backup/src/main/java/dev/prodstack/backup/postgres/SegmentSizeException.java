package dev.prodstack.backup.postgres;

import java.io.IOException;
import java.io.Serial;

/** A server was made with log segments of an unusual size. */
final class SegmentSizeException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    SegmentSizeException(String message) {
        super(message);
    }
}
