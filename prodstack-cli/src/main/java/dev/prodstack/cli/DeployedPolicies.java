package dev.prodstack.cli;

import dev.prodstack.autoscale.PolicySource;
import dev.prodstack.autoscale.ScaledStack;
import dev.prodstack.core.cluster.ScalableServices;
import dev.prodstack.core.compose.ComposeException;
import dev.prodstack.core.compose.ScalingText;
import dev.prodstack.core.scaling.MetricSources;
import dev.prodstack.core.scaling.ScalingPolicy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The policies that the last deploy left with the services of a stack. A text is read once as long as it is the same.
 */
final class DeployedPolicies implements PolicySource {
    private final ScalableServices services;
    private final String stack;
    private Map<String, ScaledStack> known = new HashMap<>();

    DeployedPolicies(ScalableServices services, String stack) {
        this.services = services;
        this.stack = stack;
    }

    @Override
    public ScaledStack read() {
        Map<String, ScaledStack> read = new HashMap<>();
        Map<String, ScalingPolicy> policies = new TreeMap<>();
        Optional<MetricSources> sources = Optional.empty();
        for (Map.Entry<String, String> text : services.policies(stack).entrySet()) {
            ScaledStack scaled = Optional.ofNullable(known.get(text.getValue()))
                    .orElseGet(() -> parse(text.getKey(), text.getValue()));
            read.put(text.getValue(), scaled);
            policies.putAll(scaled.policies());
            sources = Optional.of(scaled.sources());
        }
        known = read;
        return new ScaledStack(stack, sources.orElseGet(MetricSources::standard), policies);
    }

    private ScaledStack parse(String service, String text) {
        try {
            return ScaledStack.of(ScalingText.read("the policy of " + stack + "_" + service, text));
        } catch (ComposeException e) {
            throw new UnreadablePolicies(
                    "the policy that was deployed with " + service + " cannot be read: " + e.getMessage(), e);
        }
    }
}
