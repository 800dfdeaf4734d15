package dev.prodstack.swarm.planning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.rollout.Migration;
import dev.prodstack.core.scaling.ReplicaRange;
import dev.prodstack.core.stack.Payload;
import dev.prodstack.core.value.Copies;
import dev.prodstack.swarm.plan.Gate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the cluster is to hold of a stack.
 *
 * @param stack the stack's name
 * @param networks the bodies of its own networks by key
 * @param configs its own configs
 * @param secrets its own secrets
 * @param services its services, those that others wait for before these
 * @param networkNames the names of the networks that services may be attached to, by id
 * @param kept the names of secrets and configs that releases need, so that there is a way back to them
 */
public record Wishes(
        String stack,
        Map<String, ObjectNode> networks,
        List<ConfigWish> configs,
        List<SecretWish> secrets,
        List<ServiceWish> services,
        Map<String, String> networkNames,
        Set<String> kept) {
    /** Copies the collections. */
    public Wishes {
        networks = Copies.of(networks);
        configs = List.copyOf(configs);
        secrets = List.copyOf(secrets);
        services = List.copyOf(services);
        networkNames = Copies.of(networkNames);
        kept = Copies.of(kept);
    }

    /** The same with other names kept. */
    public Wishes keeping(Set<String> names) {
        return new Wishes(stack, networks, configs, secrets, services, networkNames, names);
    }

    /**
     * A config.
     *
     * @param key its key in the file
     * @param body what creates it: its name is that of the version
     * @param size the content's size in bytes
     */
    public record ConfigWish(String key, ObjectNode body, long size) {}

    /**
     * A secret.
     *
     * @param key its key in the file
     * @param body what creates it, without the value: its name is that of the version
     * @param source where the value comes from
     */
    public record SecretWish(String key, ObjectNode body, Payload source) {}

    /**
     * A service.
     *
     * @param key its name in the file
     * @param spec its specification; secrets and configs by the names of their versions
     * @param autoscaled the bounds between which an autoscaler moves its replicas, if one does
     * @param after the services it waits for
     * @param migration the job that comes before a new image of it
     */
    public record ServiceWish(
            String key,
            ObjectNode spec,
            Optional<ReplicaRange> autoscaled,
            List<Gate> after,
            Optional<Migration.Job> migration) {
        /** Copies the list. */
        public ServiceWish {
            after = List.copyOf(after);
        }

        ServiceWish after(List<Gate> gates) {
            return new ServiceWish(key, spec, autoscaled, gates, migration);
        }

        String name() {
            return spec.path("Name").asText();
        }
    }
}
