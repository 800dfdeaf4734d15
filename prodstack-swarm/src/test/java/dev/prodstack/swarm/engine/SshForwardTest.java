package dev.prodstack.swarm.engine;

import static dev.prodstack.swarm.engine.ScriptedEngine.json;
import static dev.prodstack.swarm.engine.ScriptedEngine.saying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.swarm.engine.EngineAddress.Ssh;
import dev.prodstack.swarm.problem.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class SshForwardTest {
    private static final Deadlines PATIENT = new Deadlines(Duration.ofSeconds(20), Duration.ofSeconds(20));

    /** The Docker command line 28 runs the same command. */
    @ParameterizedTest
    @MethodSource
    void runsSshAsTheDockerCommandLineDoes(Ssh address, String expected) {
        assertThat(String.join(" ", SshForward.command(address, Duration.ofSeconds(30))))
                .isEqualTo(expected);
    }

    static Stream<Arguments> runsSshAsTheDockerCommandLineDoes() {
        return Stream.of(
                Arguments.of(
                        new Ssh(Optional.empty(), "manager", OptionalInt.empty(), Optional.empty()),
                        "ssh -o ConnectTimeout=30 -T -- manager docker system dial-stdio"),
                Arguments.of(
                        new Ssh(Optional.of("me"), "manager", OptionalInt.of(23), Optional.of("/run/it's.sock")),
                        "ssh -o ConnectTimeout=30 -T -l me -p 23 -- manager docker"
                                + " --host 'unix:///run/it'\\''s.sock' system dial-stdio"));
    }

    @Test
    void whatOneSideSaysTheOtherHears() throws IOException {
        String big = "[\"" + "x".repeat(1_000_000) + "\"]";
        try (ScriptedEngine engine = ScriptedEngine.onPort(saying(json("200 OK", big)));
                SshForward forward = SshForward.running(dialing(engine));
                EngineClient client = EngineClient.connect(through(forward), PATIENT)) {
            client.send(EngineRequest.post("echo").sending(Json.parse(big)));
            assertThat(engine.heard().get(0).body()).isEqualTo(big);
            assertThat(client.send(EngineRequest.get("again")).toString()).isEqualTo(big);
        }
    }

    /** A stand-in for ssh: what comes on standard input goes to the port, and back. */
    private static List<String> dialing(ScriptedEngine engine) {
        int port = ((EngineAddress.Network) engine.address()).port();
        String script = "exec 3<>/dev/tcp/127.0.0.1/" + port + "; cat <&3 & cat >&3; kill %1";
        return List.of("bash", "-c", script);
    }

    @Test
    void whatSshComplainsAboutIsKept() throws Exception {
        List<String> failing = List.of("sh", "-c", "echo first >&2; echo 'no route to manager' >&2; exit 255");
        try (SshForward forward = SshForward.running(failing)) {
            assertThat(forward.complaint()).isEmpty();
            assertThatThrownBy(() -> EngineClient.connect(through(forward), PATIENT))
                    .isInstanceOf(EngineException.class);
            assertThat(forward.complaint()).hasValue("no route to manager");
        }
    }

    @Test
    void aCommandThatIsNotInstalledIsSaid() {
        try (SshForward forward = SshForward.running(List.of("no-such-ssh"))) {
            assertThatThrownBy(() -> EngineClient.connect(through(forward), PATIENT))
                    .isInstanceOf(EngineException.class);
            assertThat(forward.complaint().orElseThrow()).contains("no-such-ssh");
        }
    }

    @Test
    void anEngineThatSshDoesNotReachIsSaid() {
        Ssh nobody = new Ssh(Optional.empty(), "127.0.0.1", OptionalInt.of(1), Optional.empty());

        assertThatThrownBy(() -> EngineClient.connect(new EngineEndpoint(nobody, "DOCKER_HOST"), PATIENT))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.UNREACHABLE))
                .hasMessageContaining("ssh does not lead to the engine of ssh://127.0.0.1:1 (from DOCKER_HOST): ")
                .hasMessageContaining("try it: ssh -p 1 127.0.0.1 docker version");
    }

    @Test
    void closingLeavesNothingBehind() throws Exception {
        Path directory;
        try (ScriptedEngine engine = ScriptedEngine.onPort(saying(json("200 OK", "[]")));
                SshForward forward = SshForward.running(dialing(engine));
                EngineClient client = EngineClient.connect(through(forward), PATIENT)) {
            directory = forward.socket().getParent();
            assertThat(directory).exists();
            assertThat(Files.getPosixFilePermissions(directory)).hasSize(3);
            assertThat(client.version()).hasToString("1.41");
        }
        assertThat(directory).doesNotExist();
    }

    private static EngineEndpoint through(SshForward forward) {
        return new EngineEndpoint(new EngineAddress.LocalSocket(forward.socket()), "a test");
    }
}
