package dev.prodstack.core.stack;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How the tasks of a service are replaced, on an update or on a rollback. What is absent is the engine's default.
 *
 * @param parallelism tasks replaced at the same time; 0 is all at once; the default is 1
 * @param delay pause between two groups; the default is 0
 * @param failureAction what to do when too many new tasks fail; the default is to pause
 * @param monitor how long each new task is watched for failure; the default is 5 s
 * @param maxFailureRatio the share of failed tasks that is tolerated, 0 to 1; the default is 0
 * @param order whether the new task starts before the old one stops; the default is stop first
 */
public record UpdateConfig(
        OptionalInt parallelism,
        Optional<Duration> delay,
        Optional<FailureAction> failureAction,
        Optional<Duration> monitor,
        OptionalDouble maxFailureRatio,
        Optional<Order> order) {

    /** What to do when too many new tasks fail. */
    public enum FailureAction {
        /** Stop and leave old and new tasks running. */
        PAUSE,
        /** Go on. */
        CONTINUE,
        /** Go back to the previous version. Not for rollbacks. */
        ROLLBACK;

        /** The name as Compose files write it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The order in which an old task and its replacement stop and start. */
    public enum Order {
        /** The old task stops first. */
        STOP_FIRST,
        /** The new task starts first; for a moment both run. */
        START_FIRST;

        /** The name as Compose files write it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
