package dev.prodstack.backup.source;

import dev.prodstack.backup.progress.Meter;
import dev.prodstack.backup.snapshot.SnapshotSummary.Counts;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what a source reads, beside what the snapshot before has. Safe for many threads. */
public final class Tally {
    private final Meter meter;
    private final Count files = new Count();
    private final Count directories = new Count();
    private final AtomicLong bytes = new AtomicLong();

    /** Tells a meter of each file and of what is read. */
    public Tally(Meter meter) {
        this.meter = meter;
    }

    /** How a file or directory compares with the one before. */
    public enum Change {
        /** There was none. */
        ADDED,
        /** It was another. */
        CHANGED,
        /** It is the same. */
        UNMODIFIED
    }

    /** Counts a file, of so many bytes. */
    public void file(Change change, long size) {
        files.add(change);
        bytes.addAndGet(size);
        meter.add(1, change == Change.UNMODIFIED ? size : 0);
    }

    /** Counts a directory. */
    public void directory(Change change) {
        directories.add(change);
    }

    /** Counts bytes as they are read, for progress only. */
    public void read(long more) {
        meter.add(0, more);
    }

    /** The files. */
    public Counts files() {
        return files.counts();
    }

    /** The directories. */
    public Counts directories() {
        return directories.counts();
    }

    /** Bytes of all files. */
    public long bytes() {
        return bytes.get();
    }

    private static final class Count {
        private final AtomicLong added = new AtomicLong();
        private final AtomicLong changed = new AtomicLong();
        private final AtomicLong unmodified = new AtomicLong();

        void add(Change change) {
            AtomicLong counter = switch (change) {
                case ADDED -> added;
                case CHANGED -> changed;
                case UNMODIFIED -> unmodified;
            };
            counter.incrementAndGet();
        }

        Counts counts() {
            return new Counts(added.get(), changed.get(), unmodified.get());
        }
    }
}
