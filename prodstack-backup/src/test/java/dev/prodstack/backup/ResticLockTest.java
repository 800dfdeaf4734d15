package dev.prodstack.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.backup.crypto.Scrypt;
import dev.prodstack.backup.repository.HeldLock;
import dev.prodstack.backup.repository.LockedException;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.storage.DirectoryStorage;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** We and the restic program respect each other's locks. */
@Tag("engine")
@Timeout(120)
class ResticLockTest {
    @TempDir
    Path folder;

    private Restic restic;
    private Repository repository;

    @BeforeEach
    void init() throws Exception {
        restic = new Restic(folder, "secret");
        repository = Repository.init(DirectoryStorage.at(folder), "secret".toCharArray(), new Scrypt(2, 1, 1));
    }

    @AfterEach
    void close() throws Exception {
        repository.close();
    }

    @Test
    void resticWaitsForOurs() throws Exception {
        try (HeldLock exclusive = repository.lockExclusive()) {
            exclusive.require();
            assertThat(restic.fails("backup", "/etc/hostname")).contains("already locked");
            // It takes us for alive, and sends no signal.
            restic.run("unlock");
            assertThat(restic.fails("prune")).contains("already locked");
        }
        try (HeldLock shared = repository.lockShared()) {
            shared.require();
            assertThat(restic.fails("prune")).contains("already locked");
            restic.run("backup", "/etc/hostname");
        }
        restic.run("prune");
    }

    @Test
    void weWaitForRestics() throws Exception {
        Process backup = restic.start("backup", "--stdin");
        // It backs up until we let it end.
        try (OutputStream input = backup.getOutputStream()) {
            awaitLock();
            assertThatThrownBy(repository::lockExclusive)
                    .isInstanceOf(LockedException.class)
                    .hasMessageContaining("process " + backup.pid());
            repository.lockShared().close();
            input.write(1);
        }
        assertThat(backup.waitFor()).isZero();
        repository.lockExclusive().close();
    }

    @Test
    void weUnlockWhatAKilledResticLeft() throws Exception {
        Process backup = restic.start("backup", "--stdin");
        awaitLock();
        backup.destroyForcibly().waitFor();
        assertThatThrownBy(repository::lockExclusive).hasMessageContaining("unlock");
        assertThat(repository.unlock()).isOne();
        repository.lockExclusive().close();
        restic.check();
    }

    private void awaitLock() throws Exception {
        while (true) {
            try (Stream<Path> locks = Files.list(folder.resolve("locks"))) {
                if (locks.anyMatch(lock -> !lock.getFileName().toString().contains("tmp"))) {
                    return;
                }
            }
            Thread.onSpinWait();
        }
    }
}
