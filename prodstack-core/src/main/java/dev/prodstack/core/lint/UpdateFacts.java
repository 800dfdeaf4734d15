package dev.prodstack.core.lint;

import dev.prodstack.core.stack.UpdateConfig;
import dev.prodstack.core.stack.UpdateConfig.FailureAction;
import dev.prodstack.core.stack.UpdateConfig.Order;
import java.time.Duration;
import java.util.Optional;

/**
 * An {@code update_config} or {@code rollback_config} with the engine's defaults.
 *
 * @param key the section's key
 * @param written what the file says
 */
record UpdateFacts(String key, Optional<UpdateConfig> written) {
    private static final Duration DEFAULT_MONITOR = Duration.ofSeconds(5);

    String path(String field) {
        return "deploy." + key + "." + field;
    }

    Order order() {
        return written.flatMap(UpdateConfig::order).orElse(Order.STOP_FIRST);
    }

    FailureAction failureAction() {
        return written.flatMap(UpdateConfig::failureAction).orElse(FailureAction.PAUSE);
    }

    /** How long a new task is watched; the engine takes 0 for its default. */
    Duration monitor() {
        return writtenMonitor().orElse(DEFAULT_MONITOR);
    }

    Optional<Duration> writtenMonitor() {
        return written.flatMap(UpdateConfig::monitor).filter(monitor -> !monitor.isZero());
    }

    Duration delay() {
        return written.flatMap(UpdateConfig::delay).orElse(Duration.ZERO);
    }

    /** How many tasks are replaced at the same time; 0 is all. */
    int parallelism() {
        return written.map(config -> config.parallelism().orElse(1)).orElse(1);
    }

    /** How many of a number of tasks are replaced at the same time. */
    int parallelOf(int tasks) {
        return parallelism() == 0 ? tasks : Math.min(parallelism(), tasks);
    }

    double maxFailureRatio() {
        return written.map(config -> config.maxFailureRatio().orElse(0)).orElse(0.0);
    }
}
