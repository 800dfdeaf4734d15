package dev.prodstack.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.backup.crypto.Scrypt;
import dev.prodstack.backup.storage.DirectoryStorage;
import dev.prodstack.backup.storage.FileKind;
import dev.prodstack.backup.storage.StorageFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LockTest {
    /** Scrypt's least cost, as the password is none. */
    private static final Scrypt CHEAP = new Scrypt(2, 1, 1);

    private static final OffsetDateTime NOW = OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC);

    @TempDir
    Path folder;

    private Repository repository;

    @BeforeEach
    void init() throws IOException {
        repository = Repository.init(DirectoryStorage.at(folder), "secret".toCharArray(), CHEAP);
    }

    @AfterEach
    void close() throws IOException {
        repository.close();
    }

    @Test
    void sharedLocksStandBesideEachOther() throws IOException {
        try (HeldLock one = repository.lockShared();
                HeldLock two = repository.lockShared()) {
            one.require();
            two.require();
            assertThat(repository.files(FileKind.LOCK)).hasSize(2);
            assertThatThrownBy(repository::lockExclusive)
                    .isInstanceOf(LockedException.class)
                    .hasMessageContaining(Host.name())
                    .hasMessageContaining("Wait until");
        }
        assertThat(repository.files(FileKind.LOCK)).isEmpty();
    }

    @Test
    void anExclusiveLockStandsAlone() throws IOException {
        try (HeldLock one = repository.lockExclusive()) {
            one.require();
            assertThatThrownBy(repository::lockShared).isInstanceOf(LockedException.class);
            assertThat(repository.files(FileKind.LOCK)).hasSize(1);
        }
    }

    @Test
    void whoWaitsGetsTheLockOnceItIsFree() throws Exception {
        HeldLock first = repository.lockShared();
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        repository.waitForLocks(Duration.ofSeconds(50), locked -> told.add(String.valueOf(locked.getMessage())));
        CompletableFuture<Boolean> second = CompletableFuture.supplyAsync(() -> {
            try (HeldLock lock = repository.lockExclusive()) {
                lock.require();
                return true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(told.poll(30, TimeUnit.SECONDS)).contains(Host.name());
        assertThat(second).isNotDone();
        first.close();
        assertThat(second.get(50, TimeUnit.SECONDS)).isTrue();
        assertThat(told).as("told of once").isEmpty();
    }

    @Test
    void waitingEnds() throws IOException {
        repository.waitForLocks(Duration.ofMillis(700), locked -> {});
        try (HeldLock first = repository.lockExclusive()) {
            assertThatThrownBy(repository::lockShared).isInstanceOf(LockedException.class);
            first.require();
        }
    }

    @Test
    void nobodyWaitsForWhoIsGone() throws IOException {
        save(lock(OffsetDateTime.now(ZoneOffset.UTC).minusHours(1), Optional.empty()));
        repository.waitForLocks(Duration.ofDays(1), locked -> {
            throw new AssertionError(locked);
        });
        assertThatThrownBy(repository::lockExclusive)
                .isInstanceOf(LockedException.class)
                .hasMessageContaining("unlock");
    }

    @Test
    void nothingIsWrittenOnceALockCannotBeRefreshed() throws Exception {
        LockTiming timing = new LockTiming(Duration.ofMillis(20), Duration.ofMillis(300));
        HeldLock lock = HeldLock.take(repository, false, timing);
        Path locks = folder.resolve("locks");
        breakFolder(locks);
        try {
            until(() -> {
                lock.require();
                return false;
            });
            assertThatThrownBy(() -> repository.saveSealed(FileKind.INDEX, "{}".getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(LockLostException.class)
                    .hasMessageContaining("Nothing more is written")
                    .hasMessageContaining(folder.toString());
            assertThatThrownBy(() -> repository.remove(new StorageFile(FileKind.INDEX, "x")))
                    .isInstanceOf(LockLostException.class);
        } finally {
            mendFolder(locks);
            lock.close();
        }
        repository.saveSealed(FileKind.INDEX, "{}".getBytes(StandardCharsets.UTF_8));
    }

    /** A file in the folder's place stops even who may write anywhere. */
    private static void breakFolder(Path locks) throws IOException {
        Files.move(locks, locks.resolveSibling("away"));
        Files.writeString(locks, "in the way");
        Files.setPosixFilePermissions(locks, PosixFilePermissions.fromString("r--r--r--"));
    }

    private static void mendFolder(Path locks) throws IOException {
        Files.delete(locks);
        Files.move(locks.resolveSibling("away"), locks);
    }

    @Test
    void aRemovedLockIsNoticed() throws Exception {
        LockTiming timing = new LockTiming(Duration.ofMillis(20), Duration.ofMinutes(20));
        try (HeldLock lock = HeldLock.take(repository, false, timing)) {
            until(() -> {
                repository.unlockAll();
                lock.require();
                return false;
            });
            assertThatThrownBy(lock::require)
                    .isInstanceOf(LockLostException.class)
                    .hasMessageContaining("somebody has removed it");
        }
        assertThat(repository.files(FileKind.LOCK)).isEmpty();
    }

    @Test
    void refreshingLeavesOneFile() throws Exception {
        LockTiming timing = new LockTiming(Duration.ofMillis(20), Duration.ofMinutes(20));
        try (HeldLock lock = HeldLock.take(repository, false, timing)) {
            StorageFile first = repository.files(FileKind.LOCK).get(0);
            until(() -> repository.storage().size(first).isEmpty());
            lock.require();
        }
        assertThat(repository.files(FileKind.LOCK)).isEmpty();
    }

    @Test
    void whatAKilledProcessOfOursLeftIsRemoved() throws Exception {
        Owner mine = Owner.mine().orElseThrow();
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        save(lock(NOW, Optional.of(new Owner(mine.space(), ended.pid(), 1))));
        repository.lockExclusive().close();
        assertThat(repository.files(FileKind.LOCK)).isEmpty();
    }

    @Test
    void whoLivesElsewhereIsLeftAlone() throws Exception {
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        save(lock(now, Optional.of(new Owner("another container", 1, 1))));
        assertThatThrownBy(repository::lockExclusive).isInstanceOf(LockedException.class);
        assertThat(repository.unlock()).isZero();
        assertThat(repository.unlockAll()).isOne();
    }

    @Test
    void anOldLockOfAnotherProgramWaitsForAPerson() throws Exception {
        save(lock(NOW.minusYears(1), Optional.empty()));
        assertThatThrownBy(repository::lockExclusive)
                .isInstanceOf(LockedException.class)
                .hasMessageContaining("remove it with unlock");
        assertThat(repository.unlock()).isOne();
        repository.lockExclusive().close();
    }

    @Test
    void aLockIsStaleAfterHalfAnHour() {
        Lock lock = lock(NOW, Optional.of(new Owner("elsewhere", 1, 1)));
        assertThat(lock.stale(NOW.plusMinutes(30))).isFalse();
        assertThat(lock.abandoned(NOW.plusMinutes(30))).isFalse();
        assertThat(lock.stale(NOW.plusMinutes(30).plusSeconds(1))).isTrue();
        assertThat(lock.abandoned(NOW.plusMinutes(30).plusSeconds(1))).isTrue();
        assertThat(LockTiming.STANDARD.lost()).isLessThan(LockTiming.STALE.minus(LockTiming.STANDARD.refresh()));
    }

    @Test
    void thisProcessIsNotGone() {
        Owner mine = Owner.mine().orElseThrow();
        assertThat(mine.gone()).isFalse();
        assertThat(new Owner(mine.space(), mine.pid(), mine.started() + 1).gone())
                .isTrue();
        assertThat(new Owner("elsewhere", mine.pid(), mine.started() + 1).gone())
                .isFalse();
    }

    @Test
    void aLockSurvivesItsFile() throws Exception {
        Lock lock = lock(NOW, Owner.mine());
        assertThat(Lock.decode(lock.encode())).isEqualTo(lock);
    }

    private static Lock lock(OffsetDateTime time, Optional<Owner> owner) {
        return new Lock(time, true, "elsewhere", "root", owner.map(Owner::pid).orElse(1L), owner);
    }

    private void save(Lock lock) throws IOException {
        repository.saveSealed(FileKind.LOCK, lock.encode());
    }

    private static void until(Condition condition) throws InterruptedException {
        while (true) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (IOException e) {
                return;
            }
            Thread.onSpinWait();
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }
}
