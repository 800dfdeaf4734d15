package dev.prodstack.core.cluster;

import java.util.List;
import java.util.Objects;

/**
 * How a job ended.
 *
 * @param ending in one word
 * @param code the exit code of its program; 0 if there is none
 * @param reason why it did not end well, with what it was waited for; empty if it did
 * @param node the name of the node that it ran on; empty if it never ran
 * @param lines what it printed on standard output, all of it
 * @param errors the last lines that it printed on standard error
 */
public record JobResult(Ending ending, int code, String reason, String node, List<String> lines, List<String> errors) {
    /** How it ended. */
    public enum Ending {
        /** Its program ended with 0. */
        DONE,
        /** Its program failed, or could not be started. */
        FAILED,
        /** The deadline passed. It was removed. */
        TIMED_OUT
    }

    /** Copies the lines. */
    public JobResult {
        Objects.requireNonNull(ending, "ending");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(node, "node");
        lines = List.copyOf(lines);
        errors = List.copyOf(errors);
    }

    /** Whether its program ended with 0. */
    public boolean done() {
        return ending == Ending.DONE;
    }
}
