package dev.prodstack.swarm.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** A spec with what the engine would fill in, where that depends on more than one field, and with names for ids. */
final class Explicit {
    private Explicit() {}

    static ObjectNode of(JsonNode spec, Map<String, String> networks) {
        ObjectNode copy = spec.isObject() ? spec.deepCopy() : JsonNodeFactory.instance.objectNode();
        ObjectNode task = copy.withObject("/TaskTemplate");
        mode(copy);
        parallelism(copy, SpecPaths.UPDATE);
        parallelism(copy, SpecPaths.ROLLBACK);
        JsonNode old = copy.remove("Networks");
        if (old != null && task.path("Networks").isEmpty()) {
            task.set("Networks", old);
        }
        task.path("Networks").forEach(attachment -> {
            String target = attachment.path("Target").asText();
            if (attachment instanceof ObjectNode object) {
                object.put("Target", networks.getOrDefault(target, target));
            }
        });
        credentialSpec(task.path("ContainerSpec"));
        return copy;
    }

    /** A service is replicated unless it says otherwise, with one replica; a job runs all at once what it is to run. */
    private static void mode(ObjectNode spec) {
        ObjectNode mode = spec.get("Mode") instanceof ObjectNode object && !object.isEmpty()
                ? object
                : spec.putObject("Mode").set("Replicated", JsonNodeFactory.instance.objectNode());
        if (mode.get("Replicated") instanceof ObjectNode replicated && !replicated.hasNonNull("Replicas")) {
            replicated.put("Replicas", 1);
        }
        if (mode.get("ReplicatedJob") instanceof ObjectNode job) {
            long concurrent = job.path("MaxConcurrent").asLong(1);
            job.put("MaxConcurrent", concurrent);
            job.put("TotalCompletions", job.path("TotalCompletions").asLong(concurrent));
        }
    }

    /** One task at a time where nothing is said about updates, all at once where something is said, but not this. */
    private static void parallelism(ObjectNode spec, String config) {
        if (!(spec.get(config) instanceof ObjectNode update)) {
            spec.putObject(config).put("Parallelism", 1);
        } else if (!update.hasNonNull("Parallelism")) {
            update.put("Parallelism", 0);
        }
    }

    /** Refers to a config by id alone; its name stands with the configs. */
    private static void credentialSpec(JsonNode container) {
        if (!(container.path("Privileges").path("CredentialSpec") instanceof ObjectNode spec)) {
            return;
        }
        for (JsonNode config : container.path("Configs")) {
            if (config.has("Runtime") && config.path("ConfigID").equals(spec.path("Config"))) {
                spec.set("Config", config.path("ConfigName"));
            }
        }
    }
}
