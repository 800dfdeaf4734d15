package dev.prodstack.swarm.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.swarm.problem.EngineException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the engine as the Docker command line does: what is named explicitly, then {@code DOCKER_HOST}, then
 * {@code DOCKER_CONTEXT}, then the context chosen by {@code docker context use}, then {@code /var/run/docker.sock}.
 *
 * <p>An address from {@code DOCKER_HOST} or named explicitly is spoken to over TLS if {@code DOCKER_TLS_VERIFY} is not
 * empty, with {@code ca.pem}, {@code cert.pem} and {@code key.pem} of {@code DOCKER_CERT_PATH}, or else of Docker's
 * configuration directory. A context brings its own. TLS without verification, which the Docker command line offers, is
 * refused: whoever answers there would get every secret of the stack.
 *
 * @param environment the environment variables; an empty one is as good as none
 * @param home the home directory, which has {@code .docker} unless {@code DOCKER_CONFIG} says otherwise
 */
public record EngineFinder(Map<String, String> environment, Path home) {
    private static final String DEFAULT_CONTEXT = "default";

    /** Copies the environment. */
    public EngineFinder {
        environment = Map.copyOf(environment);
    }

    /**
     * Finds the engine.
     *
     * @throws EngineException if what is found is wrong
     */
    public EngineEndpoint find() {
        Optional<String> host = variable("DOCKER_HOST");
        if (host.isPresent()) {
            return at(host.get(), "DOCKER_HOST");
        }
        Optional<String> context = variable("DOCKER_CONTEXT");
        if (context.isPresent()) {
            return inContext(context.get(), "DOCKER_CONTEXT");
        }
        DockerConfiguration configuration = configuration();
        Optional<String> current = configuration.currentContext();
        if (current.isPresent()) {
            return inContext(current.get(), configuration.file().toString());
        }
        return nowhereInParticular();
    }

    /**
     * The engine at an address in the form of {@code DOCKER_HOST}.
     *
     * @throws EngineException if it is no address
     */
    public EngineEndpoint at(String host) {
        return at(host, "the address given");
    }

    /**
     * The engine of a Docker context.
     *
     * @throws EngineException if there is no such context, or it is broken
     */
    public EngineEndpoint inContext(String name) {
        return inContext(name, "the context given");
    }

    /**
     * What the Docker command line's {@code config.json} says.
     *
     * @return its content; a missing node if there is no such file
     * @throws EngineException if it cannot be read
     */
    public JsonNode settings() {
        return configuration().settings();
    }

    private EngineEndpoint at(String host, String origin) {
        return new EngineEndpoint(EngineAddress.parse(host, tlsFromEnvironment()), origin);
    }

    private EngineEndpoint inContext(String name, String origin) {
        if (name.equals(DEFAULT_CONTEXT)) {
            Optional<String> host = variable("DOCKER_HOST");
            return host.isPresent() ? at(host.get(), "DOCKER_HOST") : nowhereInParticular();
        }
        return new EngineEndpoint(
                configuration().contextAddress(name, origin), "Docker context \"" + name + "\", named by " + origin);
    }

    private EngineEndpoint nowhereInParticular() {
        Optional<TlsFiles> tls = tlsFromEnvironment();
        return tls.isPresent()
                ? new EngineEndpoint(EngineAddress.parse("tcp://localhost:2376", tls), "DOCKER_TLS_VERIFY")
                : new EngineEndpoint(EngineAddress.DEFAULT, "Docker's default");
    }

    private Optional<TlsFiles> tlsFromEnvironment() {
        if (variable("DOCKER_TLS_VERIFY").isEmpty()) {
            if (variable("DOCKER_TLS").isPresent()) {
                throw EngineException.address(
                        "DOCKER_TLS asks for TLS without verifying the engine's certificate",
                        "set DOCKER_TLS_VERIFY=1, and DOCKER_CERT_PATH to a directory with ca.pem");
            }
            return Optional.empty();
        }
        Path directory = variable("DOCKER_CERT_PATH").map(Path::of).orElseGet(this::configurationDirectory);
        if (!Files.isReadable(directory.resolve("ca.pem"))) {
            throw EngineException.address(
                    "DOCKER_TLS_VERIFY is set, but " + directory.resolve("ca.pem") + " cannot be read",
                    "set DOCKER_CERT_PATH to the directory with ca.pem, cert.pem and key.pem");
        }
        return Optional.of(DockerConfiguration.tlsFiles(directory));
    }

    private DockerConfiguration configuration() {
        return new DockerConfiguration(configurationDirectory());
    }

    private Path configurationDirectory() {
        return variable("DOCKER_CONFIG").map(Path::of).orElseGet(() -> home.resolve(".docker"));
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }
}
