package dev.prodstack.swarm.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.stack.Payload;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.core.value.Copies;
import dev.prodstack.swarm.engine.ApiVersion;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The objects that a stack comes to, for one version of the API. What is external is not among them, and neither are
 * networks that no service is attached to.
 *
 * @param stack the stack's name
 * @param networks the bodies of {@code POST /networks/create}, by key
 * @param secrets the secrets, by key
 * @param configs the configs, by key
 * @param services the bodies of {@code POST /services/create}, by the name that the file gives; their {@code Name} is
 *     the one in the cluster
 */
public record StackBodies(
        String stack,
        Map<String, ObjectNode> networks,
        Map<String, FileBody> secrets,
        Map<String, FileBody> configs,
        Map<String, ObjectNode> services) {
    /** Copies the maps. */
    public StackBodies {
        networks = Copies.of(networks);
        secrets = Copies.of(secrets);
        configs = Copies.of(configs);
        services = Copies.of(services);
    }

    /**
     * The bodies of a stack. What the version of the API does not know is left out; {@link Unsupported} tells what that
     * is.
     */
    public static StackBodies of(Stack stack, ObjectNames names, ApiVersion version) {
        Namespace namespace = new Namespace(stack.name());
        Map<String, ObjectNode> networks = new LinkedHashMap<>();
        Attachments.networks(stack).forEach((key, network) -> {
            if (!network.external()) {
                networks.put(key, NetworkBodies.of(network, names.network(network), namespace, version));
            }
        });
        Map<String, FileBody> secrets = new LinkedHashMap<>();
        stack.secrets().forEach((key, secret) -> {
            if (!(secret.source() instanceof Payload.External)) {
                secrets.put(key, FileBody.of(secret, names.secret(secret).name(), namespace));
            }
        });
        Map<String, FileBody> configs = new LinkedHashMap<>();
        stack.configs().forEach((key, config) -> {
            if (!(config.source() instanceof Payload.External)) {
                configs.put(key, FileBody.of(config, names.config(config).name(), namespace));
            }
        });
        Map<String, ObjectNode> services = new LinkedHashMap<>();
        ServiceBodies bodies = new ServiceBodies(stack, names, version);
        stack.services().forEach((name, service) -> services.put(name, bodies.of(service)));
        return new StackBodies(stack.name(), networks, secrets, configs, services);
    }
}
