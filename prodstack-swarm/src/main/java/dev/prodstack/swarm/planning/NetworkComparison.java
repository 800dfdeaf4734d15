package dev.prodstack.swarm.planning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.swarm.plan.Obstacle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Networks cannot be changed while services are attached to them; what the file says of one must be what it is. */
final class NetworkComparison {
    private NetworkComparison() {}

    static Optional<Obstacle> obstacle(String name, JsonNode wished, JsonNode there) {
        List<String> differences = new ArrayList<>();
        compare("driver", wished.path("Driver").asText(""), there.path("Driver").asText(), differences);
        compare(
                "internal",
                wished.path("Internal").asBoolean(),
                there.path("Internal").asBoolean(),
                differences);
        compare(
                "attachable",
                wished.path("Attachable").asBoolean(),
                there.path("Attachable").asBoolean(),
                differences);
        wished.path("Options")
                .properties()
                .forEach(option -> compare(
                        "driver_opts." + option.getKey(),
                        option.getValue().asText(),
                        there.path("Options").path(option.getKey()).asText(),
                        differences));
        for (JsonNode pool : wished.path("IPAM").path("Config")) {
            String subnet = pool.path("Subnet").asText();
            if (!subnet.isEmpty()) {
                compare("subnet", subnet, subnet(there, subnet), differences);
            }
        }
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of(new Obstacle(
                        "network " + name,
                        "it exists and is another: " + String.join(", ", differences)
                                + "; Swarm cannot change a network in use",
                        "give it a new key in the file, or remove the stack first"));
    }

    private static String subnet(JsonNode there, String subnet) {
        for (JsonNode pool : there.path("IPAM").path("Config")) {
            if (pool.path("Subnet").asText().equals(subnet)) {
                return subnet;
            }
        }
        return there.path("IPAM").path("Config").path(0).path("Subnet").asText();
    }

    private static void compare(String what, Object wished, Object there, List<String> differences) {
        if (!wished.equals("") && !wished.equals(there)) {
            differences.add(what + " is " + there + ", the file says " + wished);
        }
    }
}
