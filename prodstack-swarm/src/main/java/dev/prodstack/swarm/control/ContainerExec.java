package dev.prodstack.swarm.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.cluster.ClusterException;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineRequest;
import dev.prodstack.swarm.engine.LogFrame;
import dev.prodstack.swarm.engine.LogFrames;
import dev.prodstack.swarm.problem.EngineException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Runs programs in containers of an engine's own node. */
public final class ContainerExec {
    private final EngineClient engine;

    /** Through the engine of the node. */
    public ContainerExec(EngineClient engine) {
        this.engine = engine;
    }

    /**
     * Runs a program to its end.
     *
     * @param container the id of the container
     * @param command the program and its arguments
     * @throws ClusterException if there is no such container, the program fails, or the deadline passes
     */
    public void run(String container, List<String> command, Duration deadline) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("AttachStdout", true).put("AttachStderr", true);
        command.forEach(request.putArray("Cmd")::add);
        String id = engine.send(
                        EngineRequest.post("containers", container, "exec").sending(request))
                .path("Id")
                .asText();
        String output = output(id, deadline);
        JsonNode end = engine.send(EngineRequest.get("exec", id, "json"));
        if (end.path("Running").asBoolean()) {
            throw new ClusterException(
                    String.join(" ", command) + " is not done within " + deadline.toSeconds() + " s", null);
        }
        int code = end.path("ExitCode").asInt(1);
        if (code != 0) {
            throw new ClusterException(String.join(" ", command) + " ended with " + code + ": " + output.strip(), null);
        }
    }

    /** What it prints; reading ends at the deadline, whatever the program does. */
    private String output(String exec, Duration deadline) {
        ObjectNode attached =
                JsonNodeFactory.instance.objectNode().put("Detach", false).put("Tty", false);
        StringBuilder text = new StringBuilder();
        try (LogFrames frames =
                engine.frames(EngineRequest.post("exec", exec, "start").sending(attached))) {
            Thread guard = new Thread(() -> closeAfter(frames, deadline), "exec-deadline");
            guard.setDaemon(true);
            guard.start();
            for (Optional<LogFrame> frame = frames.next(); frame.isPresent(); frame = frames.next()) {
                text.append(frame.get().text());
            }
            guard.interrupt();
        } catch (EngineException e) {
            text.append(e.reason());
        }
        return text.toString();
    }

    private static void closeAfter(LogFrames frames, Duration deadline) {
        try {
            Thread.sleep(deadline.toMillis());
            frames.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
