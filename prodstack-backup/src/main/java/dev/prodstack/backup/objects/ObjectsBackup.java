package dev.prodstack.backup.objects;

import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.server.Origin;
import dev.prodstack.backup.server.StoredPart;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.storage.s3.S3Settings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Stores the objects of buckets: {@code ObjectsBackup.of(settings).to(repository, origin)}. Each object is as it was at
 * some moment while the backup ran; objects that are as in the backup before are not read again.
 *
 * <p>Facts: {@code buckets}, {@code objects}, {@code bytes}.
 *
 * @param settings the server; the bucket in it does not matter
 * @param buckets which ones; all that the keys can list where empty
 */
public record ObjectsBackup(S3Settings settings, List<String> buckets) {
    /** What the snapshot's label {@code kind} says. */
    public static final String KIND = "objects";

    /** Copies the list. */
    public ObjectsBackup {
        Objects.requireNonNull(settings, "settings");
        buckets = List.copyOf(buckets);
    }

    /** Of all buckets. */
    public static ObjectsBackup of(S3Settings settings) {
        return new ObjectsBackup(settings, List.of());
    }

    /** The same of some buckets; of all where the list is empty. */
    public ObjectsBackup only(List<String> some) {
        return new ObjectsBackup(settings, some);
    }

    /**
     * Reads and stores.
     *
     * @throws IOException if the server refuses or cannot be reached; there is no snapshot then
     */
    public StoredPart to(Repository repository, Origin origin) throws IOException, InterruptedException {
        try (Store store = new Store(settings)) {
            List<String> chosen = buckets.isEmpty() ? store.buckets() : buckets;
            BucketsSource source = new BucketsSource(store, origin.name(KIND), chosen);
            StoredSnapshot stored = origin.backup(source, KIND).to(repository);
            return StoredPart.of(
                    origin,
                    KIND,
                    List.of(stored),
                    Map.of(
                            "buckets",
                            String.join(",", chosen),
                            "objects",
                            Long.toString(source.objects()),
                            "bytes",
                            Long.toString(source.bytes())));
        }
    }
}
