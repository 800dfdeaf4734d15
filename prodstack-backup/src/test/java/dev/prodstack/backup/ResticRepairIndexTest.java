package dev.prodstack.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.blob.DamagedException;
import dev.prodstack.backup.crypto.Scrypt;
import dev.prodstack.backup.repair.IndexReport;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.source.DirectorySource;
import dev.prodstack.backup.storage.DirectoryStorage;
import dev.prodstack.backup.storage.FileKind;
import dev.prodstack.backup.storage.StorageFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An index that was lost is made anew; the restic program judges it. */
@Tag("engine")
class ResticRepairIndexTest {
    private static final char[] PASSWORD = "secret".toCharArray();

    @TempDir
    Path folder;

    private Path source;
    private Restic restic;
    private Repository repository;
    private Map<String, Integer> contents;
    private StoredSnapshot last;

    @BeforeEach
    void fill() throws Exception {
        source = folder.resolve("source");
        Workload workload = new Workload(source, 13).write();
        restic = new Restic(folder.resolve("repository"), "secret");
        repository = Repository.init(storage(), PASSWORD, new Scrypt(2, 1, 1));
        Backup.of(DirectorySource.at(source)).to(repository);
        workload.change();
        contents = Trees.contents(source);
        last = Backup.of(DirectorySource.at(source)).to(repository);
    }

    @AfterEach
    void close() throws Exception {
        repository.close();
    }

    private DirectoryStorage storage() {
        return DirectoryStorage.at(restic.repository());
    }

    @ParameterizedTest
    @EnumSource(RepairIndex.class)
    void aLostIndexIsMadeOfThePacks(RepairIndex how) throws Exception {
        int packs = repository.files(FileKind.PACK).size();
        for (StorageFile file : repository.files(FileKind.INDEX)) {
            repository.remove(file);
        }
        assertThat(how.plan(repository).isClean()).isEqualTo(how == RepairIndex.THOROUGH);
        assertThat(repository.files(FileKind.INDEX)).isEmpty();
        IndexReport report = how.of(repository);
        assertThat(report.unlisted()).hasSize(how == RepairIndex.THOROUGH ? 0 : packs);
        assertWhole();
    }

    @Test
    void nothingIsDoneIfNothingIsWrong() throws Exception {
        List<StorageFile> before = repository.files(FileKind.INDEX);
        assertThat(RepairIndex.QUICK.of(repository).isClean()).isTrue();
        assertThat(repository.files(FileKind.INDEX)).isEqualTo(before);
    }

    @Test
    void aDamagedFileOfTheIndexIsReplaced() throws Exception {
        StorageFile file = repository.files(FileKind.INDEX).get(0);
        flip(file, 40);
        assertThatThrownBy(() -> repository.loadIndex()).isInstanceOf(DamagedException.class);
        IndexReport report = RepairIndex.QUICK.of(repository);
        assertThat(report.damagedFiles()).containsOnlyKeys(file.toString());
        assertThat(report.unlisted()).isNotEmpty();
        assertWhole();
    }

    @Test
    void aDamagedPackIsNamedAndLeftOut() throws Exception {
        StorageFile pack = repository.files(FileKind.PACK).get(0);
        long size = repository.storage().size(pack).orElseThrow();
        flip(pack, (int) size - 10);
        IndexReport report = RepairIndex.THOROUGH.of(repository);
        assertThat(report.unreadable()).containsOnlyKeys(ContentId.parse(pack.name()));
        assertThat(repository.index().containsPack(ContentId.parse(pack.name())))
                .isFalse();
    }

    @Test
    void aMissingPackIsNamed() throws Exception {
        StorageFile pack = repository.files(FileKind.PACK).get(0);
        repository.remove(pack);
        assertThat(RepairIndex.QUICK.of(repository).missing()).containsExactly(ContentId.parse(pack.name()));
        assertThat(RepairIndex.QUICK.of(repository).isClean()).isTrue();
    }

    @Test
    void twoWritersAtOnceAreSafe() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<Callable<StoredSnapshot>> writers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Path mine = folder.resolve("writer" + i);
            new Workload(mine, 17).write();
            writers.add(() -> {
                try (Repository own = Repository.open(storage(), PASSWORD)) {
                    return Backup.of(DirectorySource.at(mine)).to(own);
                }
            });
        }
        int number = 0;
        for (Future<StoredSnapshot> writer : threads.invokeAll(writers)) {
            Path mine = folder.resolve("writer" + number);
            Path target = folder.resolve("written" + number);
            assertThat(Trees.restored(restic, writer.get().id().toString(), mine, target))
                    .isEqualTo(Trees.contents(mine));
            number++;
        }
        threads.shutdown();
        assertWhole();
    }

    private void assertWhole() throws Exception {
        restic.check();
        assertThat(Trees.restored(restic, last.id().toString(), source, folder.resolve("target")))
                .isEqualTo(contents);
    }

    private void flip(StorageFile file, int at) throws IOException {
        Path path = restic.repository().resolve(file.path());
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        byte[] content = Files.readAllBytes(path);
        content[at] ^= 1;
        Files.write(path, content);
    }
}
