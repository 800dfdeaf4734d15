package dev.prodstack.backup.repository;

import dev.prodstack.backup.storage.FileKind;
import dev.prodstack.backup.storage.StorageFile;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A lock of ours, refreshed every five minutes until it is closed. */
public final class HeldLock implements AutoCloseable {
    /** Between writing a lock and looking for others: as long as restic waits. */
    private static final long SETTLE_MILLIS = 200;

    private final Repository repository;
    private final boolean exclusive;
    private final ScheduledExecutorService refresher;
    private StorageFile file;

    private HeldLock(Repository repository, boolean exclusive, StorageFile file) {
        this.repository = repository;
        this.exclusive = exclusive;
        this.file = file;
        refresher = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "backup-lock");
            thread.setDaemon(true);
            return thread;
        });
        ScheduledFuture<?> unused = refresher.scheduleWithFixedDelay(this::refresh, 5, 5, TimeUnit.MINUTES);
    }

    static HeldLock take(Repository repository, boolean exclusive) throws IOException {
        conflict(repository, exclusive, Optional.empty());
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
        return new HeldLock(repository, exclusive, file);
    }

    private static StorageFile write(Repository repository, boolean exclusive) throws IOException {
        byte[] lock =
                Lock.mine(exclusive, OffsetDateTime.now(ZoneId.systemDefault())).encode();
        return new StorageFile(
                FileKind.LOCK, repository.saveUnpacked(FileKind.LOCK, lock).toString());
    }

    /** Any lock blocks, whatever its age, as with restic: that its owner is gone is for a person to say. */
    private static void conflict(Repository repository, boolean exclusive, Optional<StorageFile> mine)
            throws IOException {
        for (StorageFile file : repository.files(FileKind.LOCK)) {
            if (mine.filter(file::equals).isPresent()) {
                continue;
            }
            Optional<Lock> other = repository.lock(file);
            if (other.isPresent() && (exclusive || other.get().exclusive())) {
                Lock lock = other.get();
                String advice = lock.stale(OffsetDateTime.now(ZoneId.systemDefault()))
                        ? " Its owner seems to be gone: remove it with unlock."
                        : " Wait until that is done.";
                throw new IOException(
                        "The repository at " + repository.location() + " is locked: " + lock.describe() + "." + advice);
            }
        }
    }

    private synchronized void refresh() {
        try {
            StorageFile next = write(repository, exclusive);
            repository.storage().delete(file);
            file = next;
        } catch (IOException e) {
            // The old one is still there for 25 minutes, and the next refresh is in five.
        }
    }

    /** Removes the lock. */
    @Override
    public void close() throws IOException {
        refresher.shutdown();
        synchronized (this) {
            repository.storage().delete(file);
        }
    }
}
