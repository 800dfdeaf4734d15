package dev.prodstack.core.stack;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What happens when a task ends. What is absent is the engine's default.
 *
 * @param condition after which ends a task is started again; the default is any
 * @param delay how long to wait before; the default is 5 s
 * @param maxAttempts how often within the window; no limit where absent or 0
 * @param window the time in which attempts are counted; without end where absent or 0
 */
public record RestartPolicy(
        Optional<Condition> condition, Optional<Duration> delay, OptionalLong maxAttempts, Optional<Duration> window) {

    /** After which ends a task is started again. */
    public enum Condition {
        /** After none. */
        NONE,
        /** After an exit code other than 0, a failed health check or a lost node. */
        ON_FAILURE,
        /** After every end. */
        ANY;

        /** The name as Compose files write it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
