package dev.prodstack.backup.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.backup.Backup;
import dev.prodstack.backup.Forget;
import dev.prodstack.backup.Prune;
import dev.prodstack.backup.Workload;
import dev.prodstack.backup.crypto.Scrypt;
import dev.prodstack.backup.prune.Allowance;
import dev.prodstack.backup.prune.PrunePlan;
import dev.prodstack.backup.prune.PruneRules;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.source.DirectorySource;
import dev.prodstack.backup.storage.FileKind;
import dev.prodstack.backup.storage.StorageFile;
import dev.prodstack.core.backup.RepositorySpec.ObjectLock;
import dev.prodstack.core.value.ByteSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a bucket keeps locked is not removed, as that would free nothing. */
@Tag("engine")
class PruneObjectLockTest {
    @TempDir
    Path directory;

    @Test
    void lockedPacksStay() throws Exception {
        S3Settings settings = Radosgw.running()
                .settings(directory)
                .objectLock(new ObjectLock(ObjectLock.Mode.GOVERNANCE, Duration.ofDays(3)));
        Path source = directory.resolve("source");
        Workload workload = new Workload(source, 31).write();
        try (Repository repository =
                Repository.init(S3Storage.with(settings), "secret".toCharArray(), new Scrypt(2, 1, 1))) {
            StoredSnapshot first = Backup.of(DirectorySource.at(source)).to(repository);
            workload.change();
            Backup.of(DirectorySource.at(source)).to(repository);
            Forget.remove(repository, Set.of(first.id()));
            List<StorageFile> before = repository.files(FileKind.PACK);
            PrunePlan plan = Prune.by(PruneRules.STANDARD.allowing(new Allowance.Size(new ByteSize(0))))
                    .of(repository);
            assertThat(plan.unusedBytes()).isPositive();
            assertThat(plan.isEmpty()).isTrue();
            assertThat(plan.decisions()).anyMatch(decision -> decision.reason().startsWith("locked until 20"));
            assertThat(repository.files(FileKind.PACK)).containsExactlyInAnyOrderElementsOf(before);
        }
    }
}
