package dev.prodstack.core.rollout;

import dev.prodstack.core.value.Copies;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The two halves of a safe change of a service's data (expand and contract).
 *
 * @param expand the job that makes the data fit for both versions; it runs from the new image, once, before anything
 *     else of a deploy changes, and its failure stops the deploy
 * @param contract the job that removes what only the old version needed; an operator asks for it when there is no way
 *     back to that version any more
 */
public record Migration(Job expand, Optional<Job> contract) {
    /** Checks that nothing is missing. */
    public Migration {
        Objects.requireNonNull(expand, "expand");
        Objects.requireNonNull(contract, "contract");
    }

    /**
     * A job that runs once in the service's image, with its environment, secrets, configs, mounts and networks.
     *
     * @param command the arguments, in place of the service's own command; at least one
     * @param environment environment variables beside the service's own, which they win over
     * @param timeout how long it may take; above zero
     * @param attempts how often it is tried until it ends with exit code 0, 1 or more; a job that is tried again must
     *     not mind having run half-way
     */
    public record Job(List<String> command, Map<String, String> environment, Duration timeout, int attempts) {
        /** How long a job may take where a policy does not say. */
        public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);

        /** Checks the ranges. */
        public Job {
            command = List.copyOf(command);
            environment = Copies.of(environment);
            if (command.isEmpty()) {
                throw new IllegalArgumentException("a migration needs a command");
            }
            if (timeout.isNegative() || timeout.isZero()) {
                throw new IllegalArgumentException("a timeout must be above zero");
            }
            if (attempts < 1) {
                throw new IllegalArgumentException("expected 1 attempt or more, not " + attempts);
            }
        }
    }
}
