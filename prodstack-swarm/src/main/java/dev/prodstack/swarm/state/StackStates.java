package dev.prodstack.swarm.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads what the cluster holds of a stack. The engine must be a manager. */
public final class StackStates {
    /** The label that says which stack an object belongs to. */
    public static final String NAMESPACE = "com.docker.stack.namespace";

    private StackStates() {}

    /**
     * Reads all of a stack but its tasks; what does not exist is an empty state.
     *
     * @throws dev.prodstack.swarm.problem.EngineException if the engine does not answer or is no manager
     */
    public static StackState read(EngineClient engine, String stack) {
        return new StackState(
                stack,
                services(engine, stack),
                named(engine.send(of(EngineRequest.get("networks"), stack)), ""),
                named(engine.send(of(EngineRequest.get("secrets"), stack)), "/Spec"),
                named(engine.send(of(EngineRequest.get("configs"), stack)), "/Spec"));
    }

    /**
     * The services of a stack by their full names, in the order of these, each with {@code ServiceStatus}.
     *
     * @throws dev.prodstack.swarm.problem.EngineException if the engine does not answer or is no manager
     */
    public static Map<String, JsonNode> services(EngineClient engine, String stack) {
        return named(engine.send(of(EngineRequest.get("services").with("status", "true"), stack)), "/Spec");
    }

    /**
     * The tasks of a stack, those that ended as far as the cluster remembers them among them.
     *
     * @throws dev.prodstack.swarm.problem.EngineException if the engine does not answer or is no manager
     */
    public static List<JsonNode> tasks(EngineClient engine, String stack) {
        return list(engine.send(of(EngineRequest.get("tasks"), stack)));
    }

    /**
     * The tasks of some services, those that ended as far as the cluster remembers them among them.
     *
     * @param services identifiers or full names
     * @throws dev.prodstack.swarm.problem.EngineException if the engine does not answer or is no manager
     */
    public static List<JsonNode> tasks(EngineClient engine, Collection<String> services) {
        // No value at all would let every task of the cluster pass.
        return services.isEmpty()
                ? List.of()
                : list(engine.send(EngineRequest.get("tasks").filtered("service", services)));
    }

    /**
     * The tasks of some services that are of the services' present version.
     *
     * @param services identifiers or full names; at least one
     * @throws dev.prodstack.swarm.problem.EngineException if the engine does not answer or is no manager
     */
    public static List<JsonNode> upToDate(EngineClient engine, Collection<String> services) {
        ObjectNode filters = JsonNodeFactory.instance.objectNode();
        filters.putArray("_up-to-date").add("true");
        ArrayNode named = filters.putArray("service");
        services.forEach(named::add);
        return list(engine.send(EngineRequest.get("tasks").with("filters", filters.toString())));
    }

    /**
     * The cluster's nodes by identifier.
     *
     * @throws dev.prodstack.swarm.problem.EngineException if the engine does not answer or is no manager
     */
    public static Map<String, JsonNode> nodes(EngineClient engine) {
        Map<String, JsonNode> nodes = new LinkedHashMap<>();
        engine.send(EngineRequest.get("nodes"))
                .forEach(node -> nodes.put(node.path("ID").asText(), node));
        return nodes;
    }

    /**
     * The names of the stacks that have services, in their order.
     *
     * @throws dev.prodstack.swarm.problem.EngineException if the engine does not answer or is no manager
     */
    public static List<String> stacks(EngineClient engine) {
        TreeSet<String> names = new TreeSet<>();
        engine.send(EngineRequest.get("services").labelled(NAMESPACE))
                .forEach(service -> names.add(
                        service.path("Spec").path("Labels").path(NAMESPACE).asText()));
        return List.copyOf(names);
    }

    private static EngineRequest of(EngineRequest request, String stack) {
        return request.labelled(NAMESPACE + "=" + stack);
    }

    private static Map<String, JsonNode> named(JsonNode objects, String at) {
        Map<String, JsonNode> named = new TreeMap<>();
        objects.forEach(object -> named.put(object.at(at).path("Name").asText(), object));
        return named;
    }

    private static List<JsonNode> list(JsonNode objects) {
        List<JsonNode> list = new ArrayList<>();
        objects.forEach(list::add);
        return list;
    }
}
