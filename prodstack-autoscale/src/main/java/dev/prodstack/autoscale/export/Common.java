package dev.prodstack.autoscale.export;

import dev.prodstack.core.scaling.ReplicaRange;
import dev.prodstack.core.scaling.ScalingPolicy;
import dev.prodstack.core.scaling.ScalingPolicy.Mode;
import dev.prodstack.core.scaling.ScalingRule.Targets;
import dev.prodstack.core.scaling.Signal;
import dev.prodstack.core.scaling.Signal.Basis;
import dev.prodstack.core.value.Data;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What both kinds of object have alike. */
final class Common {
    private Common() {}

    static Data metadata(String service) {
        return Data.of(Map.of("name", Data.of(name(service))));
    }

    /** A name as Kubernetes has them, RFC 1123: lower case letters, digits, and dashes between. */
    static String name(String service) {
        String name = service.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
        String cut = name.length() > 63 ? name.substring(0, 63) : name;
        String bare = cut.replaceAll("^-+|-+$", "");
        return bare.isEmpty() ? "service" : bare;
    }

    static Data target(String service, boolean versioned) {
        Map<String, Data> data = new LinkedHashMap<>();
        if (versioned) {
            data.put("apiVersion", Data.of("apps/v1"));
        }
        data.put("kind", Data.of("Deployment"));
        data.put("name", Data.of(name(service)));
        return Data.of(data);
    }

    /**
     * The rule in the form that Kubernetes has.
     *
     * @throws IllegalArgumentException if it is in the other one
     */
    static Targets targets(String service, ScalingPolicy policy) {
        if (policy.rule() instanceof Targets targets) {
            return targets;
        }
        throw new IllegalArgumentException("the policy of " + service
                + " has thresholds, which Kubernetes does not know: write it with metrics and targets");
    }

    static ReplicaRange bounds(ScalingPolicy policy, boolean mayReachZero, List<String> warnings) {
        if (policy.bounds().min() == 0 && !mayReachZero) {
            warnings.add("min 0 becomes 1: an HPA brings nothing to 0 without the feature gate HPAScaleToZero");
            return new ReplicaRange(1, policy.bounds().max());
        }
        return policy.bounds();
    }

    static void mode(ScalingPolicy policy, List<String> warnings) {
        if (policy.mode() != Mode.ACTIVE) {
            warnings.add("mode " + policy.mode() + " does not carry over: the object acts as soon as it is applied");
        }
        warnings.add(
                "warm_up and stale_after do not carry over: Kubernetes has them as flags of its controller manager");
    }

    static void basis(Signal.Utilization signal, List<String> warnings) {
        if (signal.basis() == Basis.LIMIT) {
            warnings.add(signal.resource() + " is a share of the limit here and of the request in Kubernetes: give the"
                    + " Deployment requests that equal its limits");
        }
    }
}
