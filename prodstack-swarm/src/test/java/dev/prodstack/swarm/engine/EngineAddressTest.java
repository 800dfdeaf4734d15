package dev.prodstack.swarm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.swarm.engine.EngineAddress.LocalSocket;
import dev.prodstack.swarm.engine.EngineAddress.NamedPipe;
import dev.prodstack.swarm.engine.EngineAddress.Network;
import dev.prodstack.swarm.engine.EngineAddress.Ssh;
import dev.prodstack.swarm.problem.EngineException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EngineAddressTest {
    private static final Optional<TlsFiles> NO_TLS = Optional.empty();

    /** The forms were compared with what the Docker command line 28 connects to. */
    @ParameterizedTest
    @MethodSource
    void readsTheFormsOfDockerHost(String text, EngineAddress expected) {
        assertThat(EngineAddress.parse(text, NO_TLS)).isEqualTo(expected);
    }

    static Stream<Arguments> readsTheFormsOfDockerHost() {
        return Stream.of(
                Arguments.of("unix:///run/docker.sock", new LocalSocket(Path.of("/run/docker.sock"))),
                Arguments.of(" unix:///run/docker.sock ", new LocalSocket(Path.of("/run/docker.sock"))),
                Arguments.of("unix://docker.sock", new LocalSocket(Path.of("docker.sock"))),
                Arguments.of("unix://", new LocalSocket(Path.of("/var/run/docker.sock"))),
                Arguments.of("npipe:////./pipe/docker_engine", new NamedPipe("//./pipe/docker_engine")),
                Arguments.of("tcp://10.0.0.5:4243", network("10.0.0.5", 4243, "")),
                Arguments.of("TCP://manager-1.example.com", network("manager-1.example.com", 2375, "")),
                Arguments.of("tcp://", network("localhost", 2375, "")),
                Arguments.of("tcp://:4243", network("localhost", 4243, "")),
                Arguments.of("tcp://host:4243/docker/", network("host", 4243, "/docker")),
                Arguments.of("tcp://[fd00::5]:4243", network("[fd00::5]", 4243, "")),
                Arguments.of("10.0.0.5", network("10.0.0.5", 2375, "")),
                Arguments.of("10.0.0.5:4243", network("10.0.0.5", 4243, "")),
                Arguments.of(":4243", network("localhost", 4243, "")),
                Arguments.of("http://host", network("host", 80, "")),
                Arguments.of("https://host", new Network("host", 443, "", Optional.of(TlsFiles.NONE))),
                Arguments.of("ssh://manager", ssh(Optional.empty(), OptionalInt.empty(), Optional.empty())),
                Arguments.of("ssh://me@manager", ssh(Optional.of("me"), OptionalInt.empty(), Optional.empty())),
                Arguments.of(
                        "ssh://me@manager:23/run/d.sock",
                        ssh(Optional.of("me"), OptionalInt.of(23), Optional.of("/run/d.sock"))));
    }

    private static EngineAddress network(String host, int port, String basePath) {
        return new Network(host, port, basePath, NO_TLS);
    }

    private static EngineAddress ssh(Optional<String> user, OptionalInt port, Optional<String> socket) {
        return new Ssh(user, "manager", port, socket);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            foo://host           | expected unix://, tcp://, http://, https://, npipe:// or ssh:// (correct the scheme)
            /var/run/docker.sock | expected a host before the first slash (for a socket write unix:///var/run/docker.sock)
            tcp://host:99999     | port 99999 is not in 1-65535
            tcp://host:0         | port 0 is not in 1-65535
            tcp://host:http      | expected a host and a port (write tcp://host:2376)
            tcp://me@host:2375   | expected a host and a port (write tcp://host:2376)
            tcp://two words      | expected a host and a port (write tcp://host:2376)
            tcp://host?x=1       | expected a host and a port (write tcp://host:2376)
            ssh://               | expected a host (write ssh://user@host)
            ssh://-oProxyCommand | expected a host (write ssh://user@host)
            ssh://-l@host        | a password does not belong here
            """)
    void saysWhatIsWrongWithAnAddress(String text, String expected) {
        assertThatThrownBy(() -> EngineAddress.parse(text, NO_TLS))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void neverRepeatsAPassword() {
        assertThatThrownBy(() -> EngineAddress.parse("ssh://me:sesame@host", NO_TLS))
                .hasMessageContaining("a password does not belong here")
                .hasMessageNotContaining("sesame");
    }

    @Test
    void refusesPlainHttpWhereTlsIsAskedFor() {
        assertThatThrownBy(() -> EngineAddress.parse("http://host", Optional.of(TlsFiles.NONE)))
                .hasMessageContaining("plain http, yet TLS is asked for");
    }

    @Test
    void speaksTlsOverTcpWhereAskedFor() {
        assertThat(EngineAddress.parse("tcp://host:2376", Optional.of(TlsFiles.NONE)))
                .isEqualTo(new Network("host", 2376, "", Optional.of(TlsFiles.NONE)))
                .hasToString("https://host:2376");
    }
}
