package dev.prodstack.core.cluster;

import org.jspecify.annotations.Nullable;

/**
 * A cluster that cannot be reached, does not answer in time, or refuses. After it, a change may have been made or not:
 * read again.
 */
public class ClusterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message what was asked, what came back, and what to do, on one line for people
     * @param cause what is underneath, if anything
     */
    public ClusterException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
