package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.cli.display.Excerpts;
import dev.prodstack.cli.display.Messages;
import dev.prodstack.cli.display.Results;
import dev.prodstack.cli.display.Style;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.cli.settings.Settings;
import dev.prodstack.swarm.Connection;
import dev.prodstack.swarm.problem.EngineException;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ConnectionOptionsTest {
    @TempDir
    Path directory;

    private Connection connection(String arguments, String variables, String file) throws Exception {
        if (!file.isEmpty()) {
            Files.writeString(directory.resolve(Settings.PROJECT_FILE), file.replace("; ", "\n"));
        }
        Map<String, String> environment = new HashMap<>(Map.of("HOME", "/home/me"));
        for (String variable : variables.split(" ", -1)) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                environment.put(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
        ConnectionOptions options = new ConnectionOptions();
        new CommandLine(CommandLine.Model.CommandSpec.create().addMixin("connection", spec(options)))
                .parseArgs(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1));
        return ConnectionOptions.connection(context(options, environment));
    }

    private static CommandLine.Model.CommandSpec spec(ConnectionOptions options) {
        return CommandLine.Model.CommandSpec.forAnnotatedObject(options);
    }

    private Context context(ConnectionOptions options, Map<String, String> environment) {
        Surroundings surroundings = new Surroundings(
                new ByteArrayInputStream(new byte[0]),
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(),
                Style.Sink.OTHER,
                Style.Sink.OTHER,
                environment,
                directory);
        Excerpts excerpts = new Excerpts(directory);
        Messages.Manner manner = new Messages.Manner(
                Style.PLAIN, Messages.Reader.PERSON, Messages.Volume.NORMAL, Messages.Depth.FOR_USERS);
        return new Context(
                surroundings,
                Settings.resolve(options.settings(), environment, List.of(directory.resolve(Settings.PROJECT_FILE))),
                new Results(surroundings.out()),
                new Messages(surroundings.err(), manner, excerpts),
                excerpts);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            emptyValue = "",
            value = {
                "''          | ''                                       | ''                   | -     | -",
                "-H tcp://a  | DOCKER_HOST=tcp://b                      | ''                   | tcp://a | -",
                "-c one      | DOCKER_HOST=tcp://b                      | 'host: tcp://c'      | -     | one",
                "''          | DOCKER_HOST=tcp://b                      | 'host: tcp://c'      | -     | -",
                "''          | DOCKER_CONTEXT=one                       | 'host: tcp://c'      | -     | -",
                "''          | PRODSTACK_HOST=tcp://b DOCKER_HOST=tcp://x | 'host: tcp://c'    | tcp://b | -",
                "''          | PRODSTACK_CONTEXT=one                    | 'host: tcp://c'      | -     | one",
                "''          | ''                                       | 'host: tcp://c'      | tcp://c | -",
                "''          | ''                                       | 'context: one'       | -     | one",
                "''          | ''                                       | 'host: tcp://c; context: one' | tcp://c | -",
            })
    void theWordClosestToTheCommandLineCounts(
            String arguments, String variables, String file, String host, String context) throws Exception {
        Connection connection = connection(arguments, variables, file);
        assertThat(connection.host().orElse(null)).isEqualTo(host);
        assertThat(connection.context().orElse(null)).isEqualTo(context);
        assertThat(connection.home()).isEqualTo(Path.of("/home/me"));
    }

    @Test
    void theTimeoutIsADuration() throws Exception {
        assertThat(connection("", "", "").connectWithin()).isEqualTo(Duration.ofSeconds(10));
        assertThat(connection("--connect-timeout 1m30s", "", "").connectWithin())
                .isEqualTo(Duration.ofSeconds(90));
        assertThat(connection("", "", "connect-timeout: 250ms").connectWithin()).isEqualTo(Duration.ofMillis(250));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--connect-timeout soon", "--connect-timeout 0", "-H tcp://a -c one"})
    void whatMakesNoSenseIsAMistakeOfUsage(String arguments) {
        assertThatThrownBy(() -> connection(arguments, "", "")).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.code()).isEqualTo(ExitCode.USAGE);
            assertThat(failure.fix()).isNotEmpty();
        });
    }

    @Test
    void anEngineThatRefusesIsQuotedWithTheRequestAndOneThatIsNotThereWithout() {
        Failure refused = ConnectionOptions.failure(
                EngineException.refused(503, "GET /v1.41/services", "503 not a manager", "connect to a manager"));
        assertThat(refused.message()).isEqualTo("GET /v1.41/services: 503 not a manager");
        assertThat(refused.fix()).isEqualTo("connect to a manager");
        Failure absent = ConnectionOptions.failure(EngineException.of(
                EngineException.Kind.UNREACHABLE, "GET /_ping", "no engine at tcp://a:1", "start it"));
        assertThat(absent.message()).isEqualTo("no engine at tcp://a:1");
        assertThat(absent.code()).isEqualTo(ExitCode.FAILED);
    }
}
