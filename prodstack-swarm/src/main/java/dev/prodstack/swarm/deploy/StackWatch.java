package dev.prodstack.swarm.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.prodstack.swarm.convergence.ServiceReading;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks at all services of a stack with their tasks, in three requests however many there are. */
final class StackWatch {
    private final EngineClient engine;
    private final String stack;

    StackWatch(EngineClient engine, String stack) {
        this.engine = engine.enduring(Cluster.ENDURANCE);
        this.stack = stack;
    }

    /** A reading of each service, by its full name. */
    Map<String, ServiceReading> look() {
        JsonNode services =
                engine.send(EngineRequest.get("services").with("status", "true").with("filters", filters(Map.of())));
        JsonNode tasks = engine.send(EngineRequest.get("tasks").with("filters", filters(Map.of())));
        Set<String> upToDate = new HashSet<>();
        engine.send(EngineRequest.get("tasks").with("filters", filters(Map.of("_up-to-date", "true"))))
                .forEach(task -> upToDate.add(task.path("ID").asText()));
        Map<String, List<JsonNode>> byService = new LinkedHashMap<>();
        tasks.forEach(task -> byService
                .computeIfAbsent(task.path("ServiceID").asText(), id -> new ArrayList<>())
                .add(task));
        Map<String, ServiceReading> readings = new LinkedHashMap<>();
        services.forEach(service -> readings.put(
                service.path("Spec").path("Name").asText(),
                new ServiceReading(
                        service, byService.getOrDefault(service.path("ID").asText(), List.of()), upToDate)));
        return readings;
    }

    private String filters(Map<String, String> more) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        var filters = nodes.objectNode();
        filters.putArray("label").add("com.docker.stack.namespace=" + stack);
        more.forEach((name, value) -> filters.putArray(name).add(value));
        return filters.toString();
    }
}
