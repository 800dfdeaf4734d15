package dev.prodstack.backup.stack;

import dev.prodstack.core.backup.BackupPlan.Request;
import dev.prodstack.core.backup.BackupRecord;
import dev.prodstack.core.cluster.ClusterJobs;
import dev.prodstack.core.stack.Stack;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What a drill will do. Nothing has been made yet.
 *
 * @param stack the stack whose restore is tried; nothing of it is touched
 * @param trial the throw-away stack
 * @param backup what is restored
 * @param node where the throw-away stack is
 * @param requests what it is asked when it is restored
 * @param timeout how long all of it may take
 * @param notes what is other in the throw-away stack
 * @param obstacles what keeps it from being done
 */
public record DrillPlan(
        String stack,
        Stack trial,
        BackupRecord backup,
        ClusterJobs.Node node,
        List<Request> requests,
        Duration timeout,
        List<String> notes,
        List<String> obstacles) {
    /** Copies the lists. */
    public DrillPlan {
        Objects.requireNonNull(trial, "trial");
        Objects.requireNonNull(backup, "backup");
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(timeout, "timeout");
        requests = List.copyOf(requests);
        notes = List.copyOf(notes);
        obstacles = List.copyOf(obstacles);
    }
}
