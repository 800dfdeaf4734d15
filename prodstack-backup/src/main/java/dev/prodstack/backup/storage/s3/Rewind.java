package dev.prodstack.backup.storage.s3;

import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.parallel.Workers;
import dev.prodstack.backup.progress.Progress;
import dev.prodstack.backup.storage.FileKind;
import dev.prodstack.backup.storage.Storage.Stored;
import dev.prodstack.backup.storage.StorageException;
import dev.prodstack.backup.storage.StorageFile;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;

/**
 * Brings back files of a repository that somebody overwrote or deleted, from the versions that the bucket keeps, which
 * under object lock nobody can remove:
 *
 * <pre>{@code
 * RewindReport report = Rewind.of(settings).to(Instant.parse("2026-11-26T10:31:00Z"));
 * }</pre>
 *
 * <p>Versions of that moment become the newest again, by copies that the server makes. Of a file that was written
 * later, the newest version with the content that its name says (its SHA-256) does; what is written now by whoever
 * backs up stays. Garbage that had no version then is deleted, which leaves its versions; so nothing is lost, and a
 * moment that was chosen wrongly can be chosen again. Locks are left out. It needs no password, and the rights
 * {@code s3:ListBucketVersions}, {@code s3:GetObjectVersion}, {@code s3:PutObject} and {@code s3:DeleteObject}.
 */
public final class Rewind {
    private static final List<FileKind> KINDS =
            List.of(FileKind.PACK, FileKind.INDEX, FileKind.WAL, FileKind.SNAPSHOT, FileKind.KEY, FileKind.CONFIG);

    private final S3Settings settings;
    private final Failures failures;
    private final Consumer<Progress> progress;

    private Rewind(S3Settings settings, Consumer<Progress> progress) {
        this.settings = settings;
        this.failures = new Failures(settings);
        this.progress = progress;
    }

    /** Of the repository in a place. With object lock set, what comes back is locked anew. */
    public static Rewind of(S3Settings settings) {
        return new Rewind(settings, progress -> {});
    }

    /** Tells how many files have come back. */
    public Rewind showing(Consumer<Progress> told) {
        return new Rewind(settings, told);
    }

    /**
     * What would come back.
     *
     * @throws IOException if the bucket cannot be read, or keeps no versions
     */
    public RewindReport plan(Instant moment) throws IOException, InterruptedException {
        try (S3Client client = Clients.connect(settings, new RetryRules())) {
            return look(client, moment).report;
        }
    }

    /**
     * Brings it back; interrupted, it can be done again.
     *
     * @throws IOException if the bucket cannot be read or written to, or keeps no versions
     */
    public RewindReport to(Instant moment) throws IOException, InterruptedException {
        try (S3Client client = Clients.connect(settings, new RetryRules())) {
            Found found = look(client, moment);
            Returned returned = new Returned(found.report);
            // What others lead to comes first: a repository that opens has what it names.
            for (FileKind kind : KINDS) {
                Workers.forEach(found.of(kind), back -> {
                    doing("bring back " + back.file, () -> copy(client, back));
                    progress.accept(returned.and(back.version.size()));
                });
            }
            Workers.forEach(
                    found.garbage,
                    key -> doing(
                            "delete " + key,
                            () -> client.deleteObject(request ->
                                    request.bucket(settings.location().bucket()).key(key))));
            return found.report;
        }
    }

    /** A file, and the version that is to be the newest. */
    private record Back(StorageFile file, KeptVersion version) {}

    private record Found(RewindReport report, List<Back> back, List<String> garbage) {
        List<Back> of(FileKind kind) {
            return back.stream().filter(each -> each.file.kind() == kind).toList();
        }
    }

    private Found look(S3Client client, Instant moment) throws IOException, InterruptedException {
        requireVersions(client);
        Names names = new Names(settings.location().prefix());
        requireRepository(versions(client, names.of(StorageFile.CONFIG)), moment);
        Judging judging = new Judging(client, moment);
        for (FileKind kind : KINDS) {
            Map<String, List<KeptVersion>> versions = new TreeMap<>();
            for (KeptVersion version : versions(client, names.prefix(kind))) {
                versions.computeIfAbsent(version.key(), key -> new ArrayList<>())
                        .add(version);
            }
            Workers.forEach(List.copyOf(versions.entrySet()), object -> {
                Optional<Stored> file = names.read(kind, object.getKey(), 0);
                if (file.isPresent()) {
                    judging.judge(file.get().file(), object.getValue());
                }
            });
        }
        return judging.found();
    }

    private void requireVersions(S3Client client) throws IOException {
        String bucket = settings.location().bucket();
        boolean kept = doing(
                "see whether versions are kept",
                () -> client.getBucketVersioning(request -> request.bucket(bucket))
                                .statusAsString()
                        != null);
        if (!kept) {
            throw new StorageException(
                    StorageException.Reason.UNFIT,
                    "The bucket " + bucket + " keeps no versions of its objects: what was overwritten or deleted in "
                            + settings.location() + " is gone. Take the copy in another place, if there is one.",
                    null);
        }
    }

