package dev.prodstack.core.stack;

import dev.prodstack.core.value.Copies;
import dev.prodstack.core.value.Data;
import dev.prodstack.core.value.ImageReference;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One service of a stack.
 *
 * @param name its name in the file
 * @param image the image its tasks run; absent only where the file gives {@code build} alone
 * @param process what runs, as whom, and how it is stopped
 * @param environment the environment variables; an empty value stands for a variable without one, which the container
 *     does not get
 * @param labels labels of the containers (those of the service are in {@link Deploy#labels()})
 * @param healthCheck how to find out whether a task is healthy
 * @param logging where its output goes
 * @param naming host name and name resolution inside the container
 * @param confinement what its processes may do and use
 * @param mounts volumes, host directories and temporary file systems, in order
 * @param secrets the secrets it can read, in order
 * @param configs the configs it can read, in order
 * @param networks how it is attached to networks, by network key
 * @param ports the ports it publishes, in order
 * @param dependsOn the services it needs, by name
 * @param deploy how Swarm runs it
 * @param composeOnly settings that Swarm ignores, by key
 * @param operations how prodstack operates it ({@code x-prodstack})
 * @param extensions {@code x-} extensions by key, prodstack's own excluded
 */
public record Service(
        String name,
        Optional<ImageReference> image,
        ContainerProcess process,
        Map<String, Optional<String>> environment,
        Map<String, String> labels,
        Optional<HealthCheck> healthCheck,
        Optional<Logging> logging,
        Naming naming,
        Confinement confinement,
        List<Mount> mounts,
        List<FileReference> secrets,
        List<FileReference> configs,
        Map<String, NetworkAttachment> networks,
        List<Port> ports,
        Map<String, Dependency> dependsOn,
        Deploy deploy,
        Map<String, Data> composeOnly,
        Operations operations,
        Map<String, Data> extensions) {
    /** Copies every collection. */
    public Service {
        Objects.requireNonNull(name, "name");
        environment = Copies.of(environment);
        labels = Copies.of(labels);
        mounts = List.copyOf(mounts);
        secrets = List.copyOf(secrets);
        configs = List.copyOf(configs);
        networks = Copies.of(networks);
        ports = List.copyOf(ports);
        dependsOn = Copies.of(dependsOn);
        composeOnly = Copies.of(composeOnly);
        Objects.requireNonNull(operations, "operations");
        extensions = Copies.of(extensions);
    }
}
