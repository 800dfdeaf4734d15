package dev.prodstack.swarm.logs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.problem.EngineException;
import dev.prodstack.swarm.state.StackStates;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The names of tasks by their identifiers. Safe for several threads. */
final class TaskNames {
    private final EngineClient engine;
    private final Map<String, String> nodes = new ConcurrentHashMap<>();
    private final Map<String, String> suffixes = new ConcurrentHashMap<>();

    TaskNames(EngineClient engine) {
        this.engine = engine;
    }

    void learn(Collection<JsonNode> tasks, Map<String, JsonNode> known) {
        known.forEach((id, node) -> {
            String name = node.at("/Description/Hostname").asText("");
            nodes.put(id, name.isEmpty() ? id : name);
        });
        for (JsonNode task : tasks) {
            int slot = task.path("Slot").asInt();
            suffixes.put(
                    task.path("ID").asText(),
                    slot > 0 ? Integer.toString(slot) : node(task.path("NodeID").asText()));
        }
    }

    String node(String id) {
        return nodes.getOrDefault(id, id);
    }

    /** A text with the names of nodes in place of their identifiers. */
    String withNodes(String text) {
        String named = text;
        for (Map.Entry<String, String> node : nodes.entrySet()) {
            named = named.replace(node.getKey(), node.getValue());
        }
        return named;
    }

    /** The name of a task, {@code service.slot}; a task that came about after the others is asked for. */
    String task(String service, String fullName, String id) {
        if (!suffixes.containsKey(id)) {
            try {
                learn(StackStates.tasks(engine, List.of(fullName)), StackStates.nodes(engine));
            } catch (EngineException e) {
                return service + ".?";
            }
            // A task that the cluster has forgotten is not asked for again.
            suffixes.putIfAbsent(id, "?");
        }
        return service + "." + suffixes.getOrDefault(id, "?");
    }
}
