package dev.prodstack.swarm.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.stack.Deploy;
import dev.prodstack.core.stack.Logging;
import dev.prodstack.core.stack.Network;
import dev.prodstack.core.stack.Service;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.core.value.ImageReference;
import dev.prodstack.swarm.engine.ApiVersion;
import java.util.Map;
import java.util.TreeMap;

/**
 * Bodies of services. Sections that {@code docker stack deploy} posts empty are posted empty: an empty section and none
 * are different to Swarm, which restarts the tasks of a service whose template is different.
 */
final class ServiceBodies {
    private final ObjectNames names;
    private final Namespace namespace;
    private final Map<String, Network> networks;
    private final ContainerSpecs containers;

    ServiceBodies(Stack stack, ObjectNames names, ApiVersion version) {
        this.names = names;
        this.namespace = new Namespace(stack.name());
        this.networks = Attachments.networks(stack);
        this.containers = new ContainerSpecs(stack, names, version);
    }

    ObjectNode of(Service service) {
        Deploy deploy = service.deploy();
        Map<String, String> labels = new TreeMap<>(namespace.labels(deploy.labels()));
        labels.put(
                Namespace.IMAGE_LABEL,
                service.image().map(ImageReference::toString).orElse(""));
        return new Draft()
                .text("Name", namespace.scoped(service.name()))
                .texts("Labels", labels)
                .with("TaskTemplate", taskTemplate(service))
                .with("Mode", mode(deploy))
                .with("UpdateConfig", deploy.updateConfig().map(UpdateConfigs::of))
                .with("RollbackConfig", deploy.rollbackConfig().map(UpdateConfigs::of))
                .with("EndpointSpec", EndpointSpecs.of(service))
                .node();
    }

    private ObjectNode taskTemplate(Service service) {
        return new Draft()
                .with("ContainerSpec", containers.of(service))
                .with("Resources", ResourceSpecs.of(service.deploy().resources()))
                .with("RestartPolicy", RestartPolicies.of(service))
                .with("Placement", Placements.of(service.deploy().placement()))
                .filled("Networks", Attachments.of(service, networks, names))
                .with("LogDriver", service.logging().map(ServiceBodies::logDriver))
                .node();
    }

    private static ObjectNode logDriver(Logging logging) {
        return new Draft()
                .text("Name", logging.driver())
                .texts("Options", logging.options())
                .node();
    }

    /** A number that is absent is 1 to the engine. */
    private static ObjectNode mode(Deploy deploy) {
        Draft mode = new Draft();
        switch (deploy.mode().orElse(Deploy.Mode.REPLICATED)) {
            case REPLICATED ->
                mode.with(
                        "Replicated",
                        new Draft().number("Replicas", deploy.replicas()).node());
            case REPLICATED_JOB ->
                mode.with(
                        "ReplicatedJob",
                        new Draft()
                                .number("MaxConcurrent", deploy.replicas())
                                .number("TotalCompletions", deploy.replicas())
                                .node());
            case GLOBAL -> mode.with("Global", new Draft().node());
            case GLOBAL_JOB -> mode.with("GlobalJob", new Draft().node());
        }
        return mode.node();
    }
}
