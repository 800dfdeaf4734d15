package dev.prodstack.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.swarm.engine.ApiVersion;
import dev.prodstack.swarm.engine.Deadlines;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineFinder;
import dev.prodstack.swarm.engine.EngineRequest;
import dev.prodstack.swarm.engine.JsonStream;
import dev.prodstack.swarm.engine.LogFrame;
import dev.prodstack.swarm.engine.LogFrames;
import dev.prodstack.swarm.problem.EngineException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a real engine, such as {@code lab/swarm} brings up; {@code lab/swarm env} says what to set. */
@Tag("engine")
@Timeout(120)
class RealSwarmTest {
    private static final Deadlines DEADLINES = new Deadlines(Duration.ofSeconds(20), Duration.ofSeconds(60));
    private static final ObjectMapper JSON = new ObjectMapper();

    private String host = "";

    @BeforeEach
    void findTheEngine() {
        host = LabVariable.of("PRODSTACK_TEST_DOCKER_HOST");
    }

    private Swarm connect() {
        return Swarm.connect(Connection.fromEnvironment().to(host));
    }

    private EngineClient engine() {
        return EngineClient.connect(new EngineFinder(Map.of(), Path.of("/")).at(host), DEADLINES);
    }

    @Test
    void theNewestVersionThatBothSpeakIsThatOfTheEngine() {
        try (EngineClient engine = engine()) {
            ApiVersion newest = ApiVersion.parse(engine.send(EngineRequest.get("version"))
                            .path("ApiVersion")
                            .asText())
                    .orElseThrow();
            assertThat(engine.version())
                    .isEqualTo(newest.compareTo(ApiVersion.NEWEST) < 0 ? newest : ApiVersion.NEWEST);
        }
    }

    @Test
    void anEngineKnowsItsSwarm() {
        try (Swarm swarm = connect();
                EngineClient engine = engine()) {
            SwarmInfo info = swarm.info();
            JsonNode nodes = engine.send(EngineRequest.get("nodes"));

            assertThat(info.engineVersion()).matches("\\d+\\.\\d+\\..*");
            assertThat(info.apiVersion()).isEqualTo(engine.version().toString());
            assertThat(info.membership()).isInstanceOfSatisfying(Membership.ManagerNode.class, manager -> {
                assertThat(manager.nodes()).isEqualTo(nodes.size());
                assertThat(nodes.findValuesAsText("ID")).contains(manager.nodeId());
                assertThat(manager.clusterId()).isNotEmpty();
            });
        }
    }

    @Test
    void whatHappensIsSeenAsItHappens() throws Exception {
        String name = "prodstack-test-" + System.nanoTime();
        try (Swarm swarm = connect();
                EngineClient engine = engine();
                Stream<SwarmEvent> events = swarm.events(Instant.now().minusSeconds(1))) {
            CompletableFuture<List<SwarmEvent>> seen = CompletableFuture.supplyAsync(() -> events.filter(
                            event -> event.attributes().getOrDefault("name", "").equals(name))
                    .limit(2)
                    .toList());
            String id = createConfig(engine, name);
            engine.send(EngineRequest.delete("configs", id));

            assertThat(seen.get(60, TimeUnit.SECONDS))
                    .extracting(SwarmEvent::type, SwarmEvent::action, SwarmEvent::id)
                    .containsExactly(tuple("config", "create", id), tuple("config", "remove", id));
        }
    }

    @Test
    void eventsEndWhenTheyAreClosed() throws Exception {
        String name = "prodstack-test-" + System.nanoTime();
        CountDownLatch first = new CountDownLatch(1);
        try (Swarm swarm = connect();
                EngineClient engine = engine()) {
            Stream<SwarmEvent> events = swarm.events(Instant.now().minusSeconds(1));
            CompletableFuture<Void> all = CompletableFuture.runAsync(() -> events.forEach(event -> first.countDown()));
            engine.send(EngineRequest.delete("configs", createConfig(engine, name)));
            assertThat(first.await(60, TimeUnit.SECONDS)).isTrue();
            events.close();
            all.get(60, TimeUnit.SECONDS);
        }
    }

    private static String createConfig(EngineClient engine, String name) {
        ObjectNode config = JSON.createObjectNode();
        config.put("Name", name);
        config.put("Data", Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8)));
        return engine.send(EngineRequest.post("configs", "create").sending(config))
                .path("ID")
                .asText();
    }

    @Test
    void theEnginesOwnWordsAreKept() {
        try (EngineClient engine = engine()) {
            assertThatThrownBy(() -> engine.send(EngineRequest.get("services", "no/such service")))
                    .isInstanceOfSatisfying(EngineException.class, e -> {
                        assertThat(e.status()).hasValue(404);
                        assertThat(e)
                                .hasMessageStartingWith(
                                        "GET /v" + engine.version() + "/services/no%2Fsuch%20service: 404 ");
                    });
        }
    }

    @Test
    void bothOutputsOfAContainerAreTold() {
        String image = LabVariable.of("PRODSTACK_TEST_IMAGE");
        try (EngineClient engine = engine()) {
            String id = startContainer(engine, image, "echo one; echo two >&2; echo three; exec sleep 60");
            try (LogFrames frames = engine.frames(EngineRequest.get("containers", id, "logs")
                    .with("stdout", "1")
                    .with("stderr", "1")
                    .with("follow", "1"))) {
                List<LogFrame> seen = new ArrayList<>();
                while (seen.size() < 3) {
                    seen.add(frames.next().orElseThrow());
                }
                assertThat(seen)
                        .extracting(LogFrame::toString)
                        .containsExactlyInAnyOrder("STDOUT: one\n", "STDERR: two\n", "STDOUT: three\n");
            } finally {
                engine.send(EngineRequest.delete("containers", id).with("force", "1"));
            }
        }
    }

    private static String startContainer(EngineClient engine, String image, String script) {
        // Pulling tells its progress, and has ended when there is no more to tell.
        try (JsonStream progress =
                engine.objects(EngineRequest.post("images", "create").with("fromImage", image))) {
            Optional<JsonNode> step = progress.next();
            while (step.isPresent()) {
                assertThat(step.get().path("error").asText()).isEmpty();
                step = progress.next();
            }
        }
        ObjectNode container = JSON.createObjectNode().put("Image", image);
        container.putArray("Cmd").add("sh").add("-c").add(script);
        String id = engine.send(EngineRequest.post("containers", "create").sending(container))
                .path("Id")
                .asText();
        engine.send(EngineRequest.post("containers", id, "start"));
        return id;
    }
}
