package dev.prodstack.autoscale.metrics;

import org.jspecify.annotations.Nullable;

/** A source gave no usable answer. The message is the end of a sentence that begins with a metric's name. */
final class SourceFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SourceFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    SourceFailure(String message) {
        this(message, null);
    }
}
