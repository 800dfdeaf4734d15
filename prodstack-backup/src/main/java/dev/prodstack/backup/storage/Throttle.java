package dev.prodstack.backup.storage;

import dev.prodstack.core.value.ByteSize;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Slows bytes down to a rate that all who share it have in common.
 *
 * <p>A leaky bucket as a meter (ITU-T I.371, "virtual scheduling"): each byte has its moment, one after the other, and
 * who comes before waits. What was not used before the present moment is lost, but for a tenth of a second, which evens
 * out how long a thread sleeps.
 */
public final class Throttle {
    private static final int SLICE = 16 * 1024;
    private static final long SLACK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final double nanosPerByte;
    private long next;

    private Throttle(double nanosPerByte) {
        this.nanosPerByte = nanosPerByte;
        this.next = System.nanoTime();
    }

    /**
     * Lets pass so many bytes a second, and everything where no limit is given.
     *
     * @throws IllegalArgumentException if the limit is zero
     */
    public static Throttle at(Optional<ByteSize> bytesPerSecond) {
        if (bytesPerSecond.isPresent() && bytesPerSecond.get().bytes() == 0) {
            throw new IllegalArgumentException("a rate limit must be above zero");
        }
        return new Throttle(bytesPerSecond
                .map(limit -> (double) TimeUnit.SECONDS.toNanos(1) / limit.bytes())
                .orElse(0.0));
    }

    /**
     * Waits until so many bytes may pass.
     *
     * @throws InterruptedIOException if the thread is interrupted meanwhile
     */
    public void pass(long bytes) throws InterruptedIOException {
        if (nanosPerByte == 0) {
            return;
        }
        long until = reserve(bytes);
        try {
            TimeUnit.NANOSECONDS.sleep(until - System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the rate limit");
        }
    }

    private synchronized long reserve(long bytes) {
        long now = System.nanoTime();
        next = Math.max(next, now - SLACK_NANOS) + (long) (bytes * nanosPerByte);
        return next;
    }

    /** The same bytes, slowed down. */
    public InputStream slow(InputStream in) {
        return nanosPerByte == 0 ? in : new Slowed(in);
    }

    private final class Slowed extends FilterInputStream {
        Slowed(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            if (value >= 0) {
                pass(1);
            }
            return value;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, Math.min(length, SLICE));
            if (count > 0) {
                pass(count);
            }
            return count;
        }
    }
}
