package dev.prodstack.swarm.spec;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.stack.Network;
import dev.prodstack.core.stack.NetworkAttachment;
import dev.prodstack.core.stack.Service;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.core.value.Copies;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Which networks services are attached to, and how. */
final class Attachments {
    private static final String DEFAULT_NETWORK = "default";
    private static final Set<String> WITHOUT_NAMES = Set.of("host", "bridge", "none", "default");

    private Attachments() {}

    /** The networks that services of the stack are attached to, by key. */
    static Map<String, Network> networks(Stack stack) {
        Set<String> used = new LinkedHashSet<>();
        stack.services()
                .values()
                .forEach(service -> used.addAll(attachments(service).keySet()));
        Map<String, Network> networks = new LinkedHashMap<>(stack.networks());
        if (used.contains(DEFAULT_NETWORK)) {
            networks.putIfAbsent(DEFAULT_NETWORK, defaultNetwork());
        }
        networks.keySet().retainAll(used);
        return Copies.of(networks);
    }

    /** A service that names no network is attached to one that all such services share. */
    private static Map<String, NetworkAttachment> attachments(Service service) {
        return service.networks().isEmpty() ? Map.of(DEFAULT_NETWORK, NetworkAttachment.plain()) : service.networks();
    }

    private static Network defaultNetwork() {
        return new Network(
                DEFAULT_NETWORK,
                Optional.empty(),
                false,
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of());
    }

    /** The attachments of a service, by the names that networks have in the cluster. */
    static ArrayNode of(Service service, Map<String, Network> networks, ObjectNames names) {
        List<ObjectNode> nodes = new ArrayList<>();
        attachments(service).forEach((key, attachment) -> {
            Network network = Objects.requireNonNull(networks.get(key), () -> "undefined network " + key);
            nodes.add(of(service, attachment, names.network(network).name()));
        });
        nodes.sort(Comparator.comparing(node -> node.path("Target").asText()));
        return Draft.list(nodes);
    }

    private static ObjectNode of(Service service, NetworkAttachment attachment, String network) {
        List<String> aliases = new ArrayList<>(attachment.aliases());
        aliases.add(service.name());
        return new Draft()
                .text("Target", network)
                // The networks that every node has of its own know no names.
                .texts("Aliases", WITHOUT_NAMES.contains(network) ? List.of() : aliases)
                .texts("DriverOpts", attachment.driverOptions())
                .node();
    }
}
