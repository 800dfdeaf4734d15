package dev.prodstack.swarm.logs;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Puts lines in the order of their times. A line waits so long for earlier ones that may still come; what is there
 * already when reading begins comes at once and service by service, and waits until nothing more comes. Acts by the
 * time it is told, nanoseconds from anywhere.
 */
final class LineOrder {
    /** How long lines wait at most in the beginning. */
    private static final long LONGEST_BEGINNING = Duration.ofSeconds(2).toNanos();

    private static final Comparator<Waiting> BY_TIME = Comparator.<Waiting, java.time.Instant>comparing(
                    waiting -> waiting.line().time())
            .thenComparingLong(Waiting::number);

    private final PriorityQueue<Waiting> queue = new PriorityQueue<>(BY_TIME);
    private final Optional<Duration> window;
    private boolean begun;
    private boolean complete;
    private long number;
    private long first;
    private long last;

    private record Waiting(LogLine line, long number, long arrival) {}

    private LineOrder(Optional<Duration> window) {
        this.window = window;
    }

    /** Lines wait for a while. */
    static LineOrder within(Duration window) {
        return new LineOrder(Optional.of(window));
    }

    /** Lines wait for all others. */
    static LineOrder ofAll() {
        return new LineOrder(Optional.empty());
    }

    void add(LogLine line, long now) {
        if (number == 0) {
            first = now;
        }
        last = now;
        queue.add(new Waiting(line, number++, now));
    }

    /** No more lines come. */
    void complete() {
        complete = true;
    }

    /** The next line, if it has waited long enough. */
    Optional<LogLine> poll(long now) {
        Optional<Waiting> next = Optional.ofNullable(queue.peek());
        if (next.isEmpty() || !(complete || isRipe(next.get(), now))) {
            return Optional.empty();
        }
        queue.remove();
        return next.map(Waiting::line);
    }

    private boolean isRipe(Waiting next, long now) {
        if (window.isEmpty()) {
            return false;
        }
        long wait = window.get().toNanos();
        begun = begun || now - last >= wait || now - first >= LONGEST_BEGINNING;
        return begun && now - next.arrival() >= wait;
    }
}
