package dev.prodstack.cli;

import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.cli.settings.Effective;
import dev.prodstack.cli.settings.Origin;
import dev.prodstack.cli.settings.Setting;
import dev.prodstack.cli.settings.Settings;
import dev.prodstack.swarm.Connection;
import dev.prodstack.swarm.Swarm;
import dev.prodstack.swarm.problem.EngineException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say which engine is talked to. */
final class ConnectionOptions {
    @Option(
            names = {"-H", "--host"},
            paramLabel = "ADDRESS",
            description = "The engine's address, such as unix:///run/docker.sock, tcp://10.0.0.5:2376 or "
                    + "ssh://admin@manager (env: DOCKER_HOST).")
    private Optional<String> host = Optional.empty();

    @Option(
            names = {"-c", "--context"},
            paramLabel = "NAME",
            description = "The Docker context that says where the engine is (env: DOCKER_CONTEXT).")
    private Optional<String> context = Optional.empty();

    @Option(
            names = "--connect-timeout",
            paramLabel = "DURATION",
            description = "How long to wait for a connection to the engine; by default 10s.")
    private Optional<String> connectTimeout = Optional.empty();

    /** The settings among them that were given. */
    Map<Setting, Effective> settings() {
        Map<Setting, Effective> given = new EnumMap<>(Setting.class);
        put(given, Setting.HOST, host);
        put(given, Setting.CONTEXT, context);
        put(given, Setting.CONNECT_TIMEOUT, connectTimeout);
        return given;
    }

    private static void put(Map<Setting, Effective> given, Setting setting, Optional<String> value) {
        value.ifPresent(word ->
                given.put(setting, new Effective(List.of(word), new Origin.CommandLine("--" + setting.key()))));
    }

    /**
     * Connects to the engine that the settings mean.
     *
     * @throws EngineException if there is none
     * @throws Failure if the settings make no sense
     */
    static Swarm connect(Context context) {
        return Swarm.connect(connection(context));
    }

    /** The connection that the settings mean. */
    static Connection connection(Context context) {
        Map<String, String> environment = context.surroundings().environment();
        String home = environment.getOrDefault("HOME", System.getProperty("user.home", "/"));
        Settings settings = context.settings();
        Connection connection = Connection.from(environment, Path.of(home));
        Duration timeout = settings.word(Setting.CONNECT_TIMEOUT)
                .map(word -> Durations.option("--connect-timeout", word))
                .orElse(connection.connectWithin());
        return where(connection.waiting(timeout, connection.answerWithin()), settings);
    }

    /** Of host and context the one that was said closer to the command line; of two said together the host. */
    private static Connection where(Connection connection, Settings settings) {
        Effective host = settings.get(Setting.HOST);
        Effective context = settings.get(Setting.CONTEXT);
        if (distance(host) == 0 && distance(context) == 0) {
            throw Failure.usage("--host and --context both say where the engine is", "give one of them");
        }
        boolean byHost = distance(host) <= distance(context);
        Effective closest = byHost ? host : context;
        // What Docker's own variables say is left to the client, which then can say who said it.
        boolean saidToDocker = closest.origin() instanceof Origin.Environment environment
                && environment.variable().startsWith("DOCKER_");
        if (!closest.isSet() || saidToDocker) {
            return connection;
        }
        String value = String.join("", closest.values());
        return byHost ? connection.to(value) : connection.inContext(value);
    }

    private static int distance(Effective setting) {
        if (setting.origin() instanceof Origin.CommandLine) {
            return 0;
        }
        return setting.origin() instanceof Origin.Environment ? 1 : setting.isSet() ? 2 : 3;
    }

    /** What went wrong between the command and the engine, in the form of every failure. */
    static Failure failure(EngineException e) {
        boolean answered = e.kind() == EngineException.Kind.REFUSED || e.kind() == EngineException.Kind.GARBLED;
        String request = answered ? e.request() + ": " : "";
        return Failure.failed(request + e.reason(), e.fix(), e);
    }
}
