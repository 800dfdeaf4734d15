package dev.prodstack.swarm.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which fields of a service's spec {@link ServiceBodies} sets, and so may change and take away. */
final class Owned {
    private static final String C = SpecPaths.CONTAINER;
    private static final String T = SpecPaths.TASK;

    /** Fields that are ours whole, whatever is in them. */
    static final Set<String> FIELDS = Stream.of(
                    Stream.of("Name", "Labels", "Mode", "EndpointSpec.Mode"),
                    below(
                            C,
                            "Image,Labels,Command,Args,Hostname,Env,Dir,User,Groups,Init,StopSignal,TTY,OpenStdin,ReadOnly,"
                                    + "StopGracePeriod,Hosts,Isolation,Sysctls,CapabilityAdd,CapabilityDrop,OomScoreAdj"),
                    below(C + "Privileges.CredentialSpec.", "Config,File,Registry"),
                    below(C + "Healthcheck.", "Test,Interval,Timeout,StartPeriod,StartInterval,Retries"),
                    below(C + "DNSConfig.", "Nameservers,Search,Options"),
                    below(C + "Secrets[].", "SecretID,SecretName"),
                    below(C + "Secrets[].File.", "Name,UID,GID,Mode"),
                    below(C + "Configs[].", "ConfigID,ConfigName,Runtime"),
                    below(C + "Configs[].File.", "Name,UID,GID,Mode"),
                    below(C + "Ulimits[].", "Name,Hard,Soft"),
                    below(SpecPaths.MOUNT, "Type,Source,Target,ReadOnly,ClusterOptions"),
                    below(SpecPaths.MOUNT + "BindOptions.", "Propagation,NonRecursive"),
                    below(SpecPaths.MOUNT + "VolumeOptions.", "NoCopy,Labels,Subpath,DriverConfig"),
                    below(SpecPaths.MOUNT + "TmpfsOptions.", "SizeBytes,Mode"),
                    below(T + "Resources.Limits.", "NanoCPUs,MemoryBytes,Pids"),
                    below(T + "Resources.Reservations.", "NanoCPUs,MemoryBytes"),
                    below(T + "Resources.Reservations.GenericResources[].", "DiscreteResourceSpec"),
                    below(T + "RestartPolicy.", "Condition,Delay,MaxAttempts,Window"),
                    below(T + "Placement.", "Constraints,Preferences,MaxReplicas"),
                    below(T + "Networks[].", "Target,Aliases,DriverOpts"),
                    below(T + "LogDriver.", "Name,Options"),
                    below("UpdateConfig.", "Parallelism,Delay,FailureAction,Monitor,MaxFailureRatio,Order"),
                    below("RollbackConfig.", "Parallelism,Delay,FailureAction,Monitor,MaxFailureRatio,Order"),
                    below(SpecPaths.PORTS + "[].", "Name,Protocol,TargetPort,PublishedPort,PublishMode"))
            .flatMap(paths -> paths)
            .collect(Collectors.toUnmodifiableSet());

    /** Objects and lists that we set parts of. */
    static final Set<String> PARTLY = FIELDS.stream().flatMap(Owned::above).collect(Collectors.toUnmodifiableSet());

    /** What tells the items of lists apart: an item that is told from all observed ones is a new one. */
    private static final Map<String, List<String>> KEYS = Map.of(
            C + "Mounts",
            List.of("/Target"),
            C + "Secrets",
            List.of("/File/Name"),
            C + "Configs",
            List.of("/File/Name"),
            C + "Ulimits",
            List.of("/Name"),
            T + "Networks",
            List.of("/Target"),
            T + "Resources.Reservations.GenericResources",
            List.of("/DiscreteResourceSpec/Kind"),
            SpecPaths.PORTS,
            List.of("/TargetPort", "/PublishedPort", "/Protocol"));

    private Owned() {}

    /** What tells an item of a list from others; nothing for an item that is not ours to tell. */
    static Optional<String> key(String list, JsonNode item) {
        String key = KEYS.getOrDefault(list, List.of()).stream()
                .map(part ->
                        item.at(part).asText(SpecPaths.DEFAULTS.getOrDefault(list + "[]" + part.replace('/', '.'), "")))
                .collect(Collectors.joining(" "));
        boolean named = list.endsWith("GenericResources") && !item.has("DiscreteResourceSpec");
        return named ? Optional.empty() : Optional.of(key);
    }

    private static Stream<String> below(String path, String fields) {
        return Stream.of(fields.split(",", -1)).map(field -> path + field);
    }

    private static Stream<String> above(String path) {
        Stream.Builder<String> above = Stream.builder();
        for (int i = 0; i < path.length(); i++) {
            if (path.startsWith("[]", i) || path.charAt(i) == '.') {
                above.add(path.substring(0, i));
            }
        }
        return above.build();
    }
}
