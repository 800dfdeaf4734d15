package dev.prodstack.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.backup.copy.CopyReport;
import dev.prodstack.backup.crypto.Scrypt;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.source.DirectorySource;
import dev.prodstack.backup.storage.DirectoryStorage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is copied is judged by the restic program. */
@Tag("engine")
class ResticCopyTest {
    private static final Scrypt CHEAP = new Scrypt(2, 1, 1);
    private static final char[] OFFSITE_PASSWORD = "other".toCharArray();

    @TempDir
    Path folder;

    private Path source;
    private Repository near;
    private Restic offsite;
    private final List<Map<String, Integer>> contents = new ArrayList<>();

    @BeforeEach
    void fill() throws Exception {
        source = folder.resolve("source");
        Workload workload = new Workload(source, 11).write();
        near = Repository.init(DirectoryStorage.at(folder.resolve("near")), "secret".toCharArray(), CHEAP);
        offsite = new Restic(folder.resolve("offsite"), "other");
        for (int i = 0; i < 3; i++) {
            contents.add(Trees.contents(source));
            Backup.of(DirectorySource.at(source)).to(near);
            workload.change();
        }
    }

    @AfterEach
    void close() throws Exception {
        near.close();
    }

    private DirectoryStorage offsiteStorage() {
        return DirectoryStorage.at(offsite.repository());
    }

    @Test
    void copiesWhatIsMissing() throws Exception {
        try (Repository far = Repository.initLike(near, offsiteStorage(), OFFSITE_PASSWORD, CHEAP)) {
            StoredSnapshot first = near.snapshots().get(0);
            CopyReport one = Copy.from(near)
                    .only(stored -> stored.id().equals(first.id()))
                    .to(far);
            assertThat(one.copied()).hasSize(1);
            assertThat(one.newBlobs()).isPositive();
            CopyReport rest = Copy.from(near).to(far);
            assertThat(rest.copied()).hasSize(2);
            assertThat(rest.present()).isEqualTo(1);
            CopyReport again = Copy.from(near).to(far);
            assertThat(again.copied()).isEmpty();
            assertThat(again.newBlobs()).isZero();
            assertThat(again.chunking()).isEqualTo(CopyReport.Chunking.ALIKE);
            assertThat(far.index().size()).isEqualTo(near.index().size());
            for (int i = 0; i < 3; i++) {
                StoredSnapshot there = far.snapshots().get(i);
                assertThat(there.snapshot().original())
                        .contains(near.snapshots().get(i).id());
                assertThat(Trees.restored(offsite, there.id().toString(), source, folder.resolve("target" + i)))
                        .isEqualTo(contents.get(i));
            }
        }
        offsite.check();
    }

    @Test
    void aBackupFindsWhatWasCopiedIfBothCutAlike() throws Exception {
        try (Repository far = Repository.initLike(near, offsiteStorage(), OFFSITE_PASSWORD, CHEAP)) {
            Backup.of(DirectorySource.at(source)).to(near);
            Copy.from(near).to(far);
            far.loadIndex();
            int before = far.index().size();
            Backup.of(DirectorySource.at(source)).to(far);
            // But for the lists of the directories above, in which others write too.
            assertThat(far.index().size() - before).isLessThan(source.getNameCount() + 1);
        }
        offsite.check();
    }

    @Test
    void saysThatTheyCutDifferently() throws Exception {
        offsite.run("init", "--repository-version", "2");
        try (Repository far = Repository.open(offsiteStorage(), OFFSITE_PASSWORD)) {
            assertThat(Copy.from(near).to(far).chunking()).isEqualTo(CopyReport.Chunking.DIFFERENT);
        }
        offsite.check();
    }

    @Test
    void copiesWhatResticWroteAndBack() throws Exception {
        Restic mine = new Restic(folder.resolve("near"), "secret");
        mine.run("backup", source.toString());
        try (Repository far = Repository.init(offsiteStorage(), OFFSITE_PASSWORD, CHEAP)) {
            assertThat(Copy.from(near).to(far).copied()).hasSize(4);
            assertThat(Copy.from(far).to(near).copied()).isEmpty();
        }
        offsite.check();
    }

    @Test
    void toItselfIsAMistake() throws Exception {
        try (Repository same = Repository.open(DirectoryStorage.at(folder.resolve("near")), "secret".toCharArray())) {
            assertThatThrownBy(() -> Copy.from(near).to(same)).hasMessageContaining("are the same one");
        }
    }
}
