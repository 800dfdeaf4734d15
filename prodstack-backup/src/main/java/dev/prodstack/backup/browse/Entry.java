package dev.prodstack.backup.browse;

import dev.prodstack.backup.tree.Node;
import java.util.Objects;

/**
 * Something in a snapshot.
 *
 * @param path where, beginning with a slash
 * @param node what it is
 */
public record Entry(String path, Node node) {
    /** Checks that nothing is missing. */
    public Entry {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(node, "node");
    }
}
