package dev.prodstack.core.scaling;

import dev.prodstack.core.cron.CronWindow;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Other bounds during a window of time, such as a higher min in office hours.
 *
 * @param name what to call it in explanations
 * @param window when they hold
 * @param min the fewest replicas then; the policy's own where absent
 * @param max the most replicas then; the policy's own where absent
 */
public record ScheduledBounds(Optional<String> name, CronWindow window, OptionalInt min, OptionalInt max) {
    /** Checks that something changes. */
    public ScheduledBounds {
        Objects.requireNonNull(window, "window");
        if (min.isEmpty() && max.isEmpty()) {
            throw new IllegalArgumentException("a schedule must give min, max or both");
        }
        if (min.isPresent() && min.getAsInt() < 0) {
            throw new IllegalArgumentException("min " + min.getAsInt() + " must be 0 or more");
        }
        if (max.isPresent() && max.getAsInt() < 1) {
            throw new IllegalArgumentException("max " + max.getAsInt() + " must be 1 or more");
        }
    }

    /**
     * The bounds that hold in the window, a policy's own where this says nothing.
     *
     * @throws IllegalArgumentException if they cross
     */
    public ReplicaRange within(ReplicaRange bounds) {
        int fewest = min.orElse(bounds.min());
        int most = max.orElse(bounds.max());
        if (fewest > most) {
            throw new IllegalArgumentException(
                    "the schedule's min " + fewest + " is more than the max " + most + " that holds then");
        }
        return new ReplicaRange(fewest, most);
    }
}
