package dev.prodstack.backup.source;

import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.tree.Tree;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What is backed up. */
public interface Source {
    /** What a snapshot says was backed up: absolute paths. */
    List<String> paths();

    /** What a snapshot says was left out: patterns. */
    default List<String> excludes() {
        return List.of();
    }

    /**
     * Writes its content and its trees.
     *
     * @param sink where they go
     * @param parent the root tree of the snapshot before, which unchanged files may be taken from
     * @return the root tree
     */
    ContentId store(Sink sink, Optional<Tree> parent) throws IOException, InterruptedException;
}
