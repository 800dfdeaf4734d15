package dev.prodstack.core.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who has a lease. All times are by the cluster's clock.
 *
 * @param holder who has it, one line for people
 * @param purpose what for, one line for people
 * @param fence a number that is higher with each taking of the lease
 * @param since when it was taken
 * @param renewed when it was taken or renewed last
 * @param time how long it lasts from then on
 */
public record Tenure(String holder, String purpose, long fence, Instant since, Instant renewed, Duration time) {
    private static final String SEPARATOR = "\n";
    private static final int LINES = 5;

    /** Checks the ranges, and keeps what is for people on one line. */
    public Tenure {
        holder = oneLine(holder);
        purpose = oneLine(purpose);
        if (time.isZero() || time.isNegative()) {
            throw new IllegalArgumentException("a lease lasts longer than nothing: " + time);
        }
    }

    /** Whether it has run out. */
    public boolean isOver(Instant now) {
        return !now.isBefore(renewed.plus(time));
    }

    /** One that begins when it is stored. */
    static Tenure first(String holder, String purpose, Duration time, long fence) {
        return new Tenure(holder, purpose, fence, Instant.EPOCH, Instant.EPOCH, time);
    }

    /** Nobody has the lease; the fence of the last who did is remembered. */
    static byte[] free(long fence) {
        return Long.toString(fence).getBytes(StandardCharsets.UTF_8);
    }

    /** What is stored: fence, time, when it began unless that is when it was stored, holder, purpose. */
    byte[] bytes() {
        return String.join(
                        SEPARATOR,
                        Long.toString(fence),
                        Long.toString(time.toMillis()),
                        since.equals(Instant.EPOCH) ? "" : since.toString(),
                        holder,
                        purpose)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Who has the lease by what is stored; nothing if it is free. */
    static Optional<Tenure> of(ClusterStore.Entry entry) {
        List<String> lines = lines(entry);
        if (lines.size() < LINES) {
            return Optional.empty();
        }
        Instant since = lines.get(2).isEmpty() ? entry.changedAt() : Instant.parse(lines.get(2));
        Duration time = Duration.ofMillis(Long.parseLong(lines.get(1)));
        return Optional.of(new Tenure(lines.get(3), lines.get(4), fence(entry), since, entry.changedAt(), time));
    }

    static long fence(ClusterStore.Entry entry) {
        return Long.parseLong(lines(entry).get(0));
    }

    Tenure storedIn(ClusterStore.Entry entry) {
        Instant began = since.equals(Instant.EPOCH) ? entry.changedAt() : since;
        return new Tenure(holder, purpose, fence, began, entry.changedAt(), time);
    }

    private static List<String> lines(ClusterStore.Entry entry) {
        return List.of(new String(entry.value(), StandardCharsets.UTF_8).split(SEPARATOR, -1));
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\r\\n]+", " ").strip();
    }
}
