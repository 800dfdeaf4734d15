package dev.prodstack.core.compose.normal;

import dev.prodstack.core.stack.Deploy;
import dev.prodstack.core.stack.Placement;
import dev.prodstack.core.stack.Resources;
import dev.prodstack.core.stack.RestartPolicy;
import dev.prodstack.core.stack.UpdateConfig;
import dev.prodstack.core.value.ByteSize;
import dev.prodstack.core.value.Data;
import java.util.List;
import java.util.Optional;

/** The normal form of the section {@code deploy}. */
final class DeployForm {
    private DeployForm() {}

    static Section of(Deploy deploy) {
        Section section = new Section()
                .text("mode", deploy.mode())
                .number("replicas", deploy.replicas())
                .texts("labels", deploy.labels());
        deploy.updateConfig().ifPresent(config -> section.put("update_config", updateConfig(config)));
        deploy.rollbackConfig().ifPresent(config -> section.put("rollback_config", updateConfig(config)));
        section.section("resources", resources(deploy.resources()));
        deploy.restartPolicy().ifPresent(policy -> section.put("restart_policy", restartPolicy(policy)));
        return section.section("placement", placement(deploy.placement()))
                .text("endpoint_mode", deploy.endpointMode())
                .all(deploy.extensions());
    }

    private static Data updateConfig(UpdateConfig config) {
        return new Section()
                .number("parallelism", config.parallelism())
                .duration("delay", config.delay())
                .text("failure_action", config.failureAction())
                .duration("monitor", config.monitor())
                .number("max_failure_ratio", config.maxFailureRatio())
                .text("order", config.order())
                .toData();
    }

    private static Section resources(Resources resources) {
        Section limits = new Section()
                .text("cpus", resources.limits().cpus())
                .text("memory", bytes(resources.limits().memory()))
                .number("pids", resources.limits().pids());
        Resources.Reservations reserved = resources.reservations();
        List<Data> generic = reserved.generic().stream()
                .map(resource -> new Section()
                        .put(
                                "discrete_resource_spec",
                                new Section()
                                        .put("kind", Data.of(resource.kind()))
                                        .put("value", Data.of(resource.value()))
                                        .toData())
                        .toData())
                .toList();
        Section reservations = new Section()
                .text("cpus", reserved.cpus())
                .text("memory", bytes(reserved.memory()))
                .items("generic_resources", generic)
                .items("devices", reserved.devices());
        return new Section().section("limits", limits).section("reservations", reservations);
    }

    private static Optional<String> bytes(Optional<ByteSize> size) {
        return size.map(value -> Long.toString(value.bytes()));
    }

    private static Data restartPolicy(RestartPolicy policy) {
        return new Section()
                .text("condition", policy.condition())
                .duration("delay", policy.delay())
                .number("max_attempts", policy.maxAttempts())
                .duration("window", policy.window())
                .toData();
    }

    private static Section placement(Placement placement) {
        List<Data> preferences = placement.preferences().stream()
                .map(spread -> new Section().put("spread", Data.of(spread)).toData())
                .toList();
        return new Section()
                .texts("constraints", placement.constraints())
                .items("preferences", preferences)
                .number("max_replicas_per_node", placement.maxReplicasPerNode());
    }
}
