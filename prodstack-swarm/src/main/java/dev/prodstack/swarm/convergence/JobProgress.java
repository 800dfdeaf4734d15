package dev.prodstack.swarm.convergence;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** How far a job is: a service whose tasks run once to their end. */
final class JobProgress {
    private final ServiceReading reading;

    JobProgress(ServiceReading reading) {
        this.reading = reading;
    }

    Standing standing() {
        List<JsonNode> tasks =
                reading.tasks().stream().filter(this::isOfThisRun).toList();
        long completed = tasks.stream()
                .filter(task -> ServiceReading.state(task).equals("complete"))
                .count();
        long wanted = wanted(tasks);
        if (completed >= wanted && (wanted > 0 || isReplicated())) {
            return new Standing.Settled(completed);
        }
        Crashes crashes = new Crashes(reading);
        return crashes.verdict()
                .<Standing>map(failure -> failure)
                .orElseGet(() -> new Standing.Moving(completed, wanted, 0, crashes.latestReason()));
    }

    private boolean isReplicated() {
        return reading.service().path("Spec").path("Mode").has("ReplicatedJob");
    }

    private long wanted(List<JsonNode> tasks) {
        JsonNode job = reading.service().path("Spec").path("Mode").path("ReplicatedJob");
        if (isReplicated()) {
            return job.has("TotalCompletions")
                    ? job.path("TotalCompletions").asLong()
                    : job.path("MaxConcurrent").asLong(1);
        }
        return tasks.stream()
                .map(task -> task.path("NodeID").asText())
                .distinct()
                .count();
    }

    /** Each update of a job starts it anew; tasks carry the number of the run they belong to. */
    private boolean isOfThisRun(JsonNode task) {
        long run = reading.service()
                .path("JobStatus")
                .path("JobIteration")
                .path("Index")
                .asLong();
        return task.path("JobIteration").path("Index").asLong() == run;
    }
}
