package dev.prodstack.swarm.spec;

import java.util.Map;
import java.util.Set;

/**
 * What is known about the fields of a service's spec. A path has the names of fields with dots between them; {@code []}
 * stands for any item of a list.
 */
final class SpecPaths {
    static final String TASK = "TaskTemplate.";
    static final String CONTAINER = TASK + "ContainerSpec.";
    static final String MOUNT = CONTAINER + "Mounts[].";
    static final String SECRETS = CONTAINER + "Secrets[]";
    static final String CONFIGS = CONTAINER + "Configs[]";
    static final String NETWORKS = TASK + "Networks";
    static final String PORTS = "EndpointSpec.Ports";
    static final String UPDATE = "UpdateConfig";
    static final String ROLLBACK = "RollbackConfig";

    /** Mappings with keys of the user's. */
    static final Set<String> MAPPINGS = Set.of(
            "Labels",
            CONTAINER + "Labels",
            CONTAINER + "Sysctls",
            MOUNT + "VolumeOptions.Labels",
            MOUNT + "VolumeOptions.DriverConfig.Options",
            NETWORKS + "[].DriverOpts",
            TASK + "LogDriver.Options");

    /** Lists whose order means nothing. */
    static final Set<String> SETS = Set.of(
            CONTAINER + "Env",
            CONTAINER + "Groups",
            CONTAINER + "Mounts",
            CONTAINER + "Secrets",
            CONTAINER + "Configs",
            CONTAINER + "CapabilityAdd",
            CONTAINER + "CapabilityDrop",
            CONTAINER + "Ulimits",
            TASK + "Placement.Constraints",
            TASK + "Resources.Reservations.GenericResources",
            NETWORKS,
            NETWORKS + "[].Aliases",
            PORTS);

    /** Numbers and truth values whose zero is not what is meant by none. */
    static final Set<String> ZERO_SAYS_SOMETHING = Set.of(
            CONTAINER + "Init",
            CONTAINER + "StopGracePeriod",
            CONTAINER + "Ulimits[].Hard",
            CONTAINER + "Ulimits[].Soft",
            SECRETS + ".File.Mode",
            CONFIGS + ".File.Mode",
            TASK + "RestartPolicy.Delay",
            "Mode.Replicated.Replicas",
            "Mode.ReplicatedJob.MaxConcurrent",
            "Mode.ReplicatedJob.TotalCompletions",
            UPDATE + ".Parallelism",
            ROLLBACK + ".Parallelism");

    /** Objects that say something by being there. */
    static final Set<String> EMPTY_SAYS_SOMETHING =
            Set.of("Mode.Global", "Mode.GlobalJob", "Mode.ReplicatedJob", CONFIGS + ".Runtime");

    /** What the engine takes for what is absent, as text. */
    static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry(TASK + "Runtime", "container"),
            Map.entry(CONTAINER + "Isolation", "default"),
            Map.entry(CONTAINER + "Privileges.Seccomp.Mode", "default"),
            Map.entry(CONTAINER + "Privileges.AppArmor.Mode", "default"),
            Map.entry(MOUNT + "BindOptions.Propagation", "rprivate"),
            Map.entry(TASK + "RestartPolicy.Condition", "any"),
            Map.entry(TASK + "RestartPolicy.Delay", "5000000000"),
            Map.entry(UPDATE + ".FailureAction", "pause"),
            Map.entry(UPDATE + ".Monitor", "5000000000"),
            Map.entry(UPDATE + ".Order", "stop-first"),
            Map.entry(ROLLBACK + ".FailureAction", "pause"),
            Map.entry(ROLLBACK + ".Monitor", "5000000000"),
            Map.entry(ROLLBACK + ".Order", "stop-first"),
            Map.entry("EndpointSpec.Mode", "vip"),
            Map.entry(PORTS + "[].Protocol", "tcp"),
            Map.entry(PORTS + "[].PublishMode", "ingress"));

    /**
     * What is not part of what a service is: a counter of forced updates; the platforms of the image, which follow from
     * it; ids, where there is a name beside them; what the engine takes and forgets.
     */
    static final Set<String> IGNORED = Set.of(
            TASK + "ForceUpdate",
            TASK + "Placement.Platforms",
            SECRETS + ".SecretID",
            CONFIGS + ".ConfigID",
            MOUNT + "Consistency",
            MOUNT + "ClusterOptions");

    private SpecPaths() {}

    static String below(String path, String field) {
        return path.isEmpty() ? field : path + "." + field;
    }
}
