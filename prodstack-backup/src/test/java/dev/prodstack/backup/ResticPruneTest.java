package dev.prodstack.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.backup.blob.BlobKind;
import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.blob.DamagedException;
import dev.prodstack.backup.crypto.Scrypt;
import dev.prodstack.backup.index.IndexedPack;
import dev.prodstack.backup.prune.Allowance;
import dev.prodstack.backup.prune.PrunePlan;
import dev.prodstack.backup.prune.PruneRules;
import dev.prodstack.backup.repository.BlobWriter;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.source.DirectorySource;
import dev.prodstack.backup.storage.DirectoryStorage;
import dev.prodstack.backup.storage.FileKind;
import dev.prodstack.backup.storage.Storage;
import dev.prodstack.backup.storage.StorageFile;
import dev.prodstack.core.value.ByteSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pruning leaves is judged by the restic program; and each prunes what the other wrote. */
@Tag("engine")
class ResticPruneTest {
    private static final PruneRules ALL = PruneRules.STANDARD.allowing(new Allowance.Size(new ByteSize(0)));

    @TempDir
    Path folder;

    private Path source;
    private Restic restic;
    private Repository repository;
    private Workload workload;
    private final List<Map<String, Integer>> contents = new ArrayList<>();

    @BeforeEach
    void init() throws Exception {
        source = folder.resolve("source");
        workload = new Workload(source, 7).write();
        restic = new Restic(folder.resolve("repository"), "secret");
        repository =
                Repository.init(DirectoryStorage.at(restic.repository()), "secret".toCharArray(), new Scrypt(2, 1, 1));
    }

    @AfterEach
    void close() throws Exception {
        repository.close();
    }

    private StoredSnapshot backup() throws Exception {
        contents.add(Trees.contents(source));
        StoredSnapshot snapshot = Backup.of(DirectorySource.at(source)).to(repository);
        workload.change();
        return snapshot;
    }

    @Test
    void freesWhatNoSnapshotNeeds() throws Exception {
        List<StoredSnapshot> snapshots = List.of(backup(), backup(), backup(), backup());
        Forget.remove(repository, Set.of(snapshots.get(0).id(), snapshots.get(2).id()));
        long before = stored();
        PrunePlan plan = Prune.by(ALL).of(repository);
        assertThat(plan.of(PrunePlan.Action.REPACK)).isNotEmpty();
        assertThat(before - stored()).isBetween(plan.freedBytes() - 10_000, plan.freedBytes() + 10_000);
        assertThat(Prune.by(ALL).plan(repository).isEmpty()).isTrue();
        restic.check();
        assertRestores(snapshots.get(1), 1);
        assertRestores(snapshots.get(3), 3);
    }

