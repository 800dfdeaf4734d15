package dev.prodstack.backup.browse;

import dev.prodstack.backup.blob.BlobKind;
import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.index.BlobIndex;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.storage.FileKind;
import dev.prodstack.backup.storage.Storage;
import dev.prodstack.backup.tree.Node;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How large some snapshots and their repository are.
 *
 * @param snapshots how many snapshots
 * @param files how many files they have together, each snapshot for itself
 * @param bytes of these files, as a restore of each would write them
 * @param blobs how many different blobs they need
 * @param blobBytes of these blobs
 * @param storedBytes that these blobs take in packs
 * @param packs how many packs the repository has
 * @param packBytes of all of its packs
 */
public record Statistics(
        long snapshots,
        long files,
        long bytes,
        long blobs,
        long blobBytes,
        long storedBytes,
        long packs,
        long packBytes) {

    /** Looks at snapshots of a repository whose index is loaded. */
    public static Statistics of(Repository repository, List<StoredSnapshot> snapshots) throws IOException {
        Count count = new Count(repository.index());
        for (StoredSnapshot stored : snapshots) {
            count.need(BlobKind.TREE, stored.snapshot().tree());
            SnapshotFiles.of(repository, stored).walk(entry -> count.count(entry.node()));
        }
        long packs = 0;
        long packBytes = 0;
        try (Stream<Storage.Stored> listed = repository.storage().list(FileKind.PACK)) {
            for (Storage.Stored pack : (Iterable<Storage.Stored>) listed::iterator) {
                packs++;
                packBytes += pack.size();
            }
        }
        return new Statistics(
                snapshots.size(),
                count.files,
                count.bytes,
                count.data.size() + count.trees.size(),
                count.blobBytes,
                count.storedBytes,
                packs,
                packBytes);
    }

    private static final class Count {
        private final BlobIndex index;
        private final Set<ContentId> data = new HashSet<>();
        private final Set<ContentId> trees = new HashSet<>();
        private long files;
        private long bytes;
        private long blobBytes;
        private long storedBytes;

        Count(BlobIndex index) {
            this.index = index;
        }

        boolean count(Node node) {
            node.subtree().ifPresent(tree -> need(BlobKind.TREE, tree));
            if (node.content().isPresent()) {
                files++;
                bytes += node.size();
                node.content().get().forEach(chunk -> need(BlobKind.DATA, chunk));
            }
            return true;
        }

        void need(BlobKind kind, ContentId id) {
            if ((kind == BlobKind.TREE ? trees : data).add(id)) {
                index.place(kind, id).ifPresent(place -> {
                    blobBytes += place.blob().plainLength();
                    storedBytes += place.blob().length();
                });
            }
        }
    }
}
