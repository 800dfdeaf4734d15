package dev.prodstack.swarm.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.swarm.engine.ApiVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a body can say is replaced, and everything else that a service's spec can have survives an update. */
class OverlayTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectNode EVERYTHING = body("posted/everything", "app");
    private static final ObjectNode LITTLE = body("posted/jobs", "plain");

    /** A field of the schema. */
    private record Field(String path, String type) {
        static Stream<Field> all() throws IOException {
            return Files.readAllLines(Path.of("src/test/resources/service-spec-fields.txt")).stream()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> new Field(line.split(" ", 2)[0], line.split(" ", 2)[1]));
        }

        boolean isOurs() {
            return Owned.FIELDS.stream().anyMatch(own -> path.equals(own) || path.startsWith(own + "."));
        }

        JsonNode sample() {
            return switch (type) {
                case "text" -> JSON.getNodeFactory().textNode("sample");
                case "number" -> JSON.getNodeFactory().numberNode(4711);
                case "truth" -> JSON.getNodeFactory().booleanNode(true);
                case "texts" -> JSON.createArrayNode().add("sample");
                case "mapping" -> JSON.createObjectNode().put("sample", "4711");
                default -> JSON.createObjectNode().put("Kind", "sample");
            };
        }
    }

    private static ObjectNode body(String name, String service) {
        StackBodies bodies = StackBodies.of(new CorpusCase(name).stack(), new Namespace("stack"), ApiVersion.NEWEST);
        return Objects.requireNonNull(bodies.services().get(service)).deepCopy();
    }

    /** Sets a field, in every item of the lists on the way. */
    private static void put(ObjectNode object, List<String> path, JsonNode value) {
        String name = path.get(0);
        List<String> rest = path.subList(1, path.size());
        if (rest.isEmpty()) {
            object.set(name, value);
        } else if (name.endsWith("[]")) {
            String list = name.substring(0, name.length() - 2);
            if (object.path(list).isEmpty()) {
                object.putArray(list).addObject();
            }
            object.path(list).forEach(item -> put((ObjectNode) item, rest, value));
        } else {
            put(object.get(name) instanceof ObjectNode below ? below : object.putObject(name), rest, value);
        }
    }

    /** The values of a field, in every item of the lists on the way. */
    private static List<JsonNode> values(JsonNode node, List<String> path) {
        if (path.isEmpty()) {
            return List.of(node);
        }
        String name = path.get(0);
        List<String> rest = path.subList(1, path.size());
        if (!name.endsWith("[]")) {
            return values(node.path(name), rest);
        }
        List<JsonNode> values = new ArrayList<>();
        node.path(name.substring(0, name.length() - 2)).forEach(item -> values.addAll(values(item, rest)));
        return values;
    }

    @TestFactory
    Stream<DynamicTest> everyFieldThatABodyCannotSaySurvives() throws IOException {
        return Field.all()
                .filter(field -> !field.isOurs())
                .map(field -> DynamicTest.dynamicTest(field.path(), () -> {
                    List<String> path = List.of(field.path().split("\\."));
                    ObjectNode observed = EVERYTHING.deepCopy();
                    put(observed, path, field.sample());
                    ObjectNode desired = EVERYTHING.deepCopy();
                    put(
                            desired,
                            List.of("TaskTemplate", "ContainerSpec", "Env"),
                            JSON.createArrayNode().add("B=2"));
                    ObjectNode updated = Overlay.of(observed, desired);
                    assertThat(values(updated, path))
                            .isEqualTo(values(observed, path))
                            .contains(field.sample());
                    assertThat(updated.at("/TaskTemplate/ContainerSpec/Env/0").asText())
                            .isEqualTo("B=2");
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyFieldThatABodyCanSayIsWhatTheBodySays() throws IOException {
        return Field.all()
                .filter(Field::isOurs)
                .map(field -> DynamicTest.dynamicTest(field.path(), () -> {
                    List<String> path = List.of(field.path().split("\\."));
                    for (ObjectNode desired : List.of(EVERYTHING, LITTLE)) {
                        ObjectNode observed = EVERYTHING.deepCopy();
                        put(observed, path, field.sample());
                        assertThat(Canonical.of(Overlay.of(observed, desired))).isEqualTo(Canonical.of(desired));
                    }
                }));
    }

    @Test
    void fieldsOfNewerVersionsSurvive() {
        ObjectNode observed = EVERYTHING.deepCopy();
        observed.putObject("Novelty").put("Of", 2027);
        put(observed, List.of("TaskTemplate", "ContainerSpec", "Mounts[]", "Novelty"), JSON.createArrayNode());
        ObjectNode desired = EVERYTHING.deepCopy();
        desired.put("Name", "other");
        ObjectNode expected = observed.deepCopy();
        expected.put("Name", "other");
        assertThat(Overlay.of(observed, desired)).isEqualTo(expected);
    }

    @Test
    void ownsNoFieldThatBodiesNeverSayAndAllThatTheySay() {
        Set<String> said = new TreeSet<>();
        CorpusCase.valid()
                .forEach(one -> StackBodies.of(one.stack(), new Namespace("stack"), ApiVersion.NEWEST)
                        .services()
                        .values()
                        .forEach(body -> collect(body, "", said)));
        assertThat(said).containsExactlyInAnyOrderElementsOf(Owned.FIELDS);
    }

    private static void collect(JsonNode node, String path, Set<String> said) {
        if (Owned.FIELDS.contains(path) || node.isValueNode()) {
            said.add(path);
        } else if (node.isArray()) {
            node.forEach(item -> collect(item, path + "[]", said));
        } else {
            node.properties().forEach(field -> collect(field.getValue(), SpecPaths.below(path, field.getKey()), said));
        }
    }

    @Test
    void whatIsTheSameIsLeftAsItIs() {
        ObjectNode observed = EVERYTHING.deepCopy();
        observed.putNull("Novelty");
        observed.withObject("/TaskTemplate").put("Runtime", "container").put("ForceUpdate", 3);
        assertThat(Overlay.of(observed, EVERYTHING)).isEqualTo(observed);
        ObjectNode relabelled = EVERYTHING.deepCopy();
        relabelled.withObject("/Labels").put("new", "1");
        assertThat(Overlay.of(observed, relabelled).get("TaskTemplate")).isEqualTo(observed.get("TaskTemplate"));
    }

    @Test
    void platformsGoWithTheImage() {
        ObjectNode observed = EVERYTHING.deepCopy();
        observed.withObject("/TaskTemplate/Placement").putArray("Platforms").addObject();
        ObjectNode desired = EVERYTHING.deepCopy();
        desired.withObject("/TaskTemplate/ContainerSpec").put("Image", "shop/app:1.4.3");
        assertThat(Overlay.of(observed, desired).at("/TaskTemplate/Placement/Platforms"))
                .isEmpty();
    }

    @Test
    void referencesKeepTheirIdsUntilTheirNamesChange() {
        ObjectNode observed = EVERYTHING.deepCopy();
        put(observed, List.of("TaskTemplate", "ContainerSpec", "Secrets[]", "SecretID"), text("secret1"));
        put(observed, List.of("TaskTemplate", "Networks[]", "Target"), text("network1"));
        ObjectNode desired = EVERYTHING.deepCopy();
        desired.put("Name", "other");
        Map<String, String> networks = Map.of("network1", "stack_back", "network2", "stack_front");

        ObjectNode updated = Overlay.of(observed, desired, networks);
        assertThat(updated.at("/TaskTemplate/Networks")).isEqualTo(observed.at("/TaskTemplate/Networks"));
        assertThat(updated.at("/TaskTemplate/ContainerSpec/Secrets/0/SecretID").asText())
                .isEqualTo("secret1");

        put(desired, List.of("TaskTemplate", "ContainerSpec", "Secrets[]", "SecretName"), text("key-2"));
        put(desired, List.of("TaskTemplate", "Networks[]", "Target"), text("stack_front"));
        updated = Overlay.of(observed, desired, networks);
        assertThat(updated.at("/TaskTemplate/ContainerSpec/Secrets/0/SecretID").asText())
                .isEmpty();
        assertThat(updated.at("/TaskTemplate/Networks/0/Target").asText()).isEqualTo("network2");
    }

    private static JsonNode text(String text) {
        return JSON.getNodeFactory().textNode(text);
    }
}
