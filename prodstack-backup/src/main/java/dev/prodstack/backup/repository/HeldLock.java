package dev.prodstack.backup.repository;

import dev.prodstack.backup.storage.FileKind;
import dev.prodstack.backup.storage.StorageFile;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A lock of ours, refreshed every five minutes until it is closed. Once it could not be refreshed for so long that
 * others will soon call it stale, or once somebody has removed it, the repository refuses to store or remove anything.
 */
public final class HeldLock implements AutoCloseable {
    /** Between writing a lock and looking for others: as long as restic waits. */
    private static final long SETTLE_MILLIS = 200;

    /** Locks of this process that could not be removed: whoever comes next in it removes them. */
    private static final Set<StorageFile> LEFT = ConcurrentHashMap.newKeySet();

    private final Repository repository;
    private final boolean exclusive;
    private final LockTiming timing;
    private final ScheduledExecutorService refresher;
    private final Thread atExit = new Thread(this::removeAtExit, "backup-lock-exit");
    private StorageFile file;
    private Instant refreshed;
    private @Nullable IOException failure;
    private boolean removed;

    private HeldLock(Repository repository, boolean exclusive, LockTiming timing, StorageFile file, Instant written) {
        this.repository = repository;
        this.exclusive = exclusive;
        this.timing = timing;
        this.file = file;
        refreshed = written;
        refresher = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "backup-lock");
            thread.setDaemon(true);
            return thread;
        });
    }

    static HeldLock take(Repository repository, boolean exclusive, LockTiming timing) throws IOException {
        conflict(repository, exclusive, Optional.empty());
        Instant written = Instant.now();
        StorageFile file = write(repository, exclusive);
        try {
            TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
            conflict(repository, exclusive, Optional.of(file));
        } catch (InterruptedException e) {
            repository.storage().delete(file);
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while locking the repository at " + repository.location() + ".", e);
        } catch (IOException e) {
            repository.storage().delete(file);
            throw e;
        }
        HeldLock lock = new HeldLock(repository, exclusive, timing, file, written);
        lock.begin();
        return lock;
    }

    private void begin() {
        long every = timing.refresh().toNanos();
        ScheduledFuture<?> unused = refresher.scheduleWithFixedDelay(this::refresh, every, every, TimeUnit.NANOSECONDS);
        Runtime.getRuntime().addShutdownHook(atExit);
        repository.hold(this);
    }

    private static StorageFile write(Repository repository, boolean exclusive) throws IOException {
        byte[] lock = Lock.mine(exclusive, now()).encode();
        return new StorageFile(
                FileKind.LOCK, repository.saveSealed(FileKind.LOCK, lock).toString());
    }

    /**
     * Any lock blocks, whatever its age, as with restic: that its owner is gone is for a person to say. Those that
     * processes of ours left behind when they were killed are removed.
     */
    private static void conflict(Repository repository, boolean exclusive, Optional<StorageFile> mine)
            throws IOException {
        for (StorageFile file : repository.files(FileKind.LOCK)) {
            if (mine.filter(file::equals).isPresent()) {
                continue;
            }
            Optional<Lock> other = repository.lock(file);
            if (other.isEmpty()) {
                continue;
            }
            Lock lock = other.get();
            if (LEFT.contains(file) || lock.abandoned(now())) {
                repository.storage().delete(file);
                LEFT.remove(file);
            } else if (exclusive || lock.exclusive()) {
                boolean stale = lock.stale(now());
                String advice =
                        stale ? " Its owner seems to be gone: remove it with unlock." : " Wait until that is done.";
                throw new LockedException(
                        "The repository at " + repository.location() + " is locked: " + lock.describe() + "." + advice,
                        stale);
            }
        }
    }

    private static OffsetDateTime now() {
        return OffsetDateTime.now(ZoneId.systemDefault());
    }

    private void refresh() {
        try {
            StorageFile old = file();
            if (repository.storage().size(old).isEmpty()) {
                lose(new IOException("somebody has removed it"));
                return;
            }
            Instant written = Instant.now();
            StorageFile next = write(repository, exclusive);
            if (replace(next, written)) {
                repository.storage().delete(old);
            } else {
                repository.storage().delete(next);
            }
        } catch (IOException e) {
            // The next refresh may succeed before the time is up.
            failed(e);
        }
    }

    private synchronized StorageFile file() {
        return file;
    }

    private synchronized boolean replace(StorageFile next, Instant written) {
        if (removed) {
            return false;
        }
        file = next;
        refreshed = written;
        failure = null;
        return true;
    }

    private synchronized void failed(IOException cause) {
        failure = cause;
    }

    private synchronized void lose(IOException cause) {
        failure = cause;
        refreshed = Instant.MIN;
    }

    /**
     * Throws if others may hold the lock for stale by now, or soon.
     *
     * @throws LockLostException if so
     */
    public synchronized void require() throws LockLostException {
        boolean lost = refreshed.equals(Instant.MIN)
                || Duration.between(refreshed, Instant.now()).compareTo(timing.lost()) > 0;
        if (lost) {
            String cause = failure == null ? "this machine or program stood still" : failure.getMessage();
            throw new LockLostException(
                    "The lock on the repository at " + repository.location() + " is lost: " + cause
                            + ". Nothing more is written, as others may work on the repository now."
                            + " What was stored stays usable; run it again.",
                    failure);
        }
    }

    private void removeAtExit() {
        try {
            remove();
        } catch (IOException e) {
            // The next to come finds the process gone, and removes the lock.
        }
    }

    private synchronized void remove() throws IOException {
        if (!removed) {
            removed = true;
            LEFT.add(file);
            repository.storage().delete(file);
            LEFT.remove(file);
        }
    }

    /** Removes the lock. */
    @Override
    public void close() throws IOException {
        refresher.shutdown();
        repository.release(this);
        try {
            remove();
        } finally {
            forgetExit();
        }
    }

    private void forgetExit() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The program ends already, and the hook finds nothing left to do.
        }
    }
}
