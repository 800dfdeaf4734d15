package dev.prodstack.swarm.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.swarm.convergence.ServiceReading;
import dev.prodstack.swarm.convergence.Standing;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineRequest;
import dev.prodstack.swarm.engine.LogFrame;
import dev.prodstack.swarm.engine.LogFrames;
import dev.prodstack.swarm.problem.EngineException;
import dev.prodstack.swarm.progress.ServiceFailure;
import dev.prodstack.swarm.progress.ServiceFailure.TaskFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gathers why a service failed, while the engine still knows. What cannot be had is left out: it must not hide the
 * failure.
 */
final class Evidence {
    private static final int TASKS = 5;
    private static final int LOG_LINES = 20;

    private final EngineClient engine;

    Evidence(EngineClient engine) {
        this.engine = engine;
    }

    ServiceFailure of(String service, ServiceReading reading, Standing.Failed failed) {
        Map<String, JsonNode> byId = new HashMap<>();
        reading.tasks().forEach(task -> byId.put(task.path("ID").asText(), task));
        List<JsonNode> tasks = failed.tasks().stream()
                .map(byId::get)
                .filter(task -> task != null)
                .limit(TASKS)
                .toList();
        String name = reading.service().path("Spec").path("Name").asText();
        return new ServiceFailure(
                service,
                sentence(failed),
                tasks.stream().map(task -> failure(name, task)).toList(),
                tasks.isEmpty() ? List.of() : log(tasks.get(0)),
                tasks.stream().map(this::healthOutput).flatMap(Optional::stream).findFirst());
    }

    /** A service that was still on its way when the deadline passed. */
    ServiceFailure late(String service, ServiceReading reading, String message) {
        List<JsonNode> unfinished = reading.tasks().stream()
                .filter(task -> reading.upToDate().contains(task.path("ID").asText()))
                .filter(task -> !task.path("Status").path("State").asText().equals("running"))
                .limit(TASKS)
                .toList();
        String name = reading.service().path("Spec").path("Name").asText();
        return new ServiceFailure(
                service,
                message,
                unfinished.stream().map(task -> failure(name, task)).toList(),
                unfinished.isEmpty() ? List.of() : log(unfinished.get(0)),
                unfinished.stream()
                        .map(this::healthOutput)
                        .flatMap(Optional::stream)
                        .findFirst());
    }

    private static String sentence(Standing.Failed failed) {
        String message = failed.message();
        return switch (failed.cause()) {
            case PAUSED -> "the engine stopped the update half-way: " + message;
            case ROLLED_BACK -> "the engine took the update back: " + message;
            case ROLLBACK_PAUSED -> "the engine tried to take the update back and stopped half-way: " + message;
            case CRASHING -> "its tasks fail again and again: " + message;
            case GONE -> "it was removed meanwhile";
        };
    }

    private TaskFailure failure(String service, JsonNode task) {
        JsonNode status = task.path("Status");
        JsonNode exitCode = status.path("ContainerStatus").path("ExitCode");
        long slot = task.path("Slot").asLong();
        String error = status.path("Err").asText();
        return new TaskFailure(
                slot == 0 ? service : service + "." + slot,
                nodeName(task.path("NodeID").asText()),
                status.path("State").asText(),
                error.isEmpty() ? status.path("Message").asText() : error,
                exitCode.isNumber() ? Optional.of(exitCode.asInt()) : Optional.empty());
    }

    private String nodeName(String id) {
        try {
            return id.isEmpty()
                    ? ""
                    : engine.send(EngineRequest.get("nodes", id))
                            .path("Description")
                            .path("Hostname")
                            .asText();
        } catch (EngineException e) {
            return id;
        }
    }

    private List<String> log(JsonNode task) {
        EngineRequest request = EngineRequest.get("tasks", task.path("ID").asText(), "logs")
                .with("stdout", "true")
                .with("stderr", "true")
                .with("tail", Integer.toString(LOG_LINES));
        List<String> lines = new ArrayList<>();
        try (LogFrames frames = engine.frames(request)) {
            for (Optional<LogFrame> frame = frames.next(); frame.isPresent(); frame = frames.next()) {
                lines.add(frame.get().text().stripTrailing());
            }
        } catch (EngineException e) {
            if (lines.isEmpty()) {
                lines.add("(its log cannot be read: " + e.reason() + ")");
            }
        }
        return lines;
    }

    /** Health checks leave their output with the container, which only the engine of its own node can inspect. */
    private Optional<String> healthOutput(JsonNode task) {
        String container =
                task.path("Status").path("ContainerStatus").path("ContainerID").asText();
        if (container.isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonNode log = engine.send(EngineRequest.get("containers", container, "json"))
                    .path("State")
                    .path("Health")
                    .path("Log");
            String output = log.path(log.size() - 1).path("Output").asText().strip();
            return output.isEmpty() ? Optional.empty() : Optional.of(output);
        } catch (EngineException e) {
            return Optional.empty();
        }
    }
}
