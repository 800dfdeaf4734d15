package dev.prodstack.swarm.scale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.cluster.ScalableService;
import dev.prodstack.core.cluster.ScalableServices;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineRequest;
import dev.prodstack.swarm.problem.EngineException;
import dev.prodstack.swarm.state.StackStates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The services of a swarm, read and scaled through one of its managers. */
public final class SwarmServices implements ScalableServices {
    /** Labels a service with the text of its policy. */
    public static final String POLICY_LABEL = "dev.prodstack.autoscale.policy";

    private static final String OUT_OF_SEQUENCE = "update out of sequence";

    private final EngineClient engine;

    /** Through an engine that is a manager. */
    public SwarmServices(EngineClient engine) {
        this.engine = engine;
    }

    @Override
    public Map<String, ScalableService> read(String stack) {
        Map<String, JsonNode> services = new TreeMap<>(StackStates.services(engine, stack));
        services.values().removeIf(service -> ServiceReader.replicas(service).isEmpty());
        Map<String, List<JsonNode>> tasks = tasksByService(stack);
        Set<String> current = current(services);
        Map<String, ScalableService> read = new LinkedHashMap<>();
        services.forEach((name, service) -> read.put(
                key(stack, name),
                ServiceReader.read(
                        service, tasks.getOrDefault(service.path("ID").asText(), List.of()), current)));
        return read;
    }

    private static String key(String stack, String name) {
        return name.substring(Math.min(name.length(), stack.length() + 1));
    }

    @Override
    public Map<String, String> policies(String stack) {
        Map<String, String> policies = new TreeMap<>();
        StackStates.services(engine, stack).forEach((name, service) -> {
            JsonNode policy = service.path("Spec").path("Labels").path(POLICY_LABEL);
            if (policy.isTextual()) {
                policies.put(key(stack, name), policy.textValue());
            }
        });
        return policies;
    }

    private Map<String, List<JsonNode>> tasksByService(String stack) {
        Map<String, List<JsonNode>> tasks = new HashMap<>();
        for (JsonNode task : StackStates.tasks(engine, stack)) {
            tasks.computeIfAbsent(task.path("ServiceID").asText(), its -> new ArrayList<>())
                    .add(task);
        }
        return tasks;
    }

    /** The tasks of the present version of those services that an update is under way of. */
    private Set<String> current(Map<String, JsonNode> services) {
        List<String> updating = services.values().stream()
                .filter(service -> ServiceReader.update(service).isPresent())
                .map(service -> service.path("ID").asText())
                .toList();
        Set<String> current = new HashSet<>();
        if (!updating.isEmpty()) {
            StackStates.upToDate(engine, updating)
                    .forEach(task -> current.add(task.path("ID").asText()));
        }
        return current;
    }

    @Override
    public Outcome scale(ScalableService seen, int replicas) {
        try {
            JsonNode service = engine.send(EngineRequest.get("services", seen.id()));
            if (version(service) != seen.version()) {
                return Outcome.CHANGED_MEANWHILE;
            }
            ObjectNode spec = service.path("Spec").deepCopy();
            spec.withObject("/Mode/Replicated").put("Replicas", replicas);
            engine.send(EngineRequest.post("services", seen.id(), "update")
                    .with("version", Long.toString(seen.version()))
                    .sending(spec));
            return Outcome.DONE;
        } catch (EngineException e) {
            if (e.status().orElse(0) == 404 || e.reason().contains(OUT_OF_SEQUENCE)) {
                return Outcome.CHANGED_MEANWHILE;
            }
            throw e;
        }
    }

    static long version(JsonNode service) {
        return service.path("Version").path("Index").asLong();
    }
}
