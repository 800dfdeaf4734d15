package dev.prodstack.swarm.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.rollout.Migration;
import java.util.Map;
import java.util.TreeMap;

/** One-off jobs in the image of a service, with all that its tasks have but traffic. */
public final class MigrationJobs {
    /** Labels a job with the service that it is about. */
    public static final String LABEL = "dev.prodstack.job";

    private MigrationJobs() {}

    /** The name of a job in the cluster. A service has one at a time. */
    public static String name(JsonNode service) {
        return service.path("Name").asText() + "-migrate";
    }

    /**
     * The specification of a job.
     *
     * @param service the specification of the service that it is about
     * @param key the service's name in the file
     */
    public static ObjectNode of(JsonNode service, String key, Migration.Job job) {
        ObjectNode spec = service.deepCopy();
        spec.put("Name", name(service));
        ObjectNode labels = spec.withObject("/Labels");
        labels.retain(Namespace.LABEL);
        labels.put(LABEL, key);
        spec.putObject("Mode")
                .putObject("ReplicatedJob")
                .put("MaxConcurrent", 1)
                .put("TotalCompletions", 1);
        spec.remove("UpdateConfig");
        spec.remove("RollbackConfig");
        spec.withObject("/EndpointSpec").remove("Ports");
        task(spec.withObject("/TaskTemplate"), job);
        // Whoever asks for the service by name must not be led to the job.
        spec.at("/TaskTemplate/Networks").forEach(network -> ((ObjectNode) network).remove("Aliases"));
        spec.path("Networks").forEach(network -> ((ObjectNode) network).remove("Aliases"));
        return spec;
    }

    private static void task(ObjectNode template, Migration.Job job) {
        template.remove("ForceUpdate");
        ObjectNode restart = template.putObject("RestartPolicy");
        if (job.attempts() == 1) {
            restart.put("Condition", "none");
        } else {
            restart.put("Condition", "on-failure").put("MaxAttempts", job.attempts() - 1);
        }
        ObjectNode container = template.withObject("/ContainerSpec");
        ArrayNode arguments = container.putArray("Args");
        job.command().forEach(arguments::add);
        container.putObject("Healthcheck").putArray("Test").add("NONE");
        container.set("Env", environment(container.path("Env"), job.environment()));
    }

    private static ArrayNode environment(JsonNode own, Map<String, String> more) {
        Map<String, String> all = new TreeMap<>();
        own.forEach(variable -> all.put(variable.asText().replaceFirst("(?s)=.*", ""), variable.asText()));
        more.forEach((name, value) -> all.put(name, name + "=" + value));
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        all.values().forEach(list::add);
        return list;
    }
}
