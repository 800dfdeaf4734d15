package dev.prodstack.swarm.state;

import java.util.Set;

/** The states of a task, as the Engine API writes them. */
public final class TaskStates {
    private static final Set<String> ENDED = Set.of("complete", "failed", "rejected", "shutdown", "orphaned", "remove");

    private TaskStates() {}

    /** Whether nothing of a task in this state runs, or will. */
    public static boolean hasEnded(String state) {
        return ENDED.contains(state);
    }
}
