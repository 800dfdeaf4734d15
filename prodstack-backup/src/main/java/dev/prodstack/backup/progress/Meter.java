package dev.prodstack.backup.progress;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Counts what is done, from many threads, and tells of it now and then. */
public final class Meter {
    private static final long PAUSE_NANOS = 250_000_000;

    private final Consumer<Progress> listener;
    private final long begun = System.nanoTime();
    private final AtomicLong files = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong due = new AtomicLong(begun + PAUSE_NANOS);
    private volatile Optional<Long> totalFiles = Optional.empty();
    private volatile Optional<Long> totalBytes = Optional.empty();

    /** Tells a listener, four times a second at most. */
    public Meter(Consumer<Progress> listener) {
        this.listener = listener;
    }

    /** Says how much there is. */
    public void expect(long allFiles, long allBytes) {
        totalFiles = Optional.of(allFiles);
        totalBytes = Optional.of(allBytes);
    }

    /** Counts what was done. */
    public void add(long moreFiles, long moreBytes) {
        files.addAndGet(moreFiles);
        bytes.addAndGet(moreBytes);
        long now = System.nanoTime();
        long next = due.get();
        if (now - next >= 0 && due.compareAndSet(next, now + PAUSE_NANOS)) {
            listener.accept(now());
        }
    }

    /** How far it is. */
    public Progress now() {
        return new Progress(
                files.get(), totalFiles, bytes.get(), totalBytes, Duration.ofNanos(System.nanoTime() - begun));
    }
}
