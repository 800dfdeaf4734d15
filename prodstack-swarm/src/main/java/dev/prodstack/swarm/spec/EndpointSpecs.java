package dev.prodstack.swarm.spec;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.stack.Deploy;
import dev.prodstack.core.stack.Port;
import dev.prodstack.core.stack.Service;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How a service is reached: how its name resolves, and its published ports. */
final class EndpointSpecs {
    private static final Comparator<ObjectNode> BY_PUBLISHED_PORT =
            Comparator.comparingInt(port -> port.path("PublishedPort").asInt());

    private EndpointSpecs() {}

    static ObjectNode of(Service service) {
        return new Draft()
                .text("Mode", service.deploy().endpointMode().map(Deploy.EndpointMode::toString))
                .filled("Ports", ports(service.ports()))
                .node();
    }

    private static ArrayNode ports(List<Port> ports) {
        List<ObjectNode> nodes = new ArrayList<>();
        for (Port port : ports) {
            // Swarm does not choose from a range: of one, the first is taken.
            Draft node = new Draft()
                    .text("Name", port.name())
                    .text("Protocol", port.protocol().toString())
                    .number("TargetPort", port.target());
            port.published().ifPresent(range -> node.number("PublishedPort", range.first()));
            nodes.add(node.text("PublishMode", port.mode().toString()).node());
        }
        nodes.sort(BY_PUBLISHED_PORT);
        return Draft.list(nodes);
    }
}
