package dev.prodstack.backup.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.backup.Backup;
import dev.prodstack.backup.Forget;
import dev.prodstack.backup.Prune;
import dev.prodstack.backup.Workload;
import dev.prodstack.backup.check.Check;
import dev.prodstack.backup.check.Finding;
import dev.prodstack.backup.check.Subset;
import dev.prodstack.backup.crypto.Scrypt;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.source.DirectorySource;
import dev.prodstack.backup.storage.StorageException;
import dev.prodstack.backup.storage.StorageException.Reason;
import dev.prodstack.backup.storage.s3.RewindReport.Kind;
import dev.prodstack.core.backup.RepositorySpec.ObjectLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Somebody who has the keys of who backs up does to the repository whatever the server lets them do. */
@Tag("engine")
class RewindTest {
    private static final char[] PASSWORD = "secret".toCharArray();

    @TempDir
    Path directory;

    private S3Settings settings = S3Settings.at("s3:http://127.0.0.1:1/none");
    private Workload workload = new Workload(Path.of(""), 1);
    private Path source = Path.of("");

    @BeforeEach
    void begin() throws Exception {
        settings = Radosgw.running()
                .settings(directory)
                .objectLock(new ObjectLock(ObjectLock.Mode.COMPLIANCE, Duration.ofDays(3)));
        source = directory.resolve("source");
        workload = new Workload(source, 32).write();
    }

    private Repository open() throws IOException {
        return Repository.open(S3Storage.with(settings), PASSWORD.clone());
    }

    private StoredSnapshot backUp(Repository repository) throws Exception {
        return Backup.of(DirectorySource.at(source)).to(repository);
    }

    /** A moment of its own: the server tells the time in seconds. */
    private static Instant moment() throws InterruptedException {
        Thread.sleep(1100);
        Instant now = Instant.now();
        Thread.sleep(1100);
        return now;
    }

    private static List<Finding> faults(Repository repository) throws Exception {
        return Check.of(repository).readingData(Subset.ALL).run().findings().stream()
                .filter(finding -> finding.kind().isFault())
                .toList();
    }

    /** Overwrites or deletes every object, forgotten ones too, and every version that can be. */
    private int attack() throws IOException {
        String bucket = settings.location().bucket();
        int refused = 0;
        try (S3Client client = Clients.connect(settings, new RetryRules())) {
            List<ObjectVersion> all = client.listObjectVersionsPaginator(request -> request.bucket(bucket)).stream()
                    .flatMap(page -> page.versions().stream())
                    .toList();
            int count = 0;
            for (ObjectVersion version : all) {
                client.putObject(
                        request -> request.bucket(bucket).key(version.key()), RequestBody.fromString("pay us"));
                if (count++ % 2 == 0) {
                    client.deleteObject(request -> request.bucket(bucket).key(version.key()));
                }
                try {
                    client.deleteObject(
                            request -> request.bucket(bucket).key(version.key()).versionId(version.versionId()));
                } catch (S3Exception e) {
                    refused++;
                }
            }
            all.stream()
                    .map(ObjectVersion::key)
                    .filter(key -> key.contains("/snapshots/"))
                    .forEach(key -> client.putObject(
                            request -> request.bucket(bucket).key(key), RequestBody.fromString("pay us")));
        }
        return refused;
    }

    @Test
    void whatIsLockedComesBack() throws Exception {
        StoredSnapshot first;
        StoredSnapshot second;
        Instant before;
        try (Repository repository = Repository.init(S3Storage.with(settings), PASSWORD.clone(), new Scrypt(2, 1, 1))) {
            first = backUp(repository);
            before = moment();
            workload.change();
            second = backUp(repository);
        }
        assertThat(attack()).isGreaterThan(6);
        assertThatThrownBy(this::open).isInstanceOf(IOException.class);

        RewindReport plan = Rewind.of(settings).plan(before);
        RewindReport report = Rewind.of(settings).to(before);

        assertThat(report).isEqualTo(plan);
        assertThat(report.count(Kind.DELETED)).isPositive();
        assertThat(report.count(Kind.OVERWRITTEN)).isPositive();
        assertThat(report.count(Kind.LOST)).isZero();
        try (Repository repository = open()) {
            assertThat(repository.snapshots())
                    .as("what was backed up after that moment is there too, as names say what is in files")
                    .extracting(StoredSnapshot::id)
                    .containsExactly(first.id(), second.id());
            assertThat(faults(repository)).isEmpty();
        }
        RewindReport again = Rewind.of(settings).to(before);
        assertThat(again.changes()).isEmpty();
        assertThat(again.newer()).isGreaterThanOrEqualTo(report.changes().size());
    }

    @Test
    void whatWasForgottenBeforeStaysSo() throws Exception {
        settings = settings.objectLock(new ObjectLock(ObjectLock.Mode.GOVERNANCE, Duration.ofDays(3)));
        StoredSnapshot second;
        try (Repository repository = Repository.init(S3Storage.with(settings), PASSWORD.clone(), new Scrypt(2, 1, 1))) {
            StoredSnapshot first = backUp(repository);
            workload.change();
            second = backUp(repository);
            Forget.remove(repository, Set.of(first.id()));
            Prune.standard().of(repository);
        }
        Instant before = moment();
        attack();

        RewindReport report = Rewind.of(settings).to(before);

        assertThat(report.count(Kind.FORGOTTEN)).isPositive();
        assertThat(report.count(Kind.LOST)).isZero();
        try (Repository repository = open()) {
            assertThat(repository.snapshots()).extracting(StoredSnapshot::id).containsExactly(second.id());
            assertThat(faults(repository)).isEmpty();
        }
    }

    @Test
    void whatNoVersionHoldsIsNamed() throws Exception {
        S3Settings unlocked = S3Settings.at(settings.location().toString()).credentials(settings.credentials());
        Repository.init(S3Storage.with(settings), PASSWORD.clone(), new Scrypt(2, 1, 1))
                .close();
        Instant before = moment();
        try (Repository repository = Repository.open(S3Storage.with(unlocked), PASSWORD.clone())) {
            backUp(repository);
        }
        attack();

        RewindReport report = Rewind.of(settings).to(before);

        assertThat(report.count(Kind.LOST)).isPositive();
        try (Repository repository = open()) {
            assertThat(repository.snapshots()).isEmpty();
        }
    }

    @Test
    void aMomentWithoutARepositoryIsToldApart() throws Exception {
        Instant before = moment();
        Repository.init(S3Storage.with(settings), PASSWORD.clone(), new Scrypt(2, 1, 1))
                .close();
        assertThatThrownBy(() -> Rewind.of(settings).plan(before))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("There was no repository at " + settings.location())
                .hasMessageContaining("Take a later moment");
        assertThat(Rewind.of(settings).plan(moment()).changes()).isEmpty();
    }

    @Test
    void aBucketWithoutVersionsIsToldApart() throws Exception {
        S3Settings plain = Radosgw.running().settings(directory);
        try (S3Storage storage = S3Storage.with(plain)) {
            storage.create();
        }
        assertThatThrownBy(() -> Rewind.of(plain).plan(Instant.now()))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNFIT))
                .hasMessageContaining("keeps no versions");
    }
}
