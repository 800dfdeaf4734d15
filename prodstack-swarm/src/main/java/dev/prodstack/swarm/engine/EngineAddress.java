package dev.prodstack.swarm.engine;

import dev.prodstack.swarm.problem.EngineException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** Where an engine listens. */
public sealed interface EngineAddress {
    /** Where an engine listens that nobody told to listen elsewhere. */
    EngineAddress DEFAULT = new LocalSocket(Path.of("/var/run/docker.sock"));

    /**
     * A Unix socket.
     *
     * @param path the socket's path
     */
    record LocalSocket(Path path) implements EngineAddress {
        @Override
        public String toString() {
            return "unix://" + path;
        }
    }

    /**
     * A Windows named pipe.
     *
     * @param name the pipe's name with slashes, {@code //./pipe/docker_engine}
     */
    record NamedPipe(String name) implements EngineAddress {
        @Override
        public String toString() {
            return "npipe://" + name;
        }
    }

    /**
     * A TCP port.
     *
     * @param host a host name, an IPv4 address, or an IPv6 address in brackets
     * @param port the port
     * @param basePath what comes before every path of the API, without a slash at its end; mostly empty
     * @param tls how TLS is spoken; absent for plain HTTP
     */
    record Network(String host, int port, String basePath, Optional<TlsFiles> tls) implements EngineAddress {
        @Override
        public String toString() {
            return (tls.isPresent() ? "https://" : "http://") + host + ":" + port + basePath;
        }
    }

    /**
     * An engine on a host reached by {@code ssh}.
     *
     * @param user the user to log in as, in place of what ssh would choose
     * @param host the host, as ssh knows it
     * @param port the port, in place of what ssh would choose
     * @param socket the path of the engine's socket there, in place of what its docker command would choose
     */
    record Ssh(Optional<String> user, String host, OptionalInt port, Optional<String> socket) implements EngineAddress {
        @Override
        public String toString() {
            return "ssh://" + user.map(name -> name + "@").orElse("") + host
                    + (port.isPresent() ? ":" + port.getAsInt() : "") + socket.orElse("");
        }
    }

    /**
     * Reads an address in the forms of {@code DOCKER_HOST}: {@code unix:///run/docker.sock}, {@code tcp://host:2376},
     * {@code npipe:////./pipe/docker_engine}, {@code ssh://user@host}; also {@code http://host:port} and
     * {@code https://host:port}, which say whether TLS is spoken. Without a scheme it is tcp. What is left out of tcp
     * is {@code localhost} and 2375, as in the Docker command line.
     *
     * @param text the address
     * @param tls how to speak TLS with tcp; unix, npipe and ssh do not use it
     * @throws EngineException if the text is no address; the message says what was expected
     */
    static EngineAddress parse(String text, Optional<TlsFiles> tls) {
        return AddressReader.read(text.strip(), tls);
    }
}
