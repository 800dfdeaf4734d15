package dev.prodstack.swarm.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lays a desired body over the spec that a service has.
 *
 * <p>What a body can say is replaced, also by nothing where the body says nothing; everything else stays, down to the
 * items of lists, be it set by another tool or of a newer API than this program knows. What is the same stays exactly
 * as it was observed, since Swarm restarts tasks for a difference in form, too.
 */
public final class Overlay {
    private static final Set<String> IDS = Set.of(SpecPaths.SECRETS + ".SecretID", SpecPaths.CONFIGS + ".ConfigID");
    private static final JsonNode NOTHING = MissingNode.getInstance();

    private Overlay() {}

    /** The spec to update a service with whose networks are told by name. */
    public static ObjectNode of(ObjectNode observed, ObjectNode desired) {
        return of(observed, desired, Map.of());
    }

    /**
     * The spec to update a service with.
     *
     * @param observed the spec as the engine gave it
     * @param desired the body to be
     * @param networks the names of networks by id
     */
    public static ObjectNode of(ObjectNode observed, ObjectNode desired, Map<String, String> networks) {
        if (Canonical.of(observed, networks).equals(Canonical.of(desired))) {
            return observed.deepCopy();
        }
        ObjectNode body = withIds(observed, desired, networks);
        ObjectNode spec = observed.deepCopy();
        if (spec.has("Networks") && !spec.path("TaskTemplate").has("Networks")) {
            spec.withObject("/TaskTemplate").set("Networks", spec.remove("Networks"));
        }
        ObjectNode result = object(spec, body, "");
        if (!image(observed).equals(image(result)) && result.at("/TaskTemplate/Placement") instanceof ObjectNode at) {
            at.remove("Platforms");
        }
        return result;
    }

    private static JsonNode image(JsonNode spec) {
        return spec.at("/TaskTemplate/ContainerSpec/Image");
    }

    /** Observed attachments have ids. What is referred to by the same name is referred to by the same id. */
    private static ObjectNode withIds(ObjectNode observed, ObjectNode desired, Map<String, String> networks) {
        Map<String, String> ids = new LinkedHashMap<>();
        networks.forEach((id, name) -> ids.put(name, id));
        ObjectNode body = desired.deepCopy();
        body.at("/TaskTemplate/Networks").forEach(attachment -> {
            String target = attachment.path("Target").asText();
            ((ObjectNode) attachment).put("Target", ids.getOrDefault(target, target));
        });
        fillIds(observed, body, "Secret");
        fillIds(observed, body, "Config");
        if (body.at("/TaskTemplate/ContainerSpec/Privileges/CredentialSpec") instanceof ObjectNode spec
                && spec.path("Config").asText("-").isEmpty()) {
            body.at("/TaskTemplate/ContainerSpec/Configs").forEach(config -> {
                if (config.has("Runtime")) {
                    spec.set("Config", config.path("ConfigID"));
                }
            });
        }
        return body;
    }

    private static void fillIds(JsonNode observed, JsonNode body, String kind) {
        String list = "/TaskTemplate/ContainerSpec/" + kind + "s";
        Map<String, String> ids = new LinkedHashMap<>();
        observed.at(list)
                .forEach(reference -> ids.put(
                        reference.path(kind + "Name").asText(),
                        reference.path(kind + "ID").asText()));
        body.at(list).forEach(reference -> {
            if (reference.path(kind + "ID").asText().isEmpty()) {
                String id = ids.getOrDefault(reference.path(kind + "Name").asText(), "");
                ((ObjectNode) reference).put(kind + "ID", id);
            }
        });
    }

    /** The defaults of a section that is taken away go with it: on their own, they may mean something else. */
    private static ObjectNode object(JsonNode observed, JsonNode desired, String path) {
        Set<String> names = new LinkedHashSet<>();
        observed.fieldNames().forEachRemaining(names::add);
        desired.fieldNames().forEachRemaining(names::add);
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        for (String name : names) {
            String below = SpecPaths.below(path, name);
            JsonNode value = desired.isMissingNode() && Owned.FIELDS.contains(below)
                    ? NOTHING
                    : field(observed.path(name), desired.path(name), below);
            if (!value.isMissingNode()) {
                merged.set(name, value);
            }
        }
        return merged;
    }

    private static JsonNode field(JsonNode observed, JsonNode desired, String path) {
        if (Canonical.part(observed, path).equals(Canonical.part(desired, path)) && !IDS.contains(path)) {
            return observed;
        }
        if (Owned.FIELDS.contains(path)) {
            return desired;
        }
        if (!Owned.PARTLY.contains(path)) {
            return observed.isMissingNode() ? desired : observed;
        }
        boolean list = observed.isArray() || desired.isArray();
        JsonNode merged = list ? items(observed, desired, path) : object(observed, desired, path);
        // Of a section that is taken away, nothing is left unless it had something that is not ours.
        return merged.isEmpty() ? desired : merged;
    }

    private static ArrayNode items(JsonNode observed, JsonNode desired, String path) {
        Map<String, JsonNode> known = new LinkedHashMap<>();
        Map<String, JsonNode> wanted = new LinkedHashMap<>();
        desired.forEach(item -> wanted.put(Owned.key(path, item).orElse(""), item));
        ArrayNode merged = JsonNodeFactory.instance.arrayNode();
        observed.forEach(item -> {
            Optional<String> key = Owned.key(path, item);
            if (key.isEmpty()) {
                merged.add(item);
            } else if (wanted.containsKey(key.get())) {
                known.put(key.get(), item);
                merged.add(object(item, wanted.getOrDefault(key.get(), NOTHING), path + "[]"));
            }
        });
        wanted.forEach((key, item) -> {
            if (!known.containsKey(key)) {
                merged.add(item);
            }
        });
        return merged;
    }
}
