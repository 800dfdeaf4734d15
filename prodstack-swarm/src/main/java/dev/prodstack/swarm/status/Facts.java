package dev.prodstack.swarm.status;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.core.value.Copies;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a status is made of, as the engine tells it.
 *
 * @param stack the stack's name
 * @param now the engine's time
 * @param services the services by full name
 * @param tasks the tasks
 * @param nodes the nodes by identifier
 * @param containers the containers on the engine's own node by the identifier of their task: entries of the list of
 *     containers, or where more is known of one, its whole description
 */
record Facts(
        String stack,
        Instant now,
        Map<String, JsonNode> services,
        List<JsonNode> tasks,
        Map<String, JsonNode> nodes,
        Map<String, JsonNode> containers) {
    Facts {
        services = Copies.of(services);
        tasks = List.copyOf(tasks);
        nodes = Copies.of(nodes);
        containers = Copies.of(containers);
    }

    Facts with(Map<String, JsonNode> known) {
        return new Facts(stack, now, services, tasks, nodes, known);
    }
}
