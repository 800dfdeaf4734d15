package dev.prodstack.swarm.progress;

import java.util.List;
import java.util.Optional;

/**
 * What is known of a service that failed.
 *
 * @param service what the Compose file calls it
 * @param message what happened, in one line
 * @param tasks the tasks that failed, the latest first
 * @param log the last lines that the latest of them wrote
 * @param healthOutput what its last failed health check printed, where the engine at hand can tell
 */
public record ServiceFailure(
        String service, String message, List<TaskFailure> tasks, List<String> log, Optional<String> healthOutput) {
    /** Copies the lists. */
    public ServiceFailure {
        tasks = List.copyOf(tasks);
        log = List.copyOf(log);
    }

    /**
     * One task that failed.
     *
     * @param name service and slot, such as {@code shop_backend.3}
     * @param node the host name of the node it ran on; empty if it had none
     * @param state the state it ended in, such as {@code failed}
     * @param error what the engine says
     * @param exitCode the exit code of its process, where it had one
     */
    public record TaskFailure(String name, String node, String state, String error, Optional<Integer> exitCode) {}
}
