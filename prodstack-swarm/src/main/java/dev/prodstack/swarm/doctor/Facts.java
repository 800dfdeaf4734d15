package dev.prodstack.swarm.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the checks look at.
 *
 * @param apiVersion the API version that is spoken
 * @param plainNetwork whether the engine is spoken to over the network without TLS
 * @param info what the engine says about itself
 * @param now this machine's time when it said so
 * @param nodes the cluster's nodes; empty where the engine is no manager
 * @param services the cluster's services; empty where the engine is no manager
 * @param machine what is known of the machine of the engine, if it is this one
 */
record Facts(
        String apiVersion,
        boolean plainNetwork,
        JsonNode info,
        Instant now,
        List<JsonNode> nodes,
        List<JsonNode> services,
        Optional<Machine> machine) {
    Facts {
        nodes = List.copyOf(nodes);
        services = List.copyOf(services);
    }

    /**
     * The machine of the engine.
     *
     * @param balancer whether its kernel has IPVS
     * @param freeBytes what is free where the engine keeps its data, if that can be told
     * @param totalBytes how much there is in all
     * @param openSocket whether everybody on the machine may talk to the engine
     */
    record Machine(boolean balancer, Optional<Long> freeBytes, long totalBytes, boolean openSocket) {}
}
