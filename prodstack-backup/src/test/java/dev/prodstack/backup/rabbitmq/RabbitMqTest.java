package dev.prodstack.backup.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.server.Account;
import dev.prodstack.backup.server.Origin;
import dev.prodstack.backup.server.RunningServer;
import dev.prodstack.backup.server.Server;
import dev.prodstack.backup.server.StoredPart;
import dev.prodstack.backup.storage.DirectoryStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real RabbitMQ's definitions, and back. */
@Tag("engine")
@Timeout(240)
class RabbitMqTest {
    private static final Origin ORIGIN = new Origin("shop", "rabbitmq", "rabbitmq", "b1");

    @TempDir
    Path directory;

    private Broker broker(int port) throws IOException {
        Path password = Files.writeString(directory.resolve("guest"), "guest\n");
        return new Broker(new Server("127.0.0.1", port), new Account("guest", password));
    }

    private static void send(Broker broker, String method, String path, String body) throws Exception {
        broker.http().ask("prepare", method, "/api/" + path, body.getBytes(StandardCharsets.UTF_8));
    }

    /** The definitions, without order and without what differs from one export to the next. */
    private static Map<String, Set<String>> all(Broker broker) throws Exception {
        JsonNode json = RabbitMqBackup.JSON.readTree(broker.http().ask("read", "GET", "/api/definitions", new byte[0]));
        Map<String, Set<String>> all = new HashMap<>();
        for (var kind : json.properties()) {
            Set<String> each = new TreeSet<>();
            kind.getValue().forEach(one -> each.add(one.toString()));
            all.put(kind.getKey(), each);
        }
        return all;
    }

    @Test
    void definitionsComeBack() throws Exception {
        int port = RunningServer.freePort();
        try (RunningServer names = names();
                RunningServer server = server(port)) {
            names.awaitPort(namesPort);
            server.awaitPort(port);
            Broker broker = broker(port);
            send(broker, "PUT", "vhosts/shop", "");
            send(broker, "PUT", "users/app", "{\"password\": \"secret\", \"tags\": \"\"}");
            send(broker, "PUT", "permissions/shop/app", "{\"configure\": \"\", \"write\": \".*\", \"read\": \".*\"}");
            send(
                    broker,
                    "PUT",
                    "permissions/shop/guest",
                    "{\"configure\": \".*\", \"write\": \".*\", \"read\": \".*\"}");
            send(broker, "PUT", "queues/shop/jobs", "{\"durable\": true, \"arguments\": {\"x-max-length\": 7}}");
            send(broker, "PUT", "exchanges/shop/events", "{\"type\": \"topic\", \"durable\": true}");
            send(broker, "POST", "bindings/shop/e/events/q/jobs", "{\"routing_key\": \"a.*\"}");
            send(broker, "PUT", "policies/shop/p", "{\"pattern\": \"^j\", \"definition\": {\"max-length\": 9}}");
            Map<String, Set<String>> before = all(broker);
            try (Repository repository =
                    Repository.init(DirectoryStorage.at(directory.resolve("repository")), "secret".toCharArray())) {
                StoredPart part = RabbitMqBackup.of(broker).to(repository, ORIGIN);
                assertThat(part.facts()).containsEntry("queues", "1").containsEntry("users", "2");
                send(broker, "DELETE", "vhosts/shop", "");
                send(broker, "DELETE", "users/app", "");
                assertThat(all(broker)).isNotEqualTo(before);
                RabbitMqRestore.of(repository, repository.snapshots().get(0)).into(broker);
                assertThat(all(broker)).isEqualTo(before);

                Path wrong = Files.writeString(directory.resolve("wrong"), "nobody's");
                Broker theirs = new Broker(broker.server(), new Account("guest", wrong));
                assertThatThrownBy(() -> RabbitMqBackup.of(theirs).to(repository, ORIGIN))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining(
                                "RabbitMQ at 127.0.0.1:" + port + ": cannot export the definitions: it answers 401")
                        .hasMessageContaining("See that user and password file are right.");
            }
        }
    }

    private final int namesPort = RunningServer.freePort();

    /** Erlang would start one of its own, which outlives the server. */
    private RunningServer names() throws Exception {
        return RunningServer.start(
                directory,
                Map.of(),
                List.of(RunningServer.program("/usr/bin/epmd", "erlang-base"), "-port", "" + namesPort));
    }

    private RunningServer server(int port) throws Exception {
        Files.writeString(directory.resolve("plugins"), "[rabbitmq_management].\n");
        Files.writeString(
                directory.resolve("rabbitmq.conf"),
                "listeners.tcp.1 = 127.0.0.1:" + RunningServer.freePort() + "\nmanagement.tcp.ip = 127.0.0.1\n"
                        + "management.tcp.port = " + port + "\nlog.console = true\nlog.file = false\n");
        Map<String, String> environment = new HashMap<>();
        environment.put("HOME", directory.toString());
        environment.put("ERL_EPMD_PORT", "" + namesPort);
        environment.put("RABBITMQ_NODENAME", "b" + port + "@localhost");
        environment.put("RABBITMQ_DIST_PORT", "" + RunningServer.freePort());
        environment.put(
                "RABBITMQ_CONFIG_FILE", directory.resolve("rabbitmq.conf").toString());
        environment.put(
                "RABBITMQ_ENABLED_PLUGINS_FILE", directory.resolve("plugins").toString());
        environment.put("RABBITMQ_MNESIA_BASE", directory.resolve("data").toString());
        environment.put("RABBITMQ_LOG_BASE", directory.toString());
        environment.put("RABBITMQ_PID_FILE", directory.resolve("pid").toString());
        environment.put("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "+S 2:2");
        return RunningServer.start(
                directory,
                environment,
                List.of(RunningServer.program("/usr/lib/rabbitmq/bin/rabbitmq-server", "rabbitmq-server")));
    }
}