    private void requireRepository(List<KeptVersion> configs, Instant moment) throws IOException {
        String key = new Names(settings.location().prefix()).of(StorageFile.CONFIG);
        boolean there = configs.stream()
                .filter(version -> version.key().equals(key))
                .sorted(KeptVersion.NEWEST)
                .filter(version -> !version.written().isAfter(moment))
                .findFirst()
                .filter(version -> !version.deletion())
                .isPresent();
        if (!there) {
            String oldest = configs.stream()
                    .filter(version -> version.key().equals(key))
                    .map(KeptVersion::written)
                    .min(Comparator.naturalOrder())
                    .map(written -> "the oldest version of its file config is of " + written + ". Take a later moment.")
                    .orElse("nothing of it is kept. Look at the address.");
            throw new StorageException(
                    StorageException.Reason.UNFIT,
                    "There was no repository at " + settings.location() + " at " + moment + ": " + oldest,
                    null);
        }
    }

    private List<KeptVersion> versions(S3Client client, String prefix) throws IOException {
        return doing(
                "list versions",
                () -> client
                        .listObjectVersionsPaginator(request ->
                                request.bucket(settings.location().bucket()).prefix(prefix))
                        .stream()
                        .flatMap(KeptVersion::of)
                        .toList());
    }

    private CopyObjectResponse copy(S3Client client, Back back) {
        String bucket = settings.location().bucket();
        return client.copyObject(request -> {
            request.sourceBucket(bucket)
                    .sourceKey(back.version.key())
                    .sourceVersionId(back.version.id())
                    .destinationBucket(bucket)
                    .destinationKey(back.version.key());
            if (back.file.kind() == FileKind.PACK) {
                settings.storageClass().ifPresent(request::storageClass);
            }
            settings.objectLock()
                    .ifPresent(lock -> request.objectLockMode(S3Storage.mode(lock))
                            .objectLockRetainUntilDate(Instant.now().plus(lock.duration())));
        });
    }

    private <T> T doing(String what, Supplier<T> request) throws IOException {
        try {
            return request.get();
        } catch (SdkException e) {
            throw failures.of(e, what);
        }
    }

    /** Sees what became of each file; by several threads. */
    private final class Judging {
        private final S3Client client;
        private final Instant moment;
        private final List<Back> back = new ArrayList<>();
        private final List<String> garbage = new ArrayList<>();
        private final List<RewindReport.Change> changes = new ArrayList<>();
        private long unchanged;
        private long newer;

        Judging(S3Client client, Instant moment) {
            this.client = client;
            this.moment = moment;
        }

        void judge(StorageFile file, List<KeptVersion> versions) throws IOException {
            versions.sort(KeptVersion.NEWEST);
            KeptVersion current = versions.get(0);
            Optional<KeptVersion> then = versions.stream()
                    .filter(version -> !version.written().isAfter(moment))
                    .findFirst();
            if (then.filter(current::equals).isPresent()) {
                count(current.deletion() ? 0 : 1, 0);
                return;
            }
            Optional<KeptVersion> right = right(file, versions, then.filter(version -> !version.deletion()));
            if (right.isEmpty()) {
                if (!current.deletion()) {
                    RewindReport.Kind kind = then.isPresent() ? RewindReport.Kind.FORGOTTEN : RewindReport.Kind.LOST;
                    addGarbage(new RewindReport.Change(file, kind, current.size()), current.key());
                }
            } else if (current.sameContent(right.get())) {
                count(0, 1);
            } else {
                RewindReport.Kind kind = current.deletion() ? RewindReport.Kind.DELETED : RewindReport.Kind.OVERWRITTEN;
                add(new RewindReport.Change(file, kind, right.get().size()), right.get());
            }
        }

        /** The version that should be the newest. */
        private Optional<KeptVersion> right(StorageFile file, List<KeptVersion> versions, Optional<KeptVersion> then)
                throws IOException {
            List<KeptVersion> since = versions.stream()
                    .filter(version -> !version.deletion() && version.written().isAfter(moment))
                    .toList();
            if (file.kind() == FileKind.CONFIG || file.kind() == FileKind.WAL) {
                // Written once, and no name says what is in them.
                return then.or(() -> since.stream().reduce((newest, oldest) -> oldest));
            }
            for (KeptVersion version : since) {
                if (then.filter(version::sameContent).isPresent() || hasItsName(file, version)) {
                    return Optional.of(version);
                }
            }
            return then;
        }

        private boolean hasItsName(StorageFile file, KeptVersion version) throws IOException {
            ContentId content = doing(
                    "read " + file,
                    () -> client.getObject(
                            request -> request.bucket(settings.location().bucket())
                                    .key(version.key())
                                    .versionId(version.id()),
                            (answer, stream) -> ContentId.of(stream)));
            return content.toString().equals(file.name());
        }

        private synchronized void count(long asThen, long since) {
            unchanged += asThen;
            newer += since;
        }

        private synchronized void add(RewindReport.Change change, KeptVersion version) {
            changes.add(change);
            back.add(new Back(change.file(), version));
        }

        private synchronized void addGarbage(RewindReport.Change change, String key) {
            changes.add(change);
            garbage.add(key);
        }

        synchronized Found found() {
            changes.sort(Comparator.comparing(change -> change.file().path()));
            return new Found(
                    new RewindReport(moment, unchanged, newer, changes), List.copyOf(back), List.copyOf(garbage));
        }
    }

    /** How many files have come back. */
    private static final class Returned {
        private final long start = System.nanoTime();
        private final long allFiles;
        private final long allBytes;
        private long files;
        private long bytes;

        Returned(RewindReport report) {
            allFiles = report.back();
            allBytes = report.bytes();
        }

        synchronized Progress and(long more) {
            files++;
            bytes += more;
            return new Progress(
                    files,
                    Optional.of(allFiles),
                    bytes,
                    Optional.of(allBytes),
                    Duration.ofNanos(System.nanoTime() - start));
        }
    }
}
