package dev.prodstack.swarm.prepare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineRequest;
import dev.prodstack.swarm.secret.ExternalObjects;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The secrets, or the configs, of the whole cluster: those of other stacks and of nobody among them. */
final class ClusterObjects {
    /** Labels a version of an external secret with the name that Compose files know it by. */
    static final String EXTERNAL_LABEL = ExternalObjects.VERSION_LABEL;

    private final List<JsonNode> objects = new ArrayList<>();

    private ClusterObjects(JsonNode objects) {
        objects.forEach(this.objects::add);
    }

    static ClusterObjects read(EngineClient engine, String collection) {
        return new ClusterObjects(engine.send(EngineRequest.get(collection)));
    }

    Optional<JsonNode> named(String name) {
        return objects.stream().filter(object -> name(object).equals(name)).findFirst();
    }

    /** The version of an external object that is to be used: the newest that was made of it, else the one so named. */
    Optional<String> external(String name) {
        Stream<JsonNode> versions =
                objects.stream().filter(object -> label(object, EXTERNAL_LABEL).equals(name));
        return versions.max(Comparator.comparing(ClusterObjects::createdAt))
                .map(ClusterObjects::name)
                .or(() -> named(name).map(ClusterObjects::name));
    }

    /** The names of all that may be used for an external object. */
    List<String> versions(String name) {
        return objects.stream()
                .filter(object -> name(object).equals(name)
                        || label(object, EXTERNAL_LABEL).equals(name))
                .map(ClusterObjects::name)
                .toList();
    }

    static String name(JsonNode object) {
        return object.path("Spec").path("Name").asText();
    }

    static String createdAt(JsonNode object) {
        return object.path("CreatedAt").asText();
    }

    static String label(JsonNode object, String label) {
        return object.path("Spec").path("Labels").path(label).asText();
    }
}
