package dev.prodstack.backup.objects;

import dev.prodstack.backup.blob.BlobKind;
import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.browse.Entry;
import dev.prodstack.backup.browse.SnapshotFiles;
import dev.prodstack.backup.index.BlobPlace;
import dev.prodstack.backup.repository.HeldLock;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.server.Compared;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.storage.s3.S3Settings;
import dev.prodstack.backup.tree.Node;
import dev.prodstack.backup.tree.NodeKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Compares buckets with a backup of them: which objects there are, and every byte of each.
 *
 * @param repository where the backup is
 * @param snapshot its snapshot
 */
public record ObjectsComparison(Repository repository, StoredSnapshot snapshot) {
    /** Checks that nothing is missing. */
    public ObjectsComparison {
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(snapshot, "snapshot");
    }

    /** With a snapshot. */
    public static ObjectsComparison of(Repository repository, StoredSnapshot snapshot) {
        return new ObjectsComparison(repository, snapshot);
    }

    /**
     * Compares.
     *
     * @throws IOException if the server refuses or cannot be reached, or the backup cannot be read
     */
    public Compared with(S3Settings settings) throws IOException {
        HeldLock lock = repository.lockShared();
        try (lock;
                Store store = new Store(settings)) {
            repository.loadIndex();
            return new Run(store).all();
        }
    }

    private final class Run {
        private final Store store;
        private final Compared.Tally tally = new Compared.Tally();
        private long objects;
        private long bytes;

        Run(Store store) {
            this.store = store;
        }

        Compared all() throws IOException {
            SnapshotFiles files = SnapshotFiles.of(repository, snapshot);
            Entry top = files.find(snapshot.snapshot().paths().get(0))
                    .orElseThrow(() -> new IOException("The snapshot "
                            + snapshot.id().brief() + " has no buckets. Name one of kind=" + ObjectsBackup.KIND + "."));
            Set<String> there = new HashSet<>(store.buckets());
            files.walk(top, entry -> {
                String bucket = entry.path().substring(top.path().length() + 1);
                if (there.contains(bucket)) {
                    compare(files, entry, bucket);
                } else {
                    tally.differs("the bucket " + bucket + " is missing");
                }
                return false;
            });
            tally.fact("objects", objects);
            tally.fact("bytes", bytes);
            return tally.compared();
        }

        private void compare(SnapshotFiles files, Entry folder, String bucket) throws IOException {
            Set<String> there = new HashSet<>();
            try {
                store.client().listObjectsV2Paginator(list -> list.bucket(bucket)).contents().stream()
                        .map(S3Object::key)
                        .forEach(there::add);
            } catch (SdkException e) {
                throw store.failure("list the bucket " + bucket, e);
            }
            files.walk(folder, entry -> {
                if (entry.node().kind() == NodeKind.FILE) {
                    String path = entry.path().substring(folder.path().length() + 1);
                    String key = KeyPath.key(Arrays.asList(path.split("/", -1)));
                    objects++;
                    if (!there.remove(key)) {
                        tally.differs(bucket + "/" + key + " is missing");
                    } else if (!matches(bucket, key, entry.node())) {
                        tally.differs(bucket + "/" + key + " has other content");
                    }
                }
                return true;
            });
            there.forEach(key -> tally.differs(bucket + "/" + key + " is not in the backup"));
        }

        private boolean matches(String bucket, String key, Node node) throws IOException {
            bytes += node.size();
            try (InputStream content = store.call(
                    "read " + bucket + "/" + key,
                    () -> store.client().getObject(get -> get.bucket(bucket).key(key)))) {
                for (ContentId chunk : node.content().orElse(List.of())) {
                    Optional<BlobPlace> place = repository.index().place(BlobKind.DATA, chunk);
                    if (place.isEmpty()
                            || !ContentId.of(content.readNBytes(
                                            place.get().blob().plainLength()))
                                    .equals(chunk)) {
                        return false;
                    }
                }
                return content.read() < 0;
            }
        }
    }
}
