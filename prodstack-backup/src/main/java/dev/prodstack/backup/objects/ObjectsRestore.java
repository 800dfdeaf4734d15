package dev.prodstack.backup.objects;

import dev.prodstack.backup.blob.BlobKind;
import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.browse.Entry;
import dev.prodstack.backup.browse.SnapshotFiles;
import dev.prodstack.backup.repository.HeldLock;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.storage.s3.S3Settings;
import dev.prodstack.backup.tree.Node;
import dev.prodstack.backup.tree.NodeKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Restores buckets: {@code ObjectsRestore.of(repository, snapshot).into(settings)}. Buckets that are missing are made,
 * objects that differ or are missing are written; those whose size and ETag are right are not.
 *
 * @param repository where the backup is
 * @param snapshot its snapshot
 * @param buckets which ones; all in the backup where empty
 * @param others what happens to objects that the backup does not have
 */
public record ObjectsRestore(Repository repository, StoredSnapshot snapshot, List<String> buckets, Others others) {
    /** The most bytes that one request may bring; S3's limit. */
    private static final long MOST_BYTES = 5L * 1024 * 1024 * 1024;

    /** What happens to objects that the backup does not have. */
    public enum Others {
        /** They stay. */
        KEPT,
        /** They are removed. */
        REMOVED
    }

    /** Copies the list. */
    public ObjectsRestore {
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(snapshot, "snapshot");
        Objects.requireNonNull(others, "others");
        buckets = List.copyOf(buckets);
    }

    /** Of all buckets; other objects stay. */
    public static ObjectsRestore of(Repository repository, StoredSnapshot snapshot) {
        return new ObjectsRestore(repository, snapshot, List.of(), Others.KEPT);
    }

    /** The same of some buckets; of all where the list is empty. */
    public ObjectsRestore only(List<String> some) {
        return new ObjectsRestore(repository, snapshot, some, others);
    }

    /** The same, and objects that the backup does not have are removed. */
    public ObjectsRestore exactly() {
        return new ObjectsRestore(repository, snapshot, buckets, Others.REMOVED);
    }

    /**
     * What was done.
     *
     * @param written objects
     * @param unchanged objects that were right
     * @param removed objects that the backup does not have
     */
    public record Report(long written, long unchanged, long removed) {}

    /**
     * Restores.
     *
     * @throws IOException if the server refuses or cannot be reached, or the backup cannot be read; run again, it goes
     *     on
     */
    public Report into(S3Settings settings) throws IOException {
        HeldLock lock = repository.lockShared();
        try (lock;
                Store store = new Store(settings)) {
            repository.loadIndex();
            return new Run(store).all();
        }
    }

    private final class Run {
        private final Store store;
        private long written;
        private long unchanged;
        private long removed;

        Run(Store store) {
            this.store = store;
        }

        Report all() throws IOException {
            SnapshotFiles files = SnapshotFiles.of(repository, snapshot);
            Entry top = files.find(snapshot.snapshot().paths().get(0))
                    .orElseThrow(() -> new IOException("The snapshot "
                            + snapshot.id().brief() + " has no buckets. Name one of kind=" + ObjectsBackup.KIND + "."));
            Set<String> there = new HashSet<>(store.buckets());
            files.walk(top, entry -> {
                String bucket = entry.path().substring(top.path().length() + 1);
                if (buckets.isEmpty() || buckets.contains(bucket)) {
                    if (there.add(bucket)) {
                        store.call(
                                "make the bucket " + bucket,
                                () -> store.client().createBucket(make -> make.bucket(bucket)));
                    }
                    restore(files, entry, bucket);
                }
                return false;
            });
            return new Report(written, unchanged, removed);
        }

        private void restore(SnapshotFiles files, Entry folder, String bucket) throws IOException {
            Map<String, S3Object> there = new HashMap<>();
            try {
                store.client()
                        .listObjectsV2Paginator(list -> list.bucket(bucket))
                        .contents()
                        .forEach(object -> there.put(object.key(), object));
            } catch (SdkException e) {
                throw store.failure("list the bucket " + bucket, e);
            }
            files.walk(folder, entry -> {
                if (entry.node().kind() == NodeKind.FILE) {
                    String path = entry.path().substring(folder.path().length() + 1);
                    String key = KeyPath.key(Arrays.asList(path.split("/", -1)));
                    put(bucket, key, entry.node(), there.remove(key));
                }
                return true;
            });
            if (others == Others.REMOVED) {
                for (String key : there.keySet()) {
                    store.call(
                            "remove " + bucket + "/" + key,
                            () -> store.client()
                                    .deleteObject(
                                            delete -> delete.bucket(bucket).key(key)));
                    removed++;
                }
            }
        }

        private void put(String bucket, String key, Node node, @Nullable S3Object there) throws IOException {
            if (there != null
                    && there.size() == node.size()
                    && Attributes.etag(node)
                            .filter(etag -> etag.equals(there.eTag()))
                            .isPresent()) {
                unchanged++;
                return;
            }
            if (node.size() > MOST_BYTES) {
                throw new IOException("The object " + bucket + "/" + key + " has " + node.size()
                        + " bytes; objects of more than 5 GiB cannot be written in one request. Restore it as a file"
                        + " (prodstack repo restore, or restic) and upload it with the server's own tool.");
            }
            PutObjectRequest.Builder request =
                    PutObjectRequest.builder().bucket(bucket).key(key).contentLength(node.size());
            Attributes.onto(request, node);
            String type = Objects.requireNonNullElse(request.build().contentType(), "application/octet-stream");
            store.call(
                    "write " + bucket + "/" + key,
                    () -> store.client()
                            .putObject(
                                    request.build(),
                                    RequestBody.fromContentProvider(
                                            () -> content(node.content().orElse(List.of())), node.size(), type)));
            written++;
        }

        /** Opened anew for each attempt. */
        @SuppressWarnings("JdkObsolete") // SequenceInputStream takes nothing else
        private InputStream content(List<ContentId> chunks) {
            Iterator<ContentId> each = chunks.iterator();
            return new SequenceInputStream(new Enumeration<>() {
                @Override
                public boolean hasMoreElements() {
                    return each.hasNext();
                }

                @Override
                public InputStream nextElement() {
                    try {
                        return new ByteArrayInputStream(repository.load(BlobKind.DATA, each.next()));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            });
        }
    }
}