    @Test
    void aPlanChangesNothing() throws Exception {
        List<StoredSnapshot> snapshots = List.of(backup(), backup());
        Forget.remove(repository, Set.of(snapshots.get(0).id()));
        List<Storage.Stored> before = packs();
        assertThat(Prune.by(ALL).plan(repository).freedBytes()).isPositive();
        Prune.by(ALL).of(repository, plan -> false);
        assertThat(packs()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void resticPrunesOurs() throws Exception {
        List<StoredSnapshot> snapshots = List.of(backup(), backup(), backup());
        Forget.remove(repository, Set.of(snapshots.get(1).id()));
        restic.run("prune", "--max-unused", "0");
        assertThat(Prune.by(ALL).plan(repository).freedBytes()).isZero();
        StoredSnapshot later = backup();
        restic.check();
        assertRestores(snapshots.get(0), 0);
        assertRestores(later, 3);
    }

    @Test
    void wePruneRestics() throws Exception {
        for (int i = 0; i < 3; i++) {
            contents.add(Trees.contents(source));
            restic.run("backup", source.toString());
            workload.change();
        }
        List<StoredSnapshot> snapshots = repository.snapshots();
        Forget.remove(repository, Set.of(snapshots.get(0).id(), snapshots.get(1).id()));
        assertThat(Prune.by(ALL).of(repository).freedBytes()).isPositive();
        restic.check();
        assertThat(restic.run("prune", "--max-unused", "0")).containsPattern("total prune: +0 blobs");
        assertRestores(snapshots.get(2), 2);
    }

    @Test
    void everythingGoesWithTheLastSnapshot() throws Exception {
        Forget.remove(repository, Set.of(backup().id()));
        Prune.standard().of(repository);
        assertThat(stored()).isZero();
        assertThat(repository.files(FileKind.INDEX)).isEmpty();
        restic.check();
        backup();
        restic.check();
    }

    @Test
    void removesWhatLiesTwice() throws Exception {
        StoredSnapshot first = backup();
        long once = stored();
        repository.saveIndex(copyEverything());
        assertThat(stored()).isGreaterThan(2 * once - 10_000);
        assertThat(Prune.by(ALL).of(repository).freedBytes()).isGreaterThan(once - 10_000);
        assertThat(stored()).isLessThan(once + 10_000);
        restic.check();
        assertRestores(first, 0);
    }

    @Test
    void removesPacksOfNoIndex() throws Exception {
        StoredSnapshot first = backup();
        long once = stored();
        int packs = copyEverything().size();
        PrunePlan plan = Prune.standard().of(repository);
        assertThat(plan.unreferenced()).hasSize(packs);
        assertThat(stored()).isEqualTo(once);
        restic.check();
        assertRestores(first, 0);
    }

    private List<IndexedPack> copyEverything() throws IOException {
        BlobWriter writer = BlobWriter.beside(repository);
        repository.loadIndex();
        List<ContentId> data = new ArrayList<>();
        List<ContentId> trees = new ArrayList<>();
        repository.index().forEach((pack, blob) -> (blob.kind() == BlobKind.DATA ? data : trees).add(blob.id()));
        for (ContentId id : data) {
            writer.save(BlobKind.DATA, repository.load(BlobKind.DATA, id));
        }
        for (ContentId id : trees) {
            writer.save(BlobKind.TREE, repository.load(BlobKind.TREE, id));
        }
        return writer.finishUnindexed();
    }

    @Test
    void joinsSmallPacks() throws Exception {
        List<StoredSnapshot> snapshots = List.of(backup(), backup(), backup());
        int before = packs().size();
        Prune.by(PruneRules.STANDARD.alsoRepacking(PruneRules.Repack.SMALL)).of(repository);
        assertThat(packs()).hasSizeLessThan(before);
        restic.check();
        assertRestores(snapshots.get(2), 2);
    }

    @Test
    void compressesWhatWasNot() throws Exception {
        restic.run("backup", "--compression", "off", source.toString());
        long before = stored();
        Prune.by(PruneRules.STANDARD.alsoRepacking(PruneRules.Repack.UNCOMPRESSED))
                .of(repository);
        assertThat(stored()).isLessThan(before * 4 / 5);
        restic.check();
    }

    @Test
    void removesNothingIfAnythingIsMissing() throws Exception {
        List<StoredSnapshot> snapshots = List.of(backup(), backup());
        Forget.remove(repository, Set.of(snapshots.get(0).id()));
        ContentId missing = repository
                .index()
                .place(BlobKind.TREE, snapshots.get(1).snapshot().tree())
                .orElseThrow()
                .pack();
        repository.remove(new StorageFile(FileKind.PACK, missing.toString()));
        List<Storage.Stored> before = packs();
        assertThatThrownBy(() -> Prune.by(ALL).of(repository))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining(missing.toString());
        for (StorageFile file : repository.files(FileKind.INDEX)) {
            repository.remove(file);
        }
        assertThatThrownBy(() -> Prune.by(ALL).of(repository)).isInstanceOf(DamagedException.class);
        assertThat(packs()).containsExactlyInAnyOrderElementsOf(before);
    }

    private void assertRestores(StoredSnapshot snapshot, int number) throws Exception {
        Path target = folder.resolve("target" + number);
        assertThat(Trees.restored(restic, snapshot.id().toString(), source, target))
                .isEqualTo(contents.get(number));
    }

    private List<Storage.Stored> packs() throws IOException {
        try (Stream<Storage.Stored> packs = repository.storage().list(FileKind.PACK)) {
            return packs.toList();
        }
    }

    private long stored() throws IOException {
        return packs().stream().mapToLong(Storage.Stored::size).sum();
    }
}
