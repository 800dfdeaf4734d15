package dev.prodstack.autoscale.decision;

import dev.prodstack.autoscale.decision.Reason.Note;
import dev.prodstack.autoscale.decision.Restraint.End;
import dev.prodstack.autoscale.decision.Restraint.Limit;
import dev.prodstack.autoscale.decision.Restraint.RateLimited;
import dev.prodstack.autoscale.decision.Restraint.Stabilized;
import dev.prodstack.core.scaling.Behavior;
import dev.prodstack.core.scaling.Behavior.Rate;
import dev.prodstack.core.scaling.Behavior.Select;
import java.time.Duration;
import java.util.List;

/**
 * How fast a count may follow what the metrics ask for: windows, rates and bounds, as
 * {@code pkg/controller/podautoscaler/horizontal.go} in the Kubernetes source applies them.
 */
final class Pace {
    /** The window of a policy without {@code behavior}. */
    static final Duration WINDOW = Duration.ofMinutes(5);

    private static final long WINDOW_NANOS = Nanos.of(WINDOW);
    private static final int LEAST_DOUBLING = 4;
    private static final double PERCENT = 100;

    private final History history;
    private final long now;
    private final int current;
    private final Bounds bounds;
    private final List<Reason> reasons;

    Pace(History history, long now, int current, Bounds bounds, List<Reason> reasons) {
        this.history = history;
        this.now = now;
        this.current = current;
        this.bounds = bounds;
        this.reasons = reasons;
    }

    /**
     * Without {@code behavior}: the largest recommendation of the window, its ends included, even above the current
     * count; at most twice the count, or 4, in one step up.
     */
    int withoutBehavior(int wanted) {
        int stabilized = history.recommended().largestAfter(Nanos.minus(now, WINDOW_NANOS + 1), wanted);
        stabilize(Direction.DOWN, wanted, stabilized, WINDOW);
        int doubled = (int) Math.min(Math.max(2L * current, LEAST_DOUBLING), Integer.MAX_VALUE);
        if (stabilized < bounds.min()) {
            return cut(End.MIN, stabilized);
        }
        if (stabilized > bounds.max() && bounds.max() <= doubled) {
            return cut(End.MAX, stabilized);
        }
        if (stabilized > doubled) {
            return limit(Direction.UP, stabilized, doubled, Limit.Fixed.DOUBLING);
        }
        return unlimited(stabilized);
    }

    /**
     * With {@code behavior}: no more than the smallest recommendation of the window up, no less than the largest of the
     * window down, at no more than the rates.
     */
    int withBehavior(Behavior behavior, int wanted) {
        Duration upWindow = behavior.up().stabilizationWindow();
        Duration downWindow = behavior.down().stabilizationWindow();
        int lowest = history.recommended().smallestAfter(Nanos.minus(now, Nanos.of(upWindow)), wanted);
        int highest = history.recommended().largestAfter(Nanos.minus(now, Nanos.of(downWindow)), wanted);
        int stabilized = Math.min(Math.max(current, lowest), highest);
        boolean up = wanted >= current;
        stabilize(up ? Direction.UP : Direction.DOWN, wanted, stabilized, up ? upWindow : downWindow);
        if (stabilized > current) {
            return limitUp(behavior.up(), stabilized);
        }
        return stabilized < current ? limitDown(behavior.down(), stabilized) : unlimited(stabilized);
    }

    /** Bounds alone. */
    int withinBounds(int wanted) {
        if (wanted > bounds.max()) {
            return cut(End.MAX, wanted);
        }
        return wanted < bounds.min() ? cut(End.MIN, wanted) : unlimited(wanted);
    }

    private int limitUp(Behavior.Direction rules, int wanted) {
        Limit limit = Limit.Fixed.DISABLED;
        long allowed = current;
        if (rules.select() != Select.DISABLED) {
            boolean most = rules.select() == Select.MAX;
            allowed = most ? Long.MIN_VALUE : Long.MAX_VALUE;
            for (int i = 0; i < rules.rates().size(); i++) {
                Rate rate = rules.rates().get(i);
                long count = up(rate);
                if (most ? count > allowed : count < allowed) {
                    allowed = count;
                    limit = new Limit.Configured(rate);
                }
            }
            allowed = Math.max(allowed, current);
        }
        if (wanted > bounds.max() && bounds.max() <= allowed) {
            return cut(End.MAX, wanted);
        }
        return wanted > allowed ? limit(Direction.UP, wanted, (int) allowed, limit) : unlimited(wanted);
    }

    private int limitDown(Behavior.Direction rules, int wanted) {
        Limit limit = Limit.Fixed.DISABLED;
        long allowed = current;
        if (rules.select() != Select.DISABLED) {
            boolean most = rules.select() == Select.MAX;
            allowed = most ? Long.MAX_VALUE : Long.MIN_VALUE;
            for (int i = 0; i < rules.rates().size(); i++) {
                Rate rate = rules.rates().get(i);
                long count = down(rate);
                if (most ? count < allowed : count > allowed) {
                    allowed = count;
                    limit = new Limit.Configured(rate);
                }
            }
            allowed = Math.min(allowed, current);
        }
        if (wanted < bounds.min() && bounds.min() >= allowed) {
            return cut(End.MIN, wanted);
        }
        return wanted < allowed ? limit(Direction.DOWN, wanted, (int) allowed, limit) : unlimited(wanted);
    }

    private long up(Rate rate) {
        long start = atStartOf(rate.period());
        return rate instanceof Rate.Percent percent
                ? (long) Math.ceil(start * (1 + percent.percent() / PERCENT))
                : start + ((Rate.Replicas) rate).count();
    }

    private long down(Rate rate) {
        long start = atStartOf(rate.period());
        return rate instanceof Rate.Percent percent
                ? (long) (start * (1 - percent.percent() / PERCENT))
                : start - ((Rate.Replicas) rate).count();
    }

    private long atStartOf(Duration period) {
        return current - history.moved().sumAfter(Nanos.minus(now, Nanos.of(period)));
    }

    private void stabilize(Direction direction, int wanted, int held, Duration window) {
        if (held != wanted) {
            reasons.add(new Stabilized(direction, wanted, held, window));
        }
    }

    private int limit(Direction direction, int wanted, int allowed, Limit limit) {
        reasons.add(new RateLimited(direction, wanted, allowed, limit));
        return allowed;
    }

    private int cut(End end, int wanted) {
        reasons.add(bounds.cut(end, wanted));
        return end == End.MIN ? bounds.min() : bounds.max();
    }

    private int unlimited(int wanted) {
        reasons.add(Note.WITHIN_RANGE);
        return wanted;
    }
}
