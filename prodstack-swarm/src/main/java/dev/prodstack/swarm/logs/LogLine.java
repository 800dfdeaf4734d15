package dev.prodstack.swarm.logs;

import java.time.Instant;

/**
 * A line that a task wrote.
 *
 * @param time when, by the clock of its node
 * @param service the name of its service in the stack
 * @param task the task's name, {@code service.slot}, or {@code service.node} where there is one on each node
 * @param taskId the task's identifier
 * @param node the name of its node
 * @param output where it was written to
 * @param text the line without its line break
 */
public record LogLine(Instant time, String service, String task, String taskId, String node, Output output, String text)
        implements LogEvent {
    /** The outputs of a task. */
    public enum Output {
        /** Standard output; everything that is written to a terminal. */
        STDOUT,
        /** Standard error. */
        STDERR
    }
}
