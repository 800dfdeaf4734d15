package dev.prodstack.backup.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.backup.Backup;
import dev.prodstack.backup.Forget;
import dev.prodstack.backup.Prune;
import dev.prodstack.backup.Restic;
import dev.prodstack.backup.Trees;
import dev.prodstack.backup.Workload;
import dev.prodstack.backup.crypto.Scrypt;
import dev.prodstack.backup.prune.Allowance;
import dev.prodstack.backup.prune.PruneRules;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.source.DirectorySource;
import dev.prodstack.backup.storage.DirectoryStorage;
import dev.prodstack.backup.storage.StorageException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full, really: a small file system in memory. */
@Tag("engine")
class FullDiskTest {
    @TempDir
    Path folder;

    private Path disk;
    private Path source;
    private Workload workload;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        run("mount", "-t", "tmpfs", "-o", "size=24m", "prodstack-test", disk.toString());
        source = folder.resolve("source");
        workload = new Workload(source, 41).write();
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    @Test
    void isSaidAndHarmsNothing() throws Exception {
        Path place = disk.resolve("repository");
        Restic restic = new Restic(place, "secret");
        Map<String, Integer> contents = Trees.contents(source);
        try (Repository repository =
                Repository.init(DirectoryStorage.at(place), "secret".toCharArray(), new Scrypt(2, 1, 1))) {
            StoredSnapshot first = Backup.of(DirectorySource.at(source)).to(repository);
            assertThatThrownBy(() -> {
                        while (true) {
                            workload.change();
                            Backup.of(DirectorySource.at(source)).to(repository);
                        }
                    })
                    .isInstanceOfSatisfying(
                            StorageException.class, e -> assertThat(e.reason()).isEqualTo(StorageException.Reason.FULL))
                    .hasMessageContaining("No room is left")
                    .hasMessageContaining(place.toString());
            restic.check();
            String id = first.id().toString();
            assertThat(Trees.restored(restic, id, source, folder.resolve("target")))
                    .isEqualTo(contents);
            // What makes room needs next to none itself.
            for (StoredSnapshot snapshot : repository.snapshots()) {
                Forget.remove(repository, Set.of(snapshot.id()));
            }
            Prune.by(PruneRules.STANDARD.allowing(new Allowance.Unlimited())).of(repository);
            restic.check();
            Backup.of(DirectorySource.at(source)).to(repository);
            restic.check();
        }
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
