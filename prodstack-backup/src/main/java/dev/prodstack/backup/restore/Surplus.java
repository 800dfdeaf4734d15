package dev.prodstack.backup.restore;

import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.browse.SnapshotFiles;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.tree.Node;
import dev.prodstack.backup.tree.NodeName;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is below a directory and not in a snapshot, told by the bytes of names: {@code Surplus.of(repository, snapshot,
 * "/volume/uploads").removeFrom(directory)}.
 *
 * @param repository where the snapshot is; its index is loaded
 * @param snapshot which
 * @param from the path in it that the directory stands for
 */
public record Surplus(Repository repository, StoredSnapshot snapshot, String from) {
    /** Of a path in a snapshot. */
    public static Surplus of(Repository repository, StoredSnapshot snapshot, String from) {
        return new Surplus(repository, snapshot, from);
    }

    /**
     * Removes it, and what is below. Where the backup left out patterns nothing is removed: that something is not in it
     * says nothing then about what was there.
     *
     * @return how many files and directories were removed
     */
    public long removeFrom(Path directory) throws IOException {
        if (!snapshot.snapshot().excludes().isEmpty()) {
            return 0;
        }
        Optional<ContentId> tree = SnapshotFiles.of(repository, snapshot)
                .find(from)
                .flatMap(entry -> entry.node().subtree());
        if (tree.isEmpty()) {
            throw new NoSuchFileException(
                    "The snapshot " + snapshot.id().brief() + " has no directory " + from + ". See repo ls.");
        }
        return removeOthers(directory.toAbsolutePath(), tree.get());
    }

    private long removeOthers(Path directory, ContentId tree) throws IOException {
        Map<NodeName, Node> kept = new HashMap<>();
        repository.tree(tree).nodes().forEach(node -> kept.put(node.name(), node));
        long removed = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                Node node = kept.get(RawPath.name(entry));
                if (node == null) {
                    removed += removeAll(entry);
                } else if (node.subtree().isPresent() && isDirectory(entry)) {
                    removed += removeOthers(entry, node.subtree().get());
                }
            }
        }
        return removed;
    }

    private static boolean isDirectory(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static long removeAll(Path path) throws IOException {
        long removed = 1;
        if (isDirectory(path)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
                for (Path entry : entries) {
                    removed += removeAll(entry);
                }
            }
        }
        Files.delete(path);
        return removed;
    }
}
