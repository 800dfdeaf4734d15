package dev.prodstack.core.stack;

import dev.prodstack.core.value.Copies;
import dev.prodstack.core.value.Data;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One stack: services that are deployed together under one name, and what they share.
 *
 * @param name the stack's name, which prefixes the names of everything it creates
 * @param services the services by name
 * @param networks the networks by key
 * @param volumes the volumes by key
 * @param secrets the secrets by key
 * @param configs the configs by key
 * @param operations how prodstack operates the stack as a whole ({@code x-prodstack})
 * @param extensions the top-level {@code x-} extensions by key, prodstack's own excluded
 */
public record Stack(
        String name,
        Map<String, Service> services,
        Map<String, Network> networks,
        Map<String, Volume> volumes,
        Map<String, Secret> secrets,
        Map<String, Config> configs,
        StackOperations operations,
        Map<String, Data> extensions) {
    /** Copies every map. */
    public Stack {
        Objects.requireNonNull(name, "name");
        services = Copies.of(services);
        networks = Copies.of(networks);
        volumes = Copies.of(volumes);
        secrets = Copies.of(secrets);
        configs = Copies.of(configs);
        Objects.requireNonNull(operations, "operations");
        extensions = Copies.of(extensions);
    }

    /** The names in the cluster of the secrets that it uses and does not make, in the order of the file. */
    public List<String> externalSecrets() {
        return secrets.values().stream()
                .filter(secret -> secret.source() instanceof Payload.External)
                .map(secret -> secret.name().orElse(secret.key()))
                .distinct()
                .toList();
    }

    /** The names in the cluster of the configs that it uses and does not make, in the order of the file. */
    public List<String> externalConfigs() {
        return configs.values().stream()
                .filter(config -> config.source() instanceof Payload.External)
                .map(config -> config.name().orElse(config.key()))
                .distinct()
                .toList();
    }
}
