package dev.prodstack.swarm.status;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.core.cluster.Tenure;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineRequest;
import dev.prodstack.swarm.history.ReleaseHistory;
import dev.prodstack.swarm.lock.StackLock;
import dev.prodstack.swarm.problem.EngineException;
import dev.prodstack.swarm.release.Release;
import dev.prodstack.swarm.state.StackStates;
import dev.prodstack.swarm.store.SwarmStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads how a stack is doing. */
public final class StackStatuses {
    private static final String TASK_LABEL = "com.docker.swarm.task.id";

    /** How many containers are looked into at most: what is wrong with many is mostly wrong with all. */
    private static final int LOOKED_INTO = 16;

    private StackStatuses() {}

    /**
     * Reads how a stack is doing.
     *
     * @throws EngineException if the engine does not answer or is no manager
     */
    @SuppressWarnings("exports") // Who embeds prodstack goes through Swarm.
    public static StackStatus read(EngineClient engine, String stack) {
        JsonNode info = engine.send(EngineRequest.get("info"));
        Facts facts = new Facts(
                stack,
                Times.parse(info.path("SystemTime").asText()).orElseGet(Instant::now),
                StackStates.services(engine, stack),
                StackStates.tasks(engine, stack),
                StackStates.nodes(engine),
                containers(engine));
        StackStatus status = Diagnosis.of(facts.with(lookInto(engine, facts)));
        return status.services().isEmpty()
                ? status
                : new StackStatus(stack, status.time(), status.services(), underWay(engine, stack));
    }

    private static Optional<UnderWay> underWay(EngineClient engine, String stack) {
        Optional<Tenure> holder = StackLock.holder(new SwarmStore(engine), stack);
        Optional<Release> unfinished = new ReleaseHistory(engine, stack)
                .last()
                .filter(release -> release.outcome().isUnfinished());
        Optional<Integer> number = unfinished.map(Release::number);
        return holder.map(tenure ->
                        new UnderWay(UnderWay.State.RUNNING, tenure.purpose(), tenure.holder(), tenure.since(), number))
                .or(() -> unfinished.map(release -> new UnderWay(
                        UnderWay.State.UNFINISHED, release.command(), release.by(), release.at(), number)));
    }

    /** What is on other nodes this engine cannot tell; a proxy before its socket may not let us ask for the rest. */
    private static Map<String, JsonNode> containers(EngineClient engine) {
        Map<String, JsonNode> containers = new HashMap<>();
        try {
            engine.send(EngineRequest.get("containers", "json").with("all", "1").labelled(TASK_LABEL))
                    .forEach(container -> containers.put(
                            container.path("Labels").path(TASK_LABEL).asText(), container));
        } catch (EngineException e) {
            if (e.kind() != EngineException.Kind.REFUSED) {
                throw e;
            }
        }
        return containers;
    }

    private static Map<String, JsonNode> lookInto(EngineClient engine, Facts facts) {
        Map<String, JsonNode> known = new HashMap<>(facts.containers());
        Diagnosis.worthALook(facts).stream()
                .filter(known::containsKey)
                .limit(LOOKED_INTO)
                .toList()
                .forEach(task -> known.computeIfPresent(task, (its, listed) -> described(engine, listed)));
        return known;
    }

    private static JsonNode described(EngineClient engine, JsonNode listed) {
        try {
            return engine.send(EngineRequest.get("containers", listed.path("Id").asText(), "json"));
        } catch (EngineException e) {
            if (e.kind() != EngineException.Kind.REFUSED) {
                throw e;
            }
            // Gone in the meantime: what the list said of it has to do.
            return listed;
        }
    }
}
