package dev.prodstack.autoscale.export;

import dev.prodstack.core.scaling.Metric;
import dev.prodstack.core.scaling.ReplicaRange;
import dev.prodstack.core.scaling.ScalingPolicy;
import dev.prodstack.core.scaling.ScalingRule.Targets;
import dev.prodstack.core.scaling.Signal;
import dev.prodstack.core.scaling.Signal.Reading;
import dev.prodstack.core.scaling.Signal.Resource;
import dev.prodstack.core.scaling.WhenBlind;
import dev.prodstack.core.value.Data;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A policy as a HorizontalPodAutoscaler, {@code autoscaling/v2}. */
public final class HpaExport {
    private final List<String> warnings = new ArrayList<>();

    private HpaExport() {}

    /**
     * The object for a Deployment of the service's name.
     *
     * @throws IllegalArgumentException if the policy is in the threshold form
     */
    public static Exported of(String service, ScalingPolicy policy) {
        return new HpaExport().export(service, policy);
    }

    private Exported export(String service, ScalingPolicy policy) {
        Targets rule = Common.targets(service, policy);
        ReplicaRange bounds = Common.bounds(policy, false, warnings);
        Map<String, Data> spec = new LinkedHashMap<>();
        spec.put("scaleTargetRef", Common.target(service, true));
        spec.put("minReplicas", Data.of(bounds.min()));
        spec.put("maxReplicas", Data.of(bounds.max()));
        spec.put("metrics", Data.of(rule.metrics().stream().map(this::metric).toList()));
        spec.put("behavior", new BehaviorForm(policy, rule, warnings).data());
        if (!policy.schedules().isEmpty()) {
            warnings.add("schedules have no equal in an HPA: use --to keda, or change minReplicas from a CronJob");
        }
        if (policy.whenBlind() instanceof WhenBlind.Replicas) {
            warnings.add("when_metrics_fail has no equal in an HPA, which holds: use --to keda for a fallback");
        }
        Common.mode(policy, warnings);
        Map<String, Data> object = new LinkedHashMap<>();
        object.put("apiVersion", Data.of("autoscaling/v2"));
        object.put("kind", Data.of("HorizontalPodAutoscaler"));
        object.put("metadata", Common.metadata(service));
        object.put("spec", Data.of(spec));
        return new Exported(Data.of(object), warnings);
    }

    private Data metric(Metric metric) {
        Signal signal = metric.signal();
        if (signal instanceof Signal.Utilization utilization) {
            Common.basis(utilization, warnings);
            return resource(
                    utilization.resource(),
                    target(
                            "Utilization",
                            "averageUtilization",
                            Data.of(metric.target().thousandths() / 1_000)));
        }
        if (signal instanceof Signal.Usage usage) {
            return resource(usage.resource(), target("AverageValue", "averageValue", quantity(metric)));
        }
        String name = metricName(metric.name());
        warnings.add("the metric " + metric.name() + " becomes the external metric " + name
                + ": a metrics adapter has to serve it, from " + source(signal));
        boolean value = signal instanceof Signal.Query query && query.reading() == Reading.VALUE;
        if (signal instanceof Signal.Query query && query.reading() == Reading.PER_TASK) {
            return item("Pods", "pods", name, target("AverageValue", "averageValue", quantity(metric)));
        }
        return item(
                "External",
                "external",
                name,
                value
                        ? target("Value", "value", quantity(metric))
                        : target("AverageValue", "averageValue", quantity(metric)));
    }

    private static String source(Signal signal) {
        return signal instanceof Signal.Query query
                ? "the query " + query.promql()
                : "RabbitMQ's " + String.join(", ", ((Signal.Queue) signal).queues()) + " ("
                        + ((Signal.Queue) signal).count() + ")";
    }

    private static String metricName(String name) {
        String plain =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        return plain.isEmpty() ? "metric" : plain;
    }

    private static Data quantity(Metric metric) {
        return Data.of(metric.target().toString());
    }

    private static Data resource(Resource resource, Data target) {
        Map<String, Data> its = new LinkedHashMap<>();
        its.put("name", Data.of(resource.toString()));
        its.put("target", target);
        return typed("Resource", "resource", its);
    }

    private static Data item(String type, String key, String name, Data target) {
        Map<String, Data> its = new LinkedHashMap<>();
        its.put("metric", Data.of(Map.of("name", Data.of(name))));
        its.put("target", target);
        return typed(type, key, its);
    }

    private static Data typed(String type, String key, Map<String, Data> its) {
        Map<String, Data> data = new LinkedHashMap<>();
        data.put("type", Data.of(type));
        data.put(key, Data.of(its));
        return Data.of(data);
    }

    private static Data target(String type, String key, Data value) {
        Map<String, Data> data = new LinkedHashMap<>();
        data.put("type", Data.of(type));
        data.put(key, value);
        return Data.of(data);
    }
}
