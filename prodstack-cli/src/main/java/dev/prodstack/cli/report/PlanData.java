package dev.prodstack.cli.report;

import dev.prodstack.core.value.Data;
import dev.prodstack.swarm.plan.Change;
import dev.prodstack.swarm.plan.Change.CreateConfig;
import dev.prodstack.swarm.plan.Change.CreateNetwork;
import dev.prodstack.swarm.plan.Change.CreateSecret;
import dev.prodstack.swarm.plan.Change.CreateService;
import dev.prodstack.swarm.plan.Change.Remove;
import dev.prodstack.swarm.plan.Change.RunJob;
import dev.prodstack.swarm.plan.Change.UpdateService;
import dev.prodstack.swarm.plan.Difference;
import dev.prodstack.swarm.plan.Gate;
import dev.prodstack.swarm.plan.Obstacle;
import dev.prodstack.swarm.plan.Plan;
import dev.prodstack.swarm.plan.ReplicaChoice;
import dev.prodstack.swarm.plan.TaskEffect;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A plan as data. It has what {@link PlanText} shows, and no value of a secret. */
public final class PlanData {
    private PlanData() {}

    /** The data. */
    public static Data of(Plan plan) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("stack", Data.of(plan.stack()));
        fields.put(
                "changes", Data.of(plan.changes().stream().map(PlanData::change).toList()));
        fields.put(
                "unchanged",
                Data.of(plan.unchanged().stream()
                        .map(service -> Data.of(service.key()))
                        .toList()));
        fields.put("storedBytes", Data.of(plan.storedBytes()));
        fields.put("obstacles", remarks(plan.obstacles()));
        fields.put("warnings", remarks(plan.warnings()));
        return Data.of(fields);
    }

    private static Data remarks(List<Obstacle> remarks) {
        return Data.of(remarks.stream()
                .map(remark -> Data.of(Map.of(
                        "subject", Data.of(remark.subject()),
                        "message", Data.of(remark.message()),
                        "fix", Data.of(remark.fix()))))
                .toList());
    }

    private static Data change(Change change) {
        Map<String, Data> fields = new LinkedHashMap<>();
        if (change instanceof CreateNetwork) {
            head(fields, "create", "network", change);
        } else if (change instanceof CreateSecret secret) {
            head(fields, secret.replaces().isPresent() ? "replace" : "create", "secret", change);
            secret.replaces().ifPresent(old -> fields.put("replaces", Data.of(old)));
        } else if (change instanceof CreateConfig config) {
            head(fields, config.replaces().isPresent() ? "replace" : "create", "config", change);
            config.replaces().ifPresent(old -> fields.put("replaces", Data.of(old)));
            fields.put("bytes", Data.of(config.size()));
        } else if (change instanceof CreateService service) {
            head(fields, "create", "service", change);
            service.tasks().ifPresent(tasks -> fields.put("tasks", Data.of(tasks)));
            fields.put("after", gates(service.after()));
        } else if (change instanceof RunJob job) {
            head(fields, "run", "job", change);
            fields.put("timeout_seconds", Data.of(job.timeout().toSeconds()));
            fields.put("after", gates(job.after()));
        } else if (change instanceof UpdateService service) {
            head(fields, "update", "service", change);
            update(fields, service);
        } else if (change instanceof Remove removal) {
            head(fields, "remove", removal.kind().toString(), change);
            fields.put("reason", Data.of(removal.reason()));
        }
        return Data.of(fields);
    }

    private static void head(Map<String, Data> fields, String action, String kind, Change change) {
        fields.put("action", Data.of(action));
        fields.put("kind", Data.of(kind));
        fields.put("key", Data.of(change.key()));
        fields.put("name", Data.of(change.name()));
    }

    private static void update(Map<String, Data> fields, UpdateService service) {
        fields.put("tasks", effect(service.effect()));
        fields.put("replicas", replicas(service.replicas()));
        fields.put(
                "differences",
                Data.of(service.differences().stream().map(PlanData::difference).toList()));
        fields.put("after", gates(service.after()));
    }

    private static Data gates(List<Gate> gates) {
        return Data.of(gates.stream().map(gate -> Data.of(gate.key())).toList());
    }

    private static Data difference(Difference difference) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("field", Data.of(difference.field()));
        fields.put("label", Data.of(difference.label()));
        fields.put("before", text(difference.before()));
        fields.put("after", text(difference.after()));
        return Data.of(fields);
    }

    private static Data text(Optional<String> value) {
        return value.<Data>map(Data::of).orElse(Data.Null.NULL);
    }

    private static Data effect(TaskEffect effect) {
        Map<String, Data> fields = new LinkedHashMap<>();
        if (effect instanceof TaskEffect.Replace replace) {
            fields.put("restart", Data.of(true));
            replace.tasks().ifPresent(tasks -> fields.put("count", Data.of(tasks)));
            fields.put("parallelism", Data.of(replace.parallelism()));
            fields.put("order", Data.of(replace.order()));
            fields.put(
                    "because", Data.of(replace.because().stream().map(Data::of).toList()));
        } else {
            fields.put("restart", Data.of(false));
            if (effect instanceof TaskEffect.Scale scale) {
                fields.put("from", Data.of(scale.from()));
                fields.put("to", Data.of(scale.to()));
            }
        }
        return Data.of(fields);
    }

    private static Data replicas(ReplicaChoice choice) {
        if (choice instanceof ReplicaChoice.Autoscaled scaled) {
            return Data.of(Map.of("kept", Data.of(scaled.replicas()), "by", Data.of("autoscaler")));
        } else if (choice instanceof ReplicaChoice.Scaled scaled) {
            return Data.of(Map.of("kept", Data.of(scaled.replicas()), "by", Data.of("hand")));
        }
        return Data.of(Map.of("by", Data.of("file")));
    }
}
