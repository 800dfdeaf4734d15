package dev.prodstack.swarm.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.cluster.ClusterException;
import dev.prodstack.core.cluster.JobMount;
import dev.prodstack.core.cluster.JobOrder;
import dev.prodstack.swarm.planning.Planner;
import dev.prodstack.swarm.secret.ExternalObjects;
import dev.prodstack.swarm.spec.Namespace;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A job in the engine's terms. */
final class JobSpec {
    /** Labels what belongs to a job with the stack that it is for; it is no part of the stack itself. */
    static final String STACK = "dev.prodstack.run";

    /** Labels it with the second until which it may be there. */
    static final String UNTIL = "dev.prodstack.run.until";

    /** Labels it with what it is for. */
    static final String PURPOSE = "dev.prodstack.run.purpose";

    private JobSpec() {}

    /**
     * The specification.
     *
     * @param services the stack's services by full name
     * @param all the cluster's secrets
     * @param inputs the configs with the input, in order: names and ids
     */
    static ObjectNode of(
            JobOrder order,
            String name,
            Instant until,
            Map<String, JsonNode> services,
            List<JsonNode> all,
            Map<String, String> inputs) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        spec.put("Name", name);
        labels(spec, order, until);
        spec.putObject("Mode")
                .putObject("ReplicatedJob")
                .put("MaxConcurrent", 1)
                .put("TotalCompletions", 1);
        ObjectNode template = spec.putObject("TaskTemplate");
        template.putObject("RestartPolicy").put("Condition", "none");
        template.putObject("LogDriver").put("Name", "json-file");
        order.node()
                .ifPresent(node ->
                        template.putObject("Placement").putArray("Constraints").add("node.id==" + node));
        ObjectNode container = template.putObject("ContainerSpec");
        container.put("Image", order.image());
        container.put("Init", true);
        // What it reads belongs to anybody; what it restores gets its owners back.
        container.put("User", "0:0");
        ArrayNode arguments = container.putArray("Args");
        order.command().forEach(arguments::add);
        mounts(container.putArray("Mounts"), order.mounts(), services);
        references(container, order, all, inputs);
        order.service()
                .ifPresent(
                        key -> networks(template, Optional.ofNullable(services.get(order.stack() + "_" + key)), key));
        return spec;
    }

    static void labels(ObjectNode spec, JobOrder order, Instant until) {
        spec.putObject("Labels")
                .put(STACK, order.stack())
                .put(PURPOSE, order.purpose())
                .put(UNTIL, Long.toString(until.getEpochSecond()));
    }

    private static void networks(ObjectNode template, Optional<JsonNode> service, String key) {
        JsonNode its = service.orElseThrow(
                () -> new ClusterException("the stack has no service " + key + ": deploy it first", null));
        ArrayNode networks = template.putArray("Networks");
        its.at("/Spec/TaskTemplate/Networks")
                .forEach(network -> networks.addObject()
                        .put("Target", network.path("Target").asText()));
    }

    private static void mounts(ArrayNode list, List<JobMount> mounts, Map<String, JsonNode> services) {
        for (JobMount mount : mounts) {
            ObjectNode object = list.addObject();
            object.put("Target", mount.target());
            object.put("ReadOnly", mount.access() == JobMount.Access.READ);
            if (mount instanceof JobMount.OfVolume volume) {
                object.put("Type", "volume").put("Source", volume.volume());
                ObjectNode options = object.putObject("VolumeOptions").put("NoCopy", true);
                driver(volume.volume(), services, options);
            } else if (mount instanceof JobMount.OfHost host) {
                object.put("Type", "bind").put("Source", host.path());
            }
        }
    }

    /** As the stack's own services mount it, so that a volume made for the job is the one that they mean. */
    private static void driver(String volume, Map<String, JsonNode> services, ObjectNode options) {
        for (JsonNode service : services.values()) {
            for (JsonNode mount : Volumes.mounts(service)) {
                JsonNode driver = mount.at("/VolumeOptions/DriverConfig");
                if (mount.path("Source").asText().equals(volume) && driver.isObject()) {
                    options.set("DriverConfig", driver);
                    options.set("Labels", mount.at("/VolumeOptions/Labels"));
                    return;
                }
            }
        }
    }

    private static void references(
            ObjectNode container, JobOrder order, List<JsonNode> all, Map<String, String> inputs) {
        ArrayNode secrets = container.putArray("Secrets");
        order.secrets().forEach((file, key) -> {
            JsonNode its = secret(all, order.stack(), key);
            ObjectNode secret = secrets.addObject()
                    .put("SecretID", its.path("ID").asText())
                    .put("SecretName", its.at("/Spec/Name").asText());
            file(secret, file, 0400);
        });
        ArrayNode configs = container.putArray("Configs");
        int number = 0;
        for (Map.Entry<String, String> input : inputs.entrySet()) {
            ObjectNode config =
                    configs.addObject().put("ConfigID", input.getValue()).put("ConfigName", input.getKey());
            file(config, JobOrder.INPUT + "." + number++, 0444);
        }
    }

    /** The newest version of a secret of the stack, or of an external one. */
    private static JsonNode secret(List<JsonNode> all, String stack, String key) {
        return all.stream()
                .filter(secret -> {
                    JsonNode labels = secret.at("/Spec/Labels");
                    String name = secret.at("/Spec/Name").asText();
                    boolean own = labels.path(Namespace.LABEL).asText().equals(stack)
                            && (labels.path(Planner.KEY_LABEL).asText().equals(key) || name.equals(stack + "_" + key));
                    return own
                            || name.equals(key)
                            || labels.path(ExternalObjects.VERSION_LABEL)
                                    .asText()
                                    .equals(key);
                })
                .max(Comparator.comparing(secret -> secret.path("CreatedAt").asText()))
                .orElseThrow(() -> new ClusterException(
                        "the cluster has no secret " + key + ": make it with prodstack init-secrets, or deploy", null));
    }

    private static void file(ObjectNode reference, String name, int mode) {
        reference
                .putObject("File")
                .put("Name", name)
                .put("UID", "0")
                .put("GID", "0")
                .put("Mode", mode);
    }
}
