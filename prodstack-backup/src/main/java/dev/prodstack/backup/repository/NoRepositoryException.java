package dev.prodstack.backup.repository;

import java.io.IOException;

/** There is no repository at a place. */
public final class NoRepositoryException extends IOException {
    private static final long serialVersionUID = 1L;

    NoRepositoryException(String location) {
        super("There is no repository at " + location
                + ": it has no file config. Make one with init, or look at the path.");
    }
}
