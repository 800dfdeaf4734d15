package dev.prodstack.swarm.spec;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.stack.UpdateConfig;

/** How tasks are replaced. */
final class UpdateConfigs {
    private UpdateConfigs() {}

    static ObjectNode of(UpdateConfig config) {
        return new Draft()
                // To the engine nothing is 0, all at once; to a Compose file it is 1.
                .number("Parallelism", config.parallelism().orElse(1))
                .nanos("Delay", config.delay())
                .text("FailureAction", config.failureAction().map(UpdateConfig.FailureAction::toString))
                .nanos("Monitor", config.monitor())
                .with(
                        "MaxFailureRatio",
                        JsonNodeFactory.instance.numberNode(
                                config.maxFailureRatio().orElse(0)))
                .text("Order", config.order().map(UpdateConfig.Order::toString))
                .node();
    }
}
