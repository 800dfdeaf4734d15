package dev.prodstack.swarm.state;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.core.value.Copies;
import java.util.Map;

/**
 * What the cluster holds of one stack, as the engine tells it.
 *
 * @param stack the stack's name
 * @param services its services by their full names, each with {@code ServiceStatus}
 * @param networks its networks by their full names
 * @param secrets its secrets by their full names, without their values, which no engine tells
 * @param configs its configs by their full names
 */
public record StackState(
        String stack,
        Map<String, JsonNode> services,
        Map<String, JsonNode> networks,
        Map<String, JsonNode> secrets,
        Map<String, JsonNode> configs) {
    /** Copies the maps. */
    public StackState {
        services = Copies.of(services);
        networks = Copies.of(networks);
        secrets = Copies.of(secrets);
        configs = Copies.of(configs);
    }
}
