package dev.prodstack.swarm.spec;

import dev.prodstack.core.stack.Config;
import dev.prodstack.core.stack.Network;
import dev.prodstack.core.stack.Payload;
import dev.prodstack.core.stack.Secret;
import dev.prodstack.core.stack.Volume;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The names and labels of what belongs to a stack, as {@code docker stack deploy} gives them: a name that the file
 * says, else the stack's name and the key. Nothing has an id.
 *
 * @param stack the stack's name
 */
public record Namespace(String stack) implements ObjectNames {
    /** The label that says to which stack something belongs. */
    public static final String LABEL = "com.docker.stack.namespace";

    /** The label of a service with the image as the file says it, without the digest that it was found to have. */
    public static final String IMAGE_LABEL = "com.docker.stack.image";

    /** The name of what has none of its own. */
    public String scoped(String key) {
        return stack + "_" + key;
    }

    @Override
    public Reference network(Network network) {
        return Reference.named(name(network.key(), network.name(), network.external()));
    }

    @Override
    public Reference secret(Secret secret) {
        return Reference.named(name(secret.key(), secret.name(), secret.source() instanceof Payload.External));
    }

    @Override
    public Reference config(Config config) {
        return Reference.named(name(config.key(), config.name(), config.source() instanceof Payload.External));
    }

    /** The name of a volume on the nodes. */
    public String volume(Volume volume) {
        return name(volume.key(), volume.name(), volume.external());
    }

    private String name(String key, Optional<String> own, boolean external) {
        return own.orElseGet(() -> external ? key : scoped(key));
    }

    /** Labels together with the one that says to which stack something belongs, by key. */
    public Map<String, String> labels(Map<String, String> own) {
        Map<String, String> labels = new TreeMap<>(own);
        labels.put(LABEL, stack);
        return labels;
    }
}
