package dev.prodstack.swarm.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.stack.Placement;

/** On which nodes tasks run. */
final class Placements {
    private Placements() {}

    static ObjectNode of(Placement placement) {
        return new Draft()
                .texts("Constraints", placement.constraints())
                .filled(
                        "Preferences",
                        Draft.list(placement.preferences().stream()
                                .map(Placements::spread)
                                .toList()))
                .number("MaxReplicas", placement.maxReplicasPerNode())
                .node();
    }

    private static ObjectNode spread(String descriptor) {
        return new Draft()
                .with("Spread", new Draft().text("SpreadDescriptor", descriptor).node())
                .node();
    }
}
