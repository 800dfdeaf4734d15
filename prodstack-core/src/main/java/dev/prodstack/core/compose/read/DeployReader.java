package dev.prodstack.core.compose.read;

import dev.prodstack.core.stack.Deploy;
import dev.prodstack.core.stack.Placement;
import dev.prodstack.core.stack.Resources;
import dev.prodstack.core.stack.RestartPolicy;
import dev.prodstack.core.stack.UpdateConfig;
import dev.prodstack.core.stack.UpdateConfig.FailureAction;
import dev.prodstack.core.value.ByteSize;
import dev.prodstack.core.value.CpuCount;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Reads a service's {@code deploy} section, and beside it the older keys of the service that say the same:
 * {@code cpus}, {@code mem_limit}, {@code mem_reservation}, {@code pids_limit} and {@code scale}.
 */
final class DeployReader {
    private static final List<FailureAction> AFTER_ROLLBACK = List.of(FailureAction.PAUSE, FailureAction.CONTINUE);

    private final Fields service;

    DeployReader(Fields service) {
        this.service = service;
    }

    Deploy read() {
        Fields fields = service.section("deploy");
        Deploy deploy = new Deploy(
                fields.choice("mode", Deploy.Mode.class),
                replicas(fields),
                fields.texts("labels"),
                fields.given("update_config").map(place -> updateConfig(place, List.of(FailureAction.values()))),
                fields.given("rollback_config").map(place -> updateConfig(place, AFTER_ROLLBACK)),
                resources(fields.section("resources")),
                fields.given("restart_policy").map(DeployReader::restartPolicy),
                placement(fields.section("placement")),
                fields.choice("endpoint_mode", Deploy.EndpointMode.class),
                fields.extensions());
        fields.end();
        return deploy;
    }

    private OptionalInt replicas(Fields fields) {
        OptionalInt replicas = fields.integer("replicas", 0, Integer.MAX_VALUE);
        OptionalInt scale = service.integer("scale", 0, Integer.MAX_VALUE);
        return same(
                        "scale",
                        Optional.of(scale).filter(OptionalInt::isPresent),
                        Optional.of(replicas).filter(OptionalInt::isPresent),
                        "deploy.replicas")
                .orElseGet(OptionalInt::empty);
    }

    private static UpdateConfig updateConfig(Place place, List<FailureAction> actions) {
        Fields fields = place.fields();
        UpdateConfig config = new UpdateConfig(
                fields.integer("parallelism", 0, Integer.MAX_VALUE),
                fields.duration("delay"),
                fields.get("failure_action").flatMap(action -> action.choice(actions)),
                fields.duration("monitor"),
                fields.real("max_failure_ratio", 0, 1),
                fields.choice("order", UpdateConfig.Order.class));
        fields.end();
        return config;
    }

    private static RestartPolicy restartPolicy(Place place) {
        Fields fields = place.fields();
        RestartPolicy policy = new RestartPolicy(
                fields.choice("condition", RestartPolicy.Condition.class),
                fields.duration("delay"),
                fields.integer("max_attempts", 0L, Long.MAX_VALUE),
                fields.duration("window"));
        fields.end();
        return policy;
    }

    private static Placement placement(Fields fields) {
        Placement placement = new Placement(
                fields.strings("constraints"),
                fields.items("preferences", DeployReader::preference),
                fields.integer("max_replicas_per_node", 0L, Long.MAX_VALUE));
        fields.end();
        return placement;
    }

    private static Optional<String> preference(Place place) {
        Fields fields = place.fields();
        Optional<String> spread =
                fields.required("spread", "write spread: node.labels.zone").flatMap(Place::word);
        fields.end();
        return spread;
    }

    private Resources resources(Fields fields) {
        Fields limits = fields.section("limits");
        Resources.Limits most = new Resources.Limits(
                same(
                        "cpus",
                        service.parsed("cpus", CpuCount::parse),
                        limits.parsed("cpus", CpuCount::parse),
                        "deploy.resources.limits.cpus"),
                same(
                        "mem_limit",
                        memory(service, "mem_limit"),
                        memory(limits, "memory"),
                        "deploy.resources.limits.memory"),
                pids(limits));
        limits.end();
        Fields reservations = fields.section("reservations");
        Resources.Reservations least = new Resources.Reservations(
                reservations.parsed("cpus", CpuCount::parse),
                same(
                        "mem_reservation",
                        memory(service, "mem_reservation"),
                        memory(reservations, "memory"),
                        "deploy.resources.reservations.memory"),
                reservations.items("generic_resources", DeployReader::generic),
                reservations.items("devices", Shapes.DEVICE_REQUEST::read));
        reservations.end();
        fields.end();
        return new Resources(most, least);
    }

    private static Optional<ByteSize> memory(Fields fields, String key) {
        return fields.parsed(key, ByteSize::parse);
    }

    private OptionalLong pids(Fields limits) {
        OptionalLong older = service.integer("pids_limit", -1, Long.MAX_VALUE);
        OptionalLong pids = limits.integer("pids", -1, Long.MAX_VALUE);
        return same(
                        "pids_limit",
                        Optional.of(older).filter(OptionalLong::isPresent),
                        Optional.of(pids).filter(OptionalLong::isPresent),
                        "deploy.resources.limits.pids")
                .orElseGet(OptionalLong::empty);
    }

    private static Optional<Resources.Generic> generic(Place place) {
        Fields outer = place.fields();
        Fields fields = outer.section("discrete_resource_spec");
        outer.end();
        Optional<String> kind = fields.required("kind", "name the resource").flatMap(Place::word);
        OptionalLong value = fields.required("value", "say how many")
                .map(number -> number.integer(0L, Long.MAX_VALUE))
                .orElseGet(OptionalLong::empty);
        fields.end();
        return kind.isPresent() && value.isPresent()
                ? Optional.of(new Resources.Generic(kind.get(), value.getAsLong()))
                : Optional.empty();
    }

    /** A value that may be said in two places, which must then agree. */
    private <T> Optional<T> same(String olderKey, Optional<T> older, Optional<T> newer, String newerPath) {
        if (older.isPresent() && newer.isPresent() && !older.get().equals(newer.get())) {
            service.get(olderKey)
                    .ifPresent(place -> place.problem(
                            "\"" + olderKey + "\" says something else than " + newerPath, "keep the one in deploy"));
        }
        return newer.or(() -> older);
    }
}
