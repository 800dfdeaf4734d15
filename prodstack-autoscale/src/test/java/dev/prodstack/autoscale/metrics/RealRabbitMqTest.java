package dev.prodstack.autoscale.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.autoscale.decision.Measurement;
import dev.prodstack.autoscale.decision.Measurement.Failed;
import dev.prodstack.autoscale.decision.Measurement.Total;
import dev.prodstack.core.scaling.MetricSources;
import dev.prodstack.core.scaling.MetricSources.Credentials;
import dev.prodstack.core.scaling.MetricSources.Endpoint;
import dev.prodstack.core.scaling.Signal;
import dev.prodstack.core.scaling.Signal.QueueCount;
import dev.prodstack.core.value.HttpAddress;
import dev.prodstack.core.value.PasswordSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real RabbitMQ with its management plugin. */
@Tag("engine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
class RealRabbitMqTest {
    private static final int MESSAGES = 7;

    private final Path directory;
    private final int api = Server.freePort();
    private final Server names;
    private final Server rabbit;

    RealRabbitMqTest(@TempDir Path directory) throws Exception {
        this.directory = directory;
        String program = Server.program("/usr/lib/rabbitmq/bin/rabbitmq-server", "rabbitmq-server");
        String names = Integer.toString(Server.freePort());
        Files.writeString(directory.resolve("plugins"), "[rabbitmq_management].\n");
        Files.writeString(directory.resolve("guest"), "guest\n");
        Files.writeString(directory.resolve("wrong"), "nobody\n");
        Files.writeString(
                directory.resolve("rabbitmq.conf"),
                "listeners.tcp.1 = 127.0.0.1:" + Server.freePort() + "\nmanagement.tcp.ip = 127.0.0.1\n"
                        + "management.tcp.port = " + api + "\nlog.console = true\nlog.file = false\n"
                        + "collect_statistics_interval = 1000\n");
        Map<String, String> environment = new HashMap<>();
        environment.put("HOME", directory.toString());
        environment.put("ERL_EPMD_PORT", names);
        environment.put("RABBITMQ_NODENAME", "t" + api + "@localhost");
        environment.put("RABBITMQ_DIST_PORT", Integer.toString(Server.freePort()));
        environment.put(
                "RABBITMQ_CONFIG_FILE", directory.resolve("rabbitmq.conf").toString());
        environment.put(
                "RABBITMQ_ENABLED_PLUGINS_FILE", directory.resolve("plugins").toString());
        environment.put("RABBITMQ_MNESIA_BASE", directory.resolve("data").toString());
        environment.put("RABBITMQ_LOG_BASE", directory.toString());
        environment.put("RABBITMQ_PID_FILE", directory.resolve("pid").toString());
        environment.put("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "+S 2:2");
        // Erlang would start one of its own, which outlives the server.
        this.names = Server.start(
                directory, Map.of(), List.of(Server.program("/usr/bin/epmd", "erlang-base"), "-port", names));
        rabbit = Server.start(directory, environment, List.of(program));
    }

    @BeforeAll
    void fill() throws Exception {
        rabbit.awaitAnswer("http://127.0.0.1:" + api + "/api/overview");
        for (String queue : List.of("jobs", "mail")) {
            send("PUT", "queues/%2F/" + queue, "{\"durable\": false}");
        }
        for (int i = 0; i < MESSAGES; i++) {
            send(
                    "POST",
                    "exchanges/%2F/amq.default/publish",
                    "{\"routing_key\": \"jobs\", \"properties\": {}, \"payload\": \"x\", \"payload_encoding\": \"string\"}");
        }
        while (sum(ask(QueueCount.READY_AND_UNACKED, "jobs")) != MESSAGES) {
            Thread.sleep(200);
        }
    }

    @AfterAll
    void stop() {
        rabbit.close();
        names.close();
    }

    private void send(String method, String path, String body) throws Exception {
        Request request = new Request.Builder()
                .url("http://127.0.0.1:" + api + "/api/" + path)
                .header("Authorization", okhttp3.Credentials.basic("guest", "guest"))
                .method(method, RequestBody.create(body, MediaType.get("application/json")))
                .build();
        try (Response answer = new OkHttpClient().newCall(request).execute()) {
            assertThat(answer.code()).as(answer.body().string()).isBetween(200, 299);
        }
    }

    private Measurement ask(QueueCount count, String... queues) {
        return ask("guest", count, queues);
    }

    private Measurement ask(String password, QueueCount count, String... queues) {
        Credentials login = new Credentials.Basic(
                "guest", new PasswordSource.OfFile(directory.resolve(password).toString()));
        MetricSources sources = new MetricSources(
                Duration.ofSeconds(15),
                Optional.empty(),
                Optional.of(new Endpoint(HttpAddress.parse("http://127.0.0.1:" + api), login, Optional.empty())));
        Question question = new Question("shop_worker", new Signal.Queue(List.of(queues), "/", count), List.of());
        Patience patience = new Patience(Duration.ofSeconds(20), Duration.ofSeconds(15), 2);
        try (MetricReader reader = MetricReader.of(sources, new Secrets(directory), patience)) {
            return Objects.requireNonNull(
                    reader.read(List.of(question), Instant.now()).get(question));
        }
    }

    private static double sum(Measurement measurement) {
        return measurement instanceof Total total
                ? total.samples().stream()
                        .mapToDouble(Measurement.Sample::value)
                        .sum()
                : Double.NaN;
    }

    @Test
    void queuesAreCounted() {
        assertThat(sum(ask(QueueCount.READY, "jobs"))).isEqualTo(MESSAGES);
        assertThat(sum(ask(QueueCount.READY_AND_UNACKED, "jobs", "mail"))).isEqualTo(MESSAGES);
        assertThat(sum(ask(QueueCount.READY, "mail"))).isZero();
    }

    @Test
    void whatItDoesNotKnowIsNoData() {
        assertThat(ask(QueueCount.READY, "jobs", "nobody's"))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.why()).contains("knows no queue nobody's"));
        assertThat(sum(ask(QueueCount.PUBLISHED_PER_SECOND, "mail")))
                .as("nothing was ever published there, so there is no rate")
                .isNaN();
        assertThat(ask("wrong", QueueCount.READY, "jobs"))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.why()).contains("401", "see user and password"));
    }
}
