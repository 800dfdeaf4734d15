package dev.prodstack.swarm.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineRequest;
import dev.prodstack.swarm.problem.EngineException;
import dev.prodstack.swarm.state.StackStates;
import dev.prodstack.swarm.state.TaskStates;
import java.time.Duration;
import java.util.List;

/**
 * Stops what a job still runs. Engines (20.10 at least) let the task of a job go on when its service is removed, and
 * nobody knows of it any more; tasks of an earlier iteration they do stop. So a job that is to end is updated first, to
 * one that no node takes.
 */
final class JobStop {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final String NOWHERE = "node.id==none";

    private final EngineClient engine;

    JobStop(EngineClient engine) {
        this.engine = engine;
    }

    /**
     * Stops it and waits until it is so, if it runs at all. A node that cannot be reached is not waited for.
     *
     * @param service the name or the id of the job's service; nothing happens if it is gone
     * @throws InterruptedException if the thread is interrupted while it waits; the job stops all the same
     */
    void stop(String service) throws InterruptedException {
        try {
            if (runs(service)) {
                JsonNode found = engine.send(EngineRequest.get("services", service));
                ObjectNode spec = found.path("Spec").deepCopy();
                spec.withObject("/TaskTemplate/Placement")
                        .putArray("Constraints")
                        .add(NOWHERE);
                engine.send(EngineRequest.post("services", found.path("ID").asText(), "update")
                        .with("version", found.at("/Version/Index").asText())
                        .sending(spec));
                long begun = System.nanoTime();
                while (runs(service) && System.nanoTime() - begun < PATIENCE.toNanos()) {
                    Thread.sleep(PAUSE.toMillis());
                }
            }
        } catch (EngineException e) {
            // It is removed next, and an orphan is found by its labels.
            return;
        }
    }

    private boolean runs(String service) {
        return StackStates.tasks(engine, List.of(service)).stream()
                .anyMatch(task -> !task.path("NodeID").asText("").isEmpty()
                        && !TaskStates.hasEnded(task.at("/Status/State").asText()));
    }
}
