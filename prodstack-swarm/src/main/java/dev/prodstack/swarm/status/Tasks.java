package dev.prodstack.swarm.status;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.swarm.status.TaskStatus.Health;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A task as the engine tells it, put into words. */
final class Tasks {
    private Tasks() {}

    /**
     * Reads a task.
     *
     * @param service the name of its service in the stack
     */
    static TaskStatus of(JsonNode task, String service, Map<String, JsonNode> nodes, Map<String, JsonNode> containers) {
        JsonNode status = task.path("Status");
        JsonNode process = status.path("ContainerStatus");
        String id = task.path("ID").asText();
        String nodeId = task.path("NodeID").asText();
        Optional<String> node =
                Optional.of(nodeId).filter(its -> !its.isEmpty()).map(its -> nodeName(its, nodes));
        int slot = task.path("Slot").asInt();
        int exitCode = process.path("ExitCode").asInt();
        return new TaskStatus(
                id,
                service + "." + (slot > 0 ? Integer.toString(slot) : node.orElse("?")),
                node,
                status.path("State").asText(),
                task.path("DesiredState").asText(),
                Times.of(status.path("Timestamp")),
                health(task, Optional.ofNullable(containers.get(id))),
                status.path("Err").asText(""),
                exitCode == 0 ? OptionalInt.empty() : OptionalInt.of(exitCode),
                task.at("/Spec/ContainerSpec/Image").asText(),
                Optional.of(process.path("ContainerID").asText("")).filter(its -> !its.isEmpty()));
    }

    private static String nodeName(String id, Map<String, JsonNode> nodes) {
        JsonNode node = nodes.get(id);
        String name = node == null ? "" : node.at("/Description/Hostname").asText("");
        return name.isEmpty() ? id : name;
    }

    /**
     * A container of this engine's node says it itself. Of others is known that Swarm takes a task for running only
     * once its health check went well.
     */
    private static Health health(JsonNode task, Optional<JsonNode> container) {
        String state = task.path("Status").path("State").asText();
        if (container.isPresent() && (state.equals("running") || state.equals("starting"))) {
            return containerHealth(container.get());
        }
        JsonNode test = task.at("/Spec/ContainerSpec/Healthcheck/Test");
        if (test.isEmpty() || test.get(0).asText().equals("NONE")) {
            return Health.UNKNOWN;
        }
        return switch (state) {
            case "running" -> Health.HEALTHY;
            case "starting" -> Health.STARTING;
            default -> Health.UNKNOWN;
        };
    }

    private static Health containerHealth(JsonNode container) {
        // In the list of containers it stands in brackets in a sentence, in a description it is a field.
        String word = container
                .path("State")
                .at("/Health/Status")
                .asText(container.path("Status").asText(""));
        if (word.contains("unhealthy")) {
            return Health.UNHEALTHY;
        }
        if (word.contains("healthy")) {
            return Health.HEALTHY;
        }
        return word.equals("starting") || word.contains("health: starting") ? Health.STARTING : Health.UNKNOWN;
    }
}
