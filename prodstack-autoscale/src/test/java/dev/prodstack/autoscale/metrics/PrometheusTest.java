package dev.prodstack.autoscale.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.autoscale.decision.Measurement;
import dev.prodstack.autoscale.decision.Measurement.Failed;
import dev.prodstack.autoscale.decision.Measurement.Sample;
import dev.prodstack.autoscale.decision.Measurement.Total;
import dev.prodstack.autoscale.metrics.ScriptedServer.Asked;
import dev.prodstack.autoscale.metrics.ScriptedServer.Said;
import dev.prodstack.core.scaling.MetricSources;
import dev.prodstack.core.scaling.MetricSources.Credentials;
import dev.prodstack.core.scaling.MetricSources.Endpoint;
import dev.prodstack.core.scaling.Signal;
import dev.prodstack.core.scaling.Signal.Basis;
import dev.prodstack.core.scaling.Signal.Reading;
import dev.prodstack.core.scaling.Signal.Resource;
import dev.prodstack.core.value.HttpAddress;
import dev.prodstack.core.value.PasswordSource;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class PrometheusTest {
    private static final Patience QUICK = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(4), 2);
    private static final Signal CPU = new Signal.Utilization(Resource.CPU, Basis.RESERVATION);
    private static final Signal MEMORY = new Signal.Utilization(Resource.MEMORY, Basis.LIMIT);
    private static final Signal ERRORS = new Signal.Query("errors", Reading.VALUE);

    @TempDir
    private Path secrets;

    private Map<Question, Measurement> read(Endpoint endpoint, Patience patience, Question... questions) {
        MetricSources sources = new MetricSources(Duration.ofSeconds(15), Optional.of(endpoint), Optional.empty());
        try (MetricReader reader = MetricReader.of(sources, new Secrets(secrets), patience)) {
            return reader.read(List.of(questions), Instant.now());
        }
    }

    private Measurement one(Function<Asked, Said> script, Signal signal, String... tasks) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(script)) {
            Question question = new Question("shop_web", signal, List.of(tasks));
            return Objects.requireNonNull(
                    read(server.endpoint(), QUICK, question).get(question));
        }
    }

    private static Said result(String type, String result) {
        return Said.ok(
                "{\"status\": \"success\", \"data\": {\"resultType\": \"" + type + "\", \"result\": " + result + "}}");
    }

    /** Samples of a task as Prometheus writes them, {@code secondsAgo:value}. */
    private static String series(String task, String... samples) {
        double now = System.currentTimeMillis() / 1e3;
        StringBuilder values = new StringBuilder();
        for (String sample : samples) {
            String[] parts = sample.split(":", -1);
            values.append(values.length() == 0 ? "" : ",")
                    .append('[')
                    .append(String.format(Locale.ROOT, "%.3f", now - Double.parseDouble(parts[0])))
                    .append(",\"")
                    .append(parts[1])
                    .append("\"]");
        }
        return "{\"metric\": {\"container_label_com_docker_swarm_task_id\": \"" + task + "\"}, \"values\": [" + values
                + "]}";
    }

    @Test
    void whatAllServicesUseIsAskedForAtOnce() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(asked -> result(
                "matrix", "[" + series("t1", "30:10", "15:11.5", "0:13") + "," + series("t2", "30:1", "0:4") + "]"))) {
            Question web = new Question("shop_web", CPU, List.of("t1"));
            Question api = new Question("shop_api.v2", CPU, List.of("t2", "t3"));

            Map<Question, Measurement> answers = read(server.endpoint(), QUICK, web, api);

            assertThat(server.asked()).singleElement().satisfies(asked -> {
                assertThat(asked.target()).isEqualTo("/api/v1/query");
                assertThat(asked.body())
                        .isEqualTo("query=container_cpu_usage_seconds_total{"
                                + "container_label_com_docker_swarm_service_name=~\"shop_api[.]v2|shop_web\","
                                + "cpu=~\"total|\"}[90s]");
            });
            assertThat(answers.get(web)).hasToString("PerReplica[100]");
            assertThat(answers.get(api)).hasToString("PerReplica[100, " + Long.MIN_VALUE + "]");
        }
    }

    @Test
    void theLatestSampleIsTheMemoryInUse() throws IOException {
        assertThat(one(asked -> result("matrix", "[" + series("t1", "15:100", "0:250") + "]"), MEMORY, "t1"))
                .hasToString("PerReplica[250000]");
    }

    @Test
    void ofTwoSeriesOfATaskTheLaterCounts() throws IOException {
        String before = series("t1", "60:100", "45:110");
        String now = series("t1", "15:111", "0:111.3");
        for (String both : List.of(before + "," + now, now + "," + before)) {
            assertThat(one(asked -> result("matrix", "[" + both + "]"), CPU, "t1"))
                    .hasToString("PerReplica[20]");
        }
    }

    @Test
    void aTaskWithoutSeriesHasNoSample() throws IOException {
        Measurement half = one(asked -> result("matrix", "[" + series("t1", "15:0", "0:3") + "]"), CPU, "t1", "t2");

        assertThat(half).hasToString("PerReplica[200, " + Long.MIN_VALUE + "]");
    }

    @Test
    void ageIsToldByTheServersClock() throws IOException {
        Instant ahead = Instant.now().plusSeconds(3_600);
        try (ScriptedServer server = ScriptedServer.start(asked ->
                result("vector", "[{\"metric\": {}, \"value\": [" + System.currentTimeMillis() / 1e3 + ",\"1\"]}]"))) {
            Question question = new Question("shop_web", ERRORS, List.of());
            MetricSources sources =
                    new MetricSources(Duration.ofSeconds(15), Optional.of(server.endpoint()), Optional.empty());
            try (MetricReader reader = MetricReader.of(sources, new Secrets(secrets), QUICK)) {
                Total total = (Total) Objects.requireNonNull(
                        reader.read(List.of(question), ahead).get(question));
                assertThat(total.samples())
                        .singleElement()
                        .satisfies(sample -> assertThat(sample.at()).isBetween(ahead.minusSeconds(2), ahead));
            }
        }
    }

    @Test
    void oneNumberForEachTask() throws IOException {
        Signal busy = new Signal.Query("busy", Reading.PER_TASK);
        String now = Double.toString(System.currentTimeMillis() / 1e3);
        Measurement answer = one(
                asked -> result(
                        "vector",
                        "[{\"metric\": {\"task_id\": \"t2\"}, \"value\": [" + now + ",\"0.5\"]},"
                                + "{\"metric\": {\"task_id\": \"gone\"}, \"value\": [" + now + ",\"9\"]}]"),
                busy,
                "t1",
                "t2");
        assertThat(answer).hasToString("PerReplica[" + Long.MIN_VALUE + ", 500]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vector | [] | ",
                "scalar | [1700000000, \"2.5\"] | 2.5",
                "vector | [{\"value\": [1700000000, \"1\"]}, {\"value\": [1700000000, \"2\"]}] | 1.0 2.0",
                "vector | [{\"value\": [1700000000, \"NaN\"]}] | NaN",
                "vector | [{\"value\": [1700000000, \"+Inf\"]}] | Infinity",
                "vector | [{\"value\": [1700000000, \"-Inf\"]}] | -Infinity",
                "vector | [{\"value\": [1700000000, \"nonsense\"]}] | NaN",
                "vector | [{\"value\": [1700000000]}] | NaN",
            })
    void numbersAsPrometheusWritesThem(String type, String result, String values) throws IOException {
        Total total = (Total) one(asked -> result(type, result), ERRORS);

        assertThat(total.samples().stream().map(Sample::value).map(String::valueOf))
                .containsExactly(values == null ? new String[0] : values.split(" ", -1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500 | oops | answers 500: oops",
                "503 | {\"status\":\"error\",\"error\":\"starting\"} | answers 503",
                "429 | slow down | answers 429: slow down",
                "400 | {\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"parse error\"} | refuses the query: parse error",
                "200 | <html>hello</html> | answers 200 without JSON: <html>hello</html>",
                "404 | {\"detail\":\"not found\"} | answers 404, but not as Prometheus does",
                "200 | {\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}} | the query gives a matrix",
                "200 | '' | but not as Prometheus does",
            })
    void whatIsNoAnswerSaysSo(int status, String body, String why) throws IOException {
        assertThat(one(asked -> new Said(status, body), ERRORS))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.why()).contains(why));
    }

    @Test
    void aFaultOfTheServersIsTriedAgain() throws IOException {
        AtomicInteger times = new AtomicInteger();
        Measurement answer = one(
                asked -> times.incrementAndGet() == 1
                        ? new Said(503, "")
                        : result("scalar", "[" + System.currentTimeMillis() / 1e3 + ", \"1\"]"),
                ERRORS);

        assertThat(answer).isInstanceOf(Total.class);
        assertThat(times).hasValue(2);
    }

    @Test
    void aRefusalIsNotTriedAgain() throws IOException {
        AtomicInteger times = new AtomicInteger();
        one(asked -> new Said(400 + times.getAndIncrement(), "{\"status\":\"error\",\"error\":\"no\"}"), ERRORS);

        assertThat(times).hasValue(1);
    }

    @Test
    void nobodyThere() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Endpoint nowhere =
                new Endpoint(HttpAddress.parse("http://localhost:" + port), Credentials.None.NONE, Optional.empty());
        Question question = new Question("shop_web", CPU, List.of("t1"));

        assertThat(read(nowhere, QUICK, question).get(question))
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.why()).contains("http://localhost:" + port + " cannot be reached"));
    }

    @Test
    void aSlowServerIsNotWaitedForLongerThanSaid() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Patience patience = new Patience(Duration.ofMillis(400), Duration.ofMillis(300), 5);
        try (ScriptedServer server = ScriptedServer.start(asked -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Said(200, "");
        })) {
            Question question = new Question("shop_web", CPU, List.of("t1"));
            Measurement answer = read(server.endpoint(), patience, question).get(question);
            end.countDown();
            assertThat(answer)
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.why()).contains("does not answer within"));
        }
    }

    @Test
    void credentialsComeFromFilesEachTimeAnew() throws IOException {
        Path file = secrets.resolve("token");
        Credentials bearer = new Credentials.Bearer(new PasswordSource.OfFile(file.toString()));
        Credentials basic = new Credentials.Basic("ann", new PasswordSource.OfSecret("password"));
        Files.writeString(secrets.resolve("password"), "sésame\n");
        Question question = new Question("shop_web", ERRORS, List.of());
        try (ScriptedServer server = ScriptedServer.start(asked -> result("vector", "[]"))) {
            Files.writeString(file, "one\n");
            read(server.endpoint(bearer), QUICK, question);
            Files.writeString(file, "two");
            read(server.endpoint(bearer), QUICK, question);
            read(server.endpoint(basic), QUICK, question);
            String encoded = Base64.getEncoder().encodeToString("ann:sésame".getBytes(StandardCharsets.UTF_8));

            assertThat(server.asked().stream().map(Asked::authorization))
                    .containsExactly("Bearer one", "Bearer two", "Basic " + encoded);
        }
    }

    @Test
    void aMissingCredentialsFileIsNamed() throws IOException {
        Credentials bearer = new Credentials.Bearer(new PasswordSource.OfSecret("nothing"));
        Question question = new Question("shop_web", ERRORS, List.of());
        try (ScriptedServer server = ScriptedServer.start(asked -> result("vector", "[]"))) {
            assertThat(read(server.endpoint(bearer), QUICK, question).get(question))
                    .isEqualTo(Measurement.failed(
                            "the credentials file " + secrets.resolve("nothing") + " cannot be read"));
            assertThat(server.asked()).isEmpty();
        }
    }

    @Test
    void aSourceThatNobodyNamedIsMissed() {
        Question queue = new Question(
                "shop_worker",
                new Signal.Queue(List.of("celery"), "/", Signal.QueueCount.READY_AND_UNACKED),
                List.of());
        try (MetricReader reader = MetricReader.of(MetricSources.standard(), new Secrets(secrets), QUICK)) {
            assertThat(reader.read(List.of(queue), Instant.now()).get(queue))
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.why()).startsWith("no rabbitmq is named"));
        }
    }
}
