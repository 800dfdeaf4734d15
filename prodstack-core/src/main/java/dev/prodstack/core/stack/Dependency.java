package dev.prodstack.core.stack;

import java.util.Locale;

/**
 * What a service needs of another one before it is started.
 *
 * @param condition what to wait for
 * @param required whether the other service must be there at all
 * @param restart whether it is restarted when the other one is
 */
public record Dependency(Condition condition, boolean required, boolean restart) {

    /** What to wait for. */
    public enum Condition {
        /** The other service was created. */
        SERVICE_STARTED,
        /** Its tasks pass their health check. */
        SERVICE_HEALTHY,
        /** Its tasks ended with exit code 0. */
        SERVICE_COMPLETED_SUCCESSFULLY;

        /** The name as Compose files write it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The short form: started, required, not restarted. */
    public static Dependency plain() {
        return new Dependency(Condition.SERVICE_STARTED, true, false);
    }
}
