package dev.prodstack.swarm.convergence;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tasks that fail again and again in the same slot.
 *
 * <p>A task may fail once or twice for want of something that is still starting. How often is too often depends on the
 * restart policy: after its attempts are used up nothing more happens; where they have no end, five failures in one
 * slot are taken for the rule. An image that cannot be had is not waited for as long.
 */
final class Crashes {
    private static final Set<String> FAILED = Set.of("failed", "rejected");
    private static final int MANY = 5;
    private static final int MANY_REJECTIONS = 3;

    private final List<JsonNode> failed;
    private final JsonNode policy;

    /** Those of the present version. */
    Crashes(ServiceReading reading) {
        this(reading, reading.present());
    }

    /** Those among some of the service's tasks. */
    Crashes(ServiceReading reading, List<JsonNode> tasks) {
        this.failed = tasks.stream()
                .filter(task -> FAILED.contains(ServiceReading.state(task)))
                .sorted(Comparator.comparing(Crashes::since).reversed())
                .toList();
        this.policy = reading.service().path("Spec").path("TaskTemplate").path("RestartPolicy");
    }

    private static String since(JsonNode task) {
        return task.path("Status").path("Timestamp").asText();
    }

    /** The failure they amount to, if they do. */
    Optional<Standing.Failed> verdict() {
        Map<String, List<JsonNode>> slots = failed.stream().collect(Collectors.groupingBy(Crashes::slot));
        return slots.values().stream()
                .filter(tasks -> tasks.size() >= limit(tasks))
                .max(Comparator.comparingInt(List::size))
                .map(tasks -> new Standing.Failed(
                        Standing.Cause.CRASHING,
                        reason(tasks.get(0)),
                        failed.stream().map(ServiceReading::id).toList()));
    }

    /** What the latest of them failed of; empty if none did. */
    String latestReason() {
        return failed.isEmpty() ? "" : reason(failed.get(0));
    }

    /** The tasks that failed, the latest first. */
    List<String> ids() {
        return failed.stream().map(ServiceReading::id).toList();
    }

    private long limit(List<JsonNode> tasks) {
        if (policy.path("Condition").asText().equals("none")) {
            return 1;
        }
        boolean rejected =
                tasks.stream().allMatch(task -> ServiceReading.state(task).equals("rejected"));
        long attempts = policy.path("MaxAttempts").asLong();
        long many = rejected ? MANY_REJECTIONS : MANY;
        return attempts == 0 ? many : Math.min(many, attempts + 1);
    }

    private static String slot(JsonNode task) {
        return task.has("Slot") && task.path("Slot").asLong() != 0
                ? task.path("Slot").asText()
                : task.path("NodeID").asText();
    }

    static String reason(JsonNode task) {
        JsonNode status = task.path("Status");
        String error = status.path("Err").asText();
        return error.isEmpty() ? status.path("Message").asText() : error;
    }
}
