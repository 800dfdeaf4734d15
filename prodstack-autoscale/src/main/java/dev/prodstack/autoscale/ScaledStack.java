package dev.prodstack.autoscale;

import dev.prodstack.core.scaling.MetricSources;
import dev.prodstack.core.scaling.ScalingPolicy;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.core.value.Copies;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What of a stack is scaled, and by what.
 *
 * @param name the stack's name
 * @param sources where signals are measured, and how often
 * @param policies the policies by the services' names in the Compose file
 */
public record ScaledStack(String name, MetricSources sources, Map<String, ScalingPolicy> policies) {
    /** Copies the map. */
    public ScaledStack {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(sources, "sources");
        policies = Copies.of(policies);
    }

    /** What a stack says of it. */
    public static ScaledStack of(Stack stack) {
        Map<String, ScalingPolicy> policies = new TreeMap<>();
        stack.services()
                .forEach((name, service) ->
                        service.operations().autoscale().ifPresent(policy -> policies.put(name, policy)));
        return new ScaledStack(stack.name(), stack.operations().metricSources(), policies);
    }
}
