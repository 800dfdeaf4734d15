package dev.prodstack.backup.progress;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How far something is.
 *
 * @param files how many files are done
 * @param totalFiles how many there are, once that is known
 * @param bytes how many bytes are done
 * @param totalBytes how many there are, once that is known
 * @param elapsed since it began
 */
public record Progress(long files, Optional<Long> totalFiles, long bytes, Optional<Long> totalBytes, Duration elapsed) {
    /** Checks that nothing is missing. */
    public Progress {
        Objects.requireNonNull(totalFiles, "totalFiles");
        Objects.requireNonNull(totalBytes, "totalBytes");
        Objects.requireNonNull(elapsed, "elapsed");
    }

    /** Bytes a second, over all of the time. */
    public long rate() {
        long millis = elapsed.toMillis();
        return millis == 0 ? 0 : (long) (bytes * 1000.0 / millis);
    }

    /** How long the rest takes at this rate, once that can be said. */
    public Optional<Duration> left() {
        long rate = rate();
        return rate == 0
                ? Optional.empty()
                : totalBytes.map(total -> Duration.ofMillis((long) (Math.max(0, total - bytes) * 1000.0 / rate)));
    }
}
