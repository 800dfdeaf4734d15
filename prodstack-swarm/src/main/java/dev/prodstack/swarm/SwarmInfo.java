package dev.prodstack.swarm;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What an engine says about itself.
 *
 * @param host the name of its machine
 * @param engineVersion the version of Docker, such as {@code 20.10.24}
 * @param apiVersion the version of the API that is spoken with it, such as {@code 1.41}
 * @param membership what it is in a swarm
 */
public record SwarmInfo(String host, String engineVersion, String apiVersion, Membership membership) {

    static SwarmInfo of(JsonNode info, String apiVersion) {
        return new SwarmInfo(
                info.path("Name").asText(),
                info.path("ServerVersion").asText(),
                apiVersion,
                membership(info.path("Swarm")));
    }

    private static Membership membership(JsonNode swarm) {
        String state = swarm.path("LocalNodeState").asText();
        return switch (state) {
            case "active" ->
                swarm.path("ControlAvailable").asBoolean()
                        ? new Membership.ManagerNode(
                                swarm.path("NodeID").asText(),
                                swarm.path("Cluster").path("ID").asText(),
                                swarm.path("Managers").asInt(),
                                swarm.path("Nodes").asInt())
                        : new Membership.WorkerNode(swarm.path("NodeID").asText());
            case "inactive", "" -> new Membership.NoSwarm();
            default -> new Membership.Unsettled(state, swarm.path("Error").asText());
        };
    }
}
