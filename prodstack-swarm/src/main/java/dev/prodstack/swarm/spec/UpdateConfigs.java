package dev.prodstack.swarm.spec;

import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.stack.UpdateConfig;
import java.math.BigDecimal;

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
                .with("MaxFailureRatio", ratio(config.maxFailureRatio().orElse(0)))
                .text("Order", config.order().map(UpdateConfig.Order::toString))
                .node();
    }

    /** As it was written: 0, not 0.0. */
    private static DecimalNode ratio(double ratio) {
        return DecimalNode.valueOf(BigDecimal.valueOf(ratio).stripTrailingZeros());
    }
}
