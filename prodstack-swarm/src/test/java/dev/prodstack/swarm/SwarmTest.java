package dev.prodstack.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prodstack.swarm.Membership.ManagerNode;
import dev.prodstack.swarm.Membership.NoSwarm;
import dev.prodstack.swarm.Membership.Unsettled;
import dev.prodstack.swarm.Membership.WorkerNode;
import dev.prodstack.swarm.problem.EngineException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SwarmTest {
    @ParameterizedTest
    @MethodSource
    void readsWhatAnEngineIsInASwarm(String swarm, Membership expected) throws IOException {
        JsonNode info = tree("{\"Name\": \"n1\", \"ServerVersion\": \"26.1.5\", \"Swarm\": " + swarm + "}");

        assertThat(SwarmInfo.of(info, "1.45")).isEqualTo(new SwarmInfo("n1", "26.1.5", "1.45", expected));
    }

    static Stream<Arguments> readsWhatAnEngineIsInASwarm() {
        return Stream.of(
                Arguments.of("{\"LocalNodeState\": \"inactive\", \"ControlAvailable\": false}", new NoSwarm()),
                Arguments.of("null", new NoSwarm()),
                Arguments.of(
                        "{\"LocalNodeState\": \"active\", \"ControlAvailable\": true, \"NodeID\": \"a\","
                                + " \"Nodes\": 5, \"Managers\": 3, \"Cluster\": {\"ID\": \"c\"}}",
                        new ManagerNode("a", "c", 3, 5)),
                Arguments.of(
                        "{\"LocalNodeState\": \"active\", \"ControlAvailable\": false, \"NodeID\": \"a\"}",
                        new WorkerNode("a")),
                Arguments.of("{\"LocalNodeState\": \"pending\"}", new Unsettled("pending", "")),
                Arguments.of(
                        "{\"LocalNodeState\": \"locked\", \"Error\": \"encrypted\"}",
                        new Unsettled("locked", "encrypted")));
    }

    @ParameterizedTest
    @MethodSource
    void readsEvents(String json, SwarmEvent expected) throws IOException {
        assertThat(SwarmEvent.of(tree(json))).isEqualTo(expected);
    }

    static Stream<Arguments> readsEvents() {
        return Stream.of(
                Arguments.of(
                        "{\"Type\": \"service\", \"Action\": \"update\", \"Actor\": {\"ID\": \"s1\", \"Attributes\":"
                                + " {\"name\": \"web\", \"replicas.new\": \"3\"}}, \"scope\": \"swarm\","
                                + " \"time\": 1700000000, \"timeNano\": 1700000000123456789}",
                        new SwarmEvent(
                                Instant.ofEpochSecond(1700000000, 123456789),
                                "service",
                                "update",
                                "s1",
                                Map.of("name", "web", "replicas.new", "3"))),
                Arguments.of(
                        "{\"Type\": \"node\", \"Action\": \"create\", \"time\": 1700000000}",
                        new SwarmEvent(Instant.ofEpochSecond(1700000000), "node", "create", "", Map.of())));
    }

    @Test
    void saysWhereNoEngineWasFound(@TempDir Path home) {
        Connection nowhere = Connection.from(Map.of("DOCKER_HOST", "unix://" + home.resolve("no.sock")), home);

        assertThatThrownBy(() -> Swarm.connect(nowhere))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("no engine at unix://" + home.resolve("no.sock") + " (from DOCKER_HOST)");
        assertThatThrownBy(() -> Swarm.connect(nowhere.to("unix://" + home.resolve("other.sock"))))
                .hasMessageContaining("other.sock (from the address given)");
        assertThatThrownBy(() -> Swarm.connect(nowhere.inContext("prod")))
                .hasMessageContaining("Docker context \"prod\", named by the context given, does not exist");
    }

    @Test
    void aHostAndAContextContradictEachOther(@TempDir Path home) {
        Connection to = Connection.from(Map.of(), home).to("unix:///a.sock");

        assertThatThrownBy(() -> to.inContext("prod")).hasMessageContaining("either a host or a context, not both");
    }

    @Test
    void aDeadlineIsLongerThanNothing(@TempDir Path home) {
        Connection hasty = Connection.from(Map.of(), home).waiting(Duration.ofSeconds(1), Duration.ZERO);

        assertThatThrownBy(() -> Swarm.connect(hasty)).hasMessageContaining("a deadline is longer than nothing");
    }

    private static JsonNode tree(String json) throws IOException {
        return new ObjectMapper().readTree(json);
    }
}
