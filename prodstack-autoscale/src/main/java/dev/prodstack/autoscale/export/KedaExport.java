package dev.prodstack.autoscale.export;

import dev.prodstack.core.scaling.Metric;
import dev.prodstack.core.scaling.ReplicaRange;
import dev.prodstack.core.scaling.ScalingPolicy;
import dev.prodstack.core.scaling.ScalingRule.Targets;
import dev.prodstack.core.scaling.ScheduledBounds;
import dev.prodstack.core.scaling.Signal;
import dev.prodstack.core.scaling.Signal.QueueCount;
import dev.prodstack.core.scaling.Signal.Reading;
import dev.prodstack.core.scaling.WhenBlind;
import dev.prodstack.core.value.Data;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A policy as a KEDA ScaledObject, {@code keda.sh/v1alpha1}. */
public final class KedaExport {
    private static final int POLLING = 30;
    private static final int COOLDOWN = 300;
    private static final String PROMETHEUS = "http://prometheus:9090";

    private final List<String> warnings = new ArrayList<>();

    private KedaExport() {}

    /**
     * The object for a Deployment of the service's name.
     *
     * @throws IllegalArgumentException if the policy is in the threshold form
     */
    public static Exported of(String service, ScalingPolicy policy) {
        return new KedaExport().export(service, policy);
    }

    private Exported export(String service, ScalingPolicy policy) {
        Targets rule = Common.targets(service, policy);
        ReplicaRange bounds = Common.bounds(policy, true, warnings);
        List<Data> triggers = new ArrayList<>();
        rule.metrics().forEach(metric -> triggers(metric, triggers));
        policy.schedules().forEach(schedule -> schedule(schedule, triggers));
        Map<String, Data> spec = new LinkedHashMap<>();
        spec.put("scaleTargetRef", Common.target(service, true));
        spec.put("pollingInterval", Data.of(POLLING));
        spec.put("cooldownPeriod", Data.of(COOLDOWN));
        spec.put("minReplicaCount", Data.of(bounds.min()));
        spec.put("maxReplicaCount", Data.of(bounds.max()));
        fallback(policy, rule, spec);
        spec.put(
                "advanced",
                Data.of(Map.of(
                        "horizontalPodAutoscalerConfig",
                        Data.of(Map.of("behavior", new BehaviorForm(policy, rule, warnings).data())))));
        spec.put("triggers", Data.of(triggers));
        Common.mode(policy, warnings);
        Map<String, Data> object = new LinkedHashMap<>();
        object.put("apiVersion", Data.of("keda.sh/v1alpha1"));
        object.put("kind", Data.of("ScaledObject"));
        object.put("metadata", Common.metadata(service));
        object.put("spec", Data.of(spec));
        return new Exported(Data.of(object), warnings);
    }

    private void fallback(ScalingPolicy policy, Targets rule, Map<String, Data> spec) {
        if (!(policy.whenBlind() instanceof WhenBlind.Replicas fallback)) {
            return;
        }
        boolean resources = rule.metrics().stream()
                .allMatch(metric ->
                        metric.signal() instanceof Signal.Utilization || metric.signal() instanceof Signal.Usage);
        if (resources) {
            warnings.add("when_metrics_fail does not carry over: KEDA has no fallback for cpu and memory alone");
            return;
        }
        Map<String, Data> data = new LinkedHashMap<>();
        data.put("failureThreshold", Data.of(fallback.afterFailures()));
        data.put("replicas", Data.of(fallback.count()));
        spec.put("fallback", Data.of(data));
    }

    private void triggers(Metric metric, List<Data> triggers) {
        Signal signal = metric.signal();
        if (signal instanceof Signal.Utilization utilization) {
            Common.basis(utilization, warnings);
            triggers.add(trigger(
                    utilization.resource().toString(),
                    "Utilization",
                    Map.of("value", Long.toString(metric.target().thousandths() / 1_000))));
        } else if (signal instanceof Signal.Usage usage) {
            triggers.add(trigger(
                    usage.resource().toString(),
                    "AverageValue",
                    Map.of("value", metric.target().toString())));
        } else if (signal instanceof Signal.Queue queue) {
            queue(metric, queue, triggers);
        } else if (signal instanceof Signal.Query query) {
            query(metric, query, triggers);
        }
    }

    private void queue(Metric metric, Signal.Queue queue, List<Data> triggers) {
        if (queue.queues().size() > 1) {
            warnings.add("the queues " + String.join(", ", queue.queues())
                    + " are added up here; KEDA takes the largest of one trigger each");
        }
        warnings.add(
                "RabbitMQ's address comes from the environment variable RABBITMQ_URI of the Deployment: it has to be"
                        + " the management API, http://...");
        for (String name : queue.queues()) {
            Map<String, String> metadata = new LinkedHashMap<>();
            metadata.put("protocol", "http");
            metadata.put("hostFromEnv", "RABBITMQ_URI");
            metadata.put("queueName", name);
            metadata.put("vhostName", queue.virtualHost());
            metadata.put("mode", queue.count() == QueueCount.PUBLISHED_PER_SECOND ? "MessageRate" : "QueueLength");
            metadata.put("value", metric.target().toString());
            if (queue.count() == QueueCount.READY) {
                metadata.put("excludeUnacknowledged", "true");
            }
            triggers.add(trigger("rabbitmq", "AverageValue", metadata));
        }
    }

    private void query(Metric metric, Signal.Query query, List<Data> triggers) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("serverAddress", PROMETHEUS);
        metadata.put("query", query.promql());
        metadata.put("threshold", metric.target().toString());
        metadata.put("ignoreNullValues", "false");
        warnings.add("the query of " + metric.name() + " is asked of " + PROMETHEUS + ": set serverAddress");
        if (query.reading() == Reading.PER_TASK) {
            warnings.add("the query of " + metric.name()
                    + " has a value for each task here; KEDA takes one for all: write" + " sum(...) around it");
        }
        triggers.add(trigger("prometheus", query.reading() == Reading.VALUE ? "Value" : "AverageValue", metadata));
    }

    private void schedule(ScheduledBounds schedule, List<Data> triggers) {
        String name = schedule.name().orElse(schedule.window().start().toString());
        if (schedule.max().isPresent()) {
            warnings.add("max of the schedule " + name + " has no equal: a cron trigger only raises the count");
        }
        schedule.min().ifPresent(min -> {
            Map<String, String> metadata = new LinkedHashMap<>();
            metadata.put("timezone", schedule.window().zone().getId());
            metadata.put("start", schedule.window().start().toString());
            metadata.put("end", schedule.window().end().toString());
            metadata.put("desiredReplicas", Integer.toString(min));
            Map<String, Data> data = new LinkedHashMap<>();
            data.put("type", Data.of("cron"));
            data.put("metadata", texts(metadata));
            triggers.add(Data.of(data));
        });
    }

    private static Data trigger(String type, String metricType, Map<String, String> metadata) {
        Map<String, Data> data = new LinkedHashMap<>();
        data.put("type", Data.of(type));
        data.put("metricType", Data.of(metricType));
        data.put("metadata", texts(metadata));
        return Data.of(data);
    }

    private static Data texts(Map<String, String> values) {
        Map<String, Data> data = new LinkedHashMap<>();
        values.forEach((key, value) -> data.put(key, Data.of(value)));
        return Data.of(data);
    }
}
