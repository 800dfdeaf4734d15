package dev.prodstack.swarm.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.stack.Config;
import dev.prodstack.core.stack.Network;
import dev.prodstack.core.stack.Secret;
import dev.prodstack.swarm.LabVariable;
import dev.prodstack.swarm.engine.Deadlines;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineFinder;
import dev.prodstack.swarm.engine.EngineRequest;
import dev.prodstack.swarm.problem.EngineException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every service of the corpus comes back from a real engine in the form in which it was posted. Nothing is started. */
@Tag("engine")
@Timeout(300)
class EngineRoundTripTest {
    private static final Deadlines DEADLINES = new Deadlines(Duration.ofSeconds(20), Duration.ofSeconds(60));
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> NODE_NETWORKS = Set.of("host", "bridge", "none");

    /** These are well formed, and engines refuse them: lint or the engine says why. */
    private static final Set<String> REFUSED = Set.of(
            "deploy/resources_memory_units",
            "merge/ports_other_target",
            "posted/hosts_networks",
            "service/build_without_image",
            "service/provider",
            "service/several_services",
            "service/volumes_same_target");

    private final String stack = "roundtrip" + System.nanoTime();
    private final Map<String, String> created = new HashMap<>();
    private final Map<String, String> networks = new HashMap<>();
    private String host = "";

    @BeforeEach
    void findTheEngine() {
        host = LabVariable.of("PRODSTACK_TEST_DOCKER_HOST");
    }

    private EngineClient connect() {
        return EngineClient.connect(new EngineFinder(Map.of(), Path.of("/")).at(host), DEADLINES);
    }

    @AfterEach
    void removeWhatIsLeft() {
        if (!created.isEmpty()) {
            try (EngineClient engine = connect()) {
                created.forEach((name, id) -> engine.send(EngineRequest.delete(name.split(" ", 2)[0], id)));
            }
        }
    }

    @Test
    void comesBackAsItWasPosted() {
        Set<String> refused = new TreeSet<>();
        Set<ObjectNode> seen = new HashSet<>();
        try (EngineClient engine = connect()) {
            for (CorpusCase one : CorpusCase.valid()) {
                ObjectNames names = new Created(engine, new Namespace(stack));
                StackBodies bodies = StackBodies.of(one.stack(stack), names, engine.version());
                for (ObjectNode body : bodies.services().values()) {
                    ObjectNode idle = idle(body);
                    if (seen.add(idle) && !comesBack(engine, one, idle)) {
                        refused.add(one.name());
                    }
                }
            }
        }
        assertThat(seen).hasSizeGreaterThan(400);
        assertThat(refused).isSubsetOf(REFUSED);
    }

    /** Posts a service and reads it; false if the engine refuses it. */
    private boolean comesBack(EngineClient engine, CorpusCase one, ObjectNode body) {
        String id;
        try {
            id = engine.send(EngineRequest.post("services", "create").sending(body))
                    .path("ID")
                    .asText();
        } catch (EngineException e) {
            if (!REFUSED.contains(one.name())) {
                throw e;
            }
            return false;
        }
        try {
            ObjectNode observed =
                    (ObjectNode) engine.send(EngineRequest.get("services", id)).path("Spec");
            observed.at("/TaskTemplate/Networks").forEach(attachment -> name(engine, attachment));
            assertThat(Canonical.of(observed, networks).toPrettyString())
                    .as(one.name())
                    .isEqualTo(Canonical.of(body).toPrettyString());
            assertThat(Overlay.of(observed, body, networks)).isEqualTo(observed);
        } finally {
            engine.send(EngineRequest.delete("services", id));
        }
        return true;
    }

    /** The networks of nodes are in no list, but tell their names when they are asked. */
    private void name(EngineClient engine, JsonNode attachment) {
        networks.computeIfAbsent(
                attachment.path("Target").asText(),
                id -> engine.send(EngineRequest.get("networks", id))
                        .path("Name")
                        .asText());
    }

    /** The same service, which starts no task. */
    private static ObjectNode idle(ObjectNode body) {
        ObjectNode idle = body.deepCopy();
        if (idle.at("/Mode/Replicated") instanceof ObjectNode replicated) {
            replicated.put("Replicas", 0);
        } else {
            ObjectNode placement = idle.withObject("/TaskTemplate/Placement");
            placement.withArray("Constraints").add("node.labels.nowhere==true");
        }
        return idle;
    }

    /** Creates what services refer to when it is asked for. */
    private final class Created implements ObjectNames {
        private final EngineClient engine;
        private final Namespace names;

        private Created(EngineClient engine, Namespace names) {
            this.engine = engine;
            this.names = names;
        }

        @Override
        public Reference network(Network network) {
            String name = own(names.network(network).name());
            if (!NODE_NETWORKS.contains(name) && !networks.containsValue(name)) {
                ObjectNode body = JSON.createObjectNode().put("Name", name).put("Driver", "overlay");
                networks.put(create("networks", name, body), name);
            }
            return Reference.named(name);
        }

        @Override
        public Reference secret(Secret secret) {
            return file("secrets", own(names.secret(secret).name()));
        }

        @Override
        public Reference config(Config config) {
            return file("configs", own(names.config(config).name()));
        }

        private String own(String name) {
            return NODE_NETWORKS.contains(name) || name.startsWith(stack) ? name : stack + "-" + name;
        }

        private Reference file(String kind, String name) {
            ObjectNode body = JSON.createObjectNode().put("Name", name).put("Data", "eA==");
            return new Reference(create(kind, name, body), name);
        }

        private String create(String kind, String name, ObjectNode body) {
            return created.computeIfAbsent(kind + " " + name, key -> {
                var answer = engine.send(EngineRequest.post(kind, "create").sending(body));
                return answer.path("ID").asText(answer.path("Id").asText());
            });
        }
    }
}
