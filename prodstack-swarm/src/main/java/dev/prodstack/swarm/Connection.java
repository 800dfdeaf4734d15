package dev.prodstack.swarm;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which engine to connect to, and how long to wait for it.
 *
 * <p>Without a host and a context it is the engine that the Docker command line would talk to: that of
 * {@code DOCKER_HOST}, else of {@code DOCKER_CONTEXT}, else of the context chosen by {@code docker context use}, else
 * the one on this machine. {@code DOCKER_TLS_VERIFY}, {@code DOCKER_CERT_PATH} and {@code DOCKER_CONFIG} have their
 * usual meaning.
 *
 * @param host an address in the form of {@code DOCKER_HOST}, such as {@code tcp://10.0.0.5:2376} or
 *     {@code ssh://admin@manager}
 * @param context the name of a Docker context; not together with a host
 * @param environment the environment variables
 * @param home the home directory, in which {@code .docker} is looked for
 * @param connectWithin how long to wait for a connection
 * @param answerWithin how long to wait for an answer
 */
public record Connection(
        Optional<String> host,
        Optional<String> context,
        Map<String, String> environment,
        Path home,
        Duration connectWithin,
        Duration answerWithin) {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);

    /** Copies the environment and checks that at most one of host and context is given. */
    public Connection {
        environment = Map.copyOf(environment);
        Objects.requireNonNull(home, "home");
        if (host.isPresent() && context.isPresent()) {
            throw new IllegalArgumentException(
                    "either a host or a context, not both: " + host.get() + " and " + context.get());
        }
    }

    /** The engine that the Docker command line would talk to in this environment. */
    public static Connection from(Map<String, String> environment, Path home) {
        return new Connection(Optional.empty(), Optional.empty(), environment, home, CONNECT_WITHIN, ANSWER_WITHIN);
    }

    /** The engine that the Docker command line would talk to in the environment of this process. */
    public static Connection fromEnvironment() {
        return from(System.getenv(), Path.of(System.getProperty("user.home", "/")));
    }

    /** The same with the engine at an address, whatever the environment says. */
    public Connection to(String address) {
        return new Connection(Optional.of(address), context, environment, home, connectWithin, answerWithin);
    }

    /** The same with the engine of a Docker context, whatever the environment says. */
    public Connection inContext(String name) {
        return new Connection(host, Optional.of(name), environment, home, connectWithin, answerWithin);
    }

    /** The same with other deadlines. */
    public Connection waiting(Duration forConnection, Duration forAnswer) {
        return new Connection(host, context, environment, home, forConnection, forAnswer);
    }
}
