package dev.prodstack.backup.restore;

import dev.prodstack.backup.tree.Node;
import java.nio.file.Path;

/**
 * One thing of a snapshot and where it goes.
 *
 * @param node what it is
 * @param path where it goes
 * @param shown its path in the snapshot
 * @param action what is done
 */
record Item(Node node, Path path, String shown, Action action) {
    boolean written() {
        return action == Action.CREATE || action == Action.REPLACE;
    }
}
