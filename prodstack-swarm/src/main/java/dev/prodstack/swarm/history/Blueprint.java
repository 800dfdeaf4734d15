package dev.prodstack.swarm.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.scaling.ReplicaRange;
import dev.prodstack.core.stack.Dependency;
import dev.prodstack.core.stack.Payload;
import dev.prodstack.core.value.Data;
import dev.prodstack.swarm.engine.Trees;
import dev.prodstack.swarm.plan.Gate;
import dev.prodstack.swarm.planning.Wishes;
import dev.prodstack.swarm.planning.Wishes.ConfigWish;
import dev.prodstack.swarm.planning.Wishes.SecretWish;
import dev.prodstack.swarm.planning.Wishes.ServiceWish;
import dev.prodstack.swarm.release.Release;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Between what a stack is to be and the content of a release. Secrets and configs are referred to by name. */
public final class Blueprint {
    private static final int FORMAT = 1;
    private static final String COMPOSE = "compose";

    private final ObjectNode root;

    private Blueprint(ObjectNode root) {
        this.root = root;
    }

    /**
     * The content of a release.
     *
     * @param compose the stack in its normal form
     */
    public static Data content(Wishes wishes, Data compose) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("format", FORMAT);
        root.set(COMPOSE, Trees.json(compose));
        ObjectNode networks = root.putObject("networks");
        wishes.networks().forEach(networks::set);
        ArrayNode configs = root.putArray("configs");
        wishes.configs()
                .forEach(config -> object(configs, config.key(), config.body()).put("size", config.size()));
        ArrayNode secrets = root.putArray("secrets");
        wishes.secrets().forEach(secret -> object(secrets, secret.key(), secret.body()));
        ArrayNode services = root.putArray("services");
        wishes.services().forEach(service -> services.add(service(service)));
        return Trees.data(root);
    }

    private static ObjectNode object(ArrayNode list, String key, JsonNode body) {
        return list.addObject().put("key", key).put("name", body.path("Name").asText());
    }

    private static ObjectNode service(ServiceWish wish) {
        ObjectNode service = JsonNodeFactory.instance.objectNode();
        service.put("key", wish.key());
        wish.autoscaled()
                .ifPresent(bounds ->
                        service.putObject("autoscaled").put("min", bounds.min()).put("max", bounds.max()));
        ArrayNode after = service.putArray("after");
        wish.after()
                .forEach(gate -> after.addObject()
                        .put("key", gate.key())
                        .put("name", gate.name())
                        .put("condition", gate.condition().name().toLowerCase(Locale.ROOT)));
        service.set("spec", wish.spec());
        return service;
    }

    /**
     * That of a release.
     *
     * @throws IllegalArgumentException if a newer prodstack wrote it in another form
     */
    public static Blueprint of(Release release) {
        ObjectNode root = Trees.object(release.content());
        if (root.path("format").asInt() != FORMAT) {
            throw new IllegalArgumentException("release " + release.number() + " of " + release.stack()
                    + " was written by another version of prodstack, in form "
                    + root.path("format").asInt() + "; this one reads form " + FORMAT);
        }
        return new Blueprint(root);
    }

    /** The stack in its normal form. */
    public Data compose() {
        return Trees.data(root.path(COMPOSE));
    }

    /** The names of the secrets that its services use, external ones among them. */
    public Set<String> secrets() {
        return references("Secrets", "SecretName");
    }

    /** The names of the configs that its services use, external ones among them. */
    public Set<String> configs() {
        return references("Configs", "ConfigName");
    }

    private Set<String> references(String list, String field) {
        Set<String> names = new TreeSet<>();
        root.path("services")
                .forEach(service -> service.at("/spec/TaskTemplate/ContainerSpec/" + list)
                        .forEach(reference -> names.add(reference.path(field).asText())));
        root.path(list.toLowerCase(Locale.ROOT))
                .forEach(object -> names.add(object.path("name").asText()));
        return names;
    }

    /**
     * What the stack was to be.
     *
     * @param networkNames the names of the cluster's networks, by id
     */
    public Wishes wishes(String stack, Map<String, String> networkNames) {
        Map<String, ObjectNode> networks = new LinkedHashMap<>();
        root.path("networks")
                .properties()
                .forEach(network -> networks.put(network.getKey(), (ObjectNode) network.getValue()));
        List<ConfigWish> configs = new ArrayList<>();
        root.path("configs")
                .forEach(config -> configs.add(new ConfigWish(
                        config.path("key").asText(),
                        named(config),
                        config.path("size").asLong())));
        List<SecretWish> secrets = new ArrayList<>();
        root.path("secrets")
                .forEach(secret -> secrets.add(
                        new SecretWish(secret.path("key").asText(), named(secret), Payload.External.EXTERNAL)));
        List<ServiceWish> services = new ArrayList<>();
        root.path("services").forEach(service -> services.add(wish(service)));
        return new Wishes(stack, networks, configs, secrets, services, networkNames, Set.of());
    }

    private static ObjectNode named(JsonNode object) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("Name", object.path("name").asText());
    }

    private static ServiceWish wish(JsonNode service) {
        JsonNode bounds = service.path("autoscaled");
        List<Gate> gates = new ArrayList<>();
        service.path("after")
                .forEach(gate -> gates.add(new Gate(
                        gate.path("key").asText(),
                        gate.path("name").asText(),
                        Dependency.Condition.valueOf(
                                gate.path("condition").asText().toUpperCase(Locale.ROOT)))));
        return new ServiceWish(
                service.path("key").asText(),
                service.path("spec").deepCopy(),
                bounds.isObject()
                        ? Optional.of(new ReplicaRange(
                                bounds.path("min").asInt(), bounds.path("max").asInt()))
                        : Optional.empty(),
                gates,
                // What was expanded stays so: a version before does not mind.
                Optional.empty());
    }
}
