package dev.prodstack.autoscale;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * A clock that does not jump when the machine's is set: it goes on by the time that passed. Only when the machine's
 * clock has told the other time for five minutes on end it is believed, and who keeps times from before learns by how
 * much to move them, so that what was ten seconds ago stays ten seconds ago.
 *
 * <p>Not safe for several threads.
 */
public final class SteadyClock {
    /** Below this a difference is the drift of two clocks. */
    private static final Duration DRIFT = Duration.ofSeconds(1);

    private static final Duration TRIAL = Duration.ofMinutes(5);

    private final InstantSource wall;
    private final LongSupplier nanos;
    private Instant anchor;
    private long anchorNanos;
    private Duration jump = Duration.ZERO;
    private long jumpNanos;

    SteadyClock(InstantSource wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        this.anchor = wall.instant();
        this.anchorNanos = nanos.getAsLong();
    }

    /** A clock that begins at the machine's time. */
    public static SteadyClock started() {
        return new SteadyClock(InstantSource.system(), System::nanoTime);
    }

    /**
     * One reading.
     *
     * @param now the time
     * @param step by how much times that were read before have to be moved, now that another time is believed
     * @param ahead how far the machine's clock is ahead and not yet believed; negative if it is behind
     */
    record Reading(Instant now, Duration step, Duration ahead) {}

    Reading read() {
        long ticks = nanos.getAsLong();
        Instant steady = anchor.plusNanos(ticks - anchorNanos);
        Instant told = wall.instant();
        Duration ahead = Duration.between(steady, told);
        if (ahead.abs().compareTo(DRIFT) <= 0) {
            jump = Duration.ZERO;
            return anchored(told, ticks, Duration.ZERO);
        }
        if (ahead.minus(jump).abs().compareTo(DRIFT) > 0) {
            jump = ahead;
            jumpNanos = ticks;
        }
        if (ticks - jumpNanos >= TRIAL.toNanos()) {
            jump = Duration.ZERO;
            return anchored(told, ticks, ahead);
        }
        return new Reading(steady, Duration.ZERO, ahead);
    }

    private Reading anchored(Instant now, long ticks, Duration step) {
        anchor = now;
        anchorNanos = ticks;
        return new Reading(now, step, Duration.ZERO);
    }
}
