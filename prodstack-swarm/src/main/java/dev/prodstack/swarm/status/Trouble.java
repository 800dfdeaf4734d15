package dev.prodstack.swarm.status;

import java.time.Instant;
import java.util.List;

/**
 * Why tasks of a service fail or do not get to run.
 *
 * @param task the latest of them, {@code web.3@n1}
 * @param tasks how many there are, as far as the cluster remembers them
 * @param time when the latest of them came into its state
 * @param state the state of that one: failed, rejected, pending, starting, running, ...
 * @param reason what is wrong, one line
 * @param healthOutput what its health check printed last, line by line; empty where there is none, or the container is
 *     on another node or gone
 */
public record Trouble(String task, int tasks, Instant time, String state, String reason, List<String> healthOutput) {
    /** Copies the lines. */
    public Trouble {
        healthOutput = List.copyOf(healthOutput);
    }
}
