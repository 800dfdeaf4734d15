package dev.prodstack.swarm.convergence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/**
 * One look at a service.
 *
 * @param service the service, as {@code GET /services} with its status gives it
 * @param tasks all of its tasks, as {@code GET /tasks} gives them
 * @param upToDate the ids of those tasks which are of the service's present version
 */
public record ServiceReading(JsonNode service, List<JsonNode> tasks, Set<String> upToDate) {
    /** Copies the collections. */
    public ServiceReading {
        tasks = List.copyOf(tasks);
        upToDate = Set.copyOf(upToDate);
    }

    /** How far the service is. */
    public Standing standing() {
        JsonNode mode = service.path("Spec").path("Mode");
        return mode.has("ReplicatedJob") || mode.has("GlobalJob")
                ? new JobProgress(this).standing()
                : new ReplicaProgress(this).standing();
    }

    /** When the engine had taken the latest update back, in its own words; empty where it has not. */
    public String takenBackAt() {
        JsonNode update = service.path("UpdateStatus");
        return update.path("State").asText().equals("rollback_completed")
                ? update.path("CompletedAt").asText()
                : "";
    }

    /** The same, but for the latest update: the service as if it had been like this from the beginning. */
    public ServiceReading withoutUpdate() {
        ObjectNode bare = service.deepCopy();
        bare.remove("UpdateStatus");
        return new ServiceReading(bare, tasks, upToDate);
    }

    /** Whether as many tasks run as there are to be, of whatever version; for a job, whether it is done. */
    public boolean isServing() {
        if (standing() instanceof Standing.Settled) {
            return true;
        }
        long running = tasks.stream()
                .filter(task -> task.path("DesiredState").asText().equals("running"))
                .filter(task -> state(task).equals("running"))
                .count();
        return wanted() > 0 && running >= wanted();
    }

    /** The ids of the tasks that failed of the version that is on its way, the latest first. */
    public List<String> failures() {
        boolean back = service.path("UpdateStatus").path("State").asText().startsWith("rollback");
        return new Crashes(this, back ? past() : present()).ids();
    }

    /** The tasks of versions that the service no longer has. */
    List<JsonNode> past() {
        return tasks.stream().filter(task -> !upToDate.contains(id(task))).toList();
    }

    /** The ids and states of the tasks that the service has now. */
    List<JsonNode> present() {
        return tasks.stream().filter(task -> upToDate.contains(id(task))).toList();
    }

    /** How many tasks there are to be. */
    long wanted() {
        JsonNode replicas = service.path("Spec").path("Mode").path("Replicated").path("Replicas");
        return replicas.isNumber()
                ? replicas.asLong()
                : service.path("ServiceStatus").path("DesiredTasks").asLong();
    }

    static String id(JsonNode task) {
        return task.path("ID").asText();
    }

    static String state(JsonNode task) {
        return task.path("Status").path("State").asText();
    }
}
