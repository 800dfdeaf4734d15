package dev.prodstack.autoscale;

import java.time.Duration;
import java.time.Instant;

/** Time as a test says it passes, and a clock on the wall that can be set. */
final class FakeTime {
    private Instant wall;
    private long nanos = 42;

    FakeTime(Instant start) {
        wall = start;
    }

    void passes(Duration span) {
        wall = wall.plus(span);
        nanos += span.toNanos();
    }

    void isSetBy(Duration span) {
        wall = wall.plus(span);
    }

    Instant wall() {
        return wall;
    }

    SteadyClock clock() {
        return new SteadyClock(() -> wall, () -> nanos);
    }
}
