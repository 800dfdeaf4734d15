package dev.prodstack.autoscale.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.autoscale.decision.Measurement;
import dev.prodstack.autoscale.decision.Measurement.Failed;
import dev.prodstack.autoscale.decision.Measurement.Sample;
import dev.prodstack.autoscale.decision.Measurement.Total;
import dev.prodstack.autoscale.metrics.ScriptedServer.Asked;
import dev.prodstack.autoscale.metrics.ScriptedServer.Said;
import dev.prodstack.core.scaling.MetricSources;
import dev.prodstack.core.scaling.Signal;
import dev.prodstack.core.scaling.Signal.QueueCount;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class RabbitMqTest {
    private static final Patience QUICK = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(4), 2);

    private static Question question(QueueCount count, String virtualHost, String... queues) {
        return new Question("shop_worker", new Signal.Queue(List.of(queues), virtualHost, count), List.of());
    }

    private static Map<Question, Measurement> read(ScriptedServer server, Question... questions) {
        MetricSources sources =
                new MetricSources(Duration.ofSeconds(15), Optional.empty(), Optional.of(server.endpoint()));
        try (MetricReader reader = MetricReader.of(sources, new Secrets(Path.of("/nowhere")), QUICK)) {
            return reader.read(List.of(questions), Instant.now());
        }
    }

    private static List<Double> values(@Nullable Measurement measurement) {
        return ((Total) Objects.requireNonNull(measurement))
                .samples().stream().map(Sample::value).toList();
    }

    private static Said queue(Asked asked) {
        String name = asked.target().replaceFirst("\\?.*", "").replaceFirst(".*/", "");
        return Said.ok("{\"name\": \"" + name + "\", \"state\": \"running\", \"messages_ready\": " + name.length()
                + ", \"messages_unacknowledged\": 100, \"message_stats\": {\"publish_details\": {\"rate\": 2.5}}}");
    }

    @Test
    void eachQueueIsAskedForOnceWhoeverWantsIt() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(RabbitMqTest::queue)) {
            Question both = question(QueueCount.READY_AND_UNACKED, "/", "celery", "mail");
            Question ready = question(QueueCount.READY, "/", "mail");
            Question rate = question(QueueCount.PUBLISHED_PER_SECOND, "/", "mail");
            Question other = question(QueueCount.READY, "a/b", "mail");

            Map<Question, Measurement> answers = read(server, both, ready, rate, other);

            assertThat(values(answers.get(both))).containsExactly(106.0, 104.0);
            assertThat(values(answers.get(ready))).containsExactly(4.0);
            assertThat(values(answers.get(rate))).containsExactly(2.5);
            assertThat(server.asked().stream().map(asked -> asked.target().replaceFirst("\\?.*", "")))
                    .containsExactlyInAnyOrder(
                            "/api/queues/%2F/celery", "/api/queues/%2F/mail", "/api/queues/a%2Fb/mail");
        }
    }

    @Test
    void ofManyQueuesAllAreListedAtOnce() throws IOException {
        String list = IntStream.range(0, 9)
                .mapToObj(i -> "{\"name\": \"q" + i + "\", \"messages_ready\": " + i + "}")
                .toList()
                .toString();
        try (ScriptedServer server = ScriptedServer.start(asked -> Said.ok(list))) {
            String[] names = IntStream.range(0, 9).mapToObj(i -> "q" + i).toArray(String[]::new);
            Question all = question(QueueCount.READY, "/", names);
            Question missing = question(QueueCount.READY, "/", "q1", "other");

            Map<Question, Measurement> answers = read(server, all, missing);

            assertThat(values(answers.get(all))).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0);
            assertThat(answers.get(missing))
                    .isInstanceOfSatisfying(
                            Failed.class,
                            failed -> assertThat(failed.why()).contains("knows no queue other in virtual host /"));
            assertThat(server.asked()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "READY_AND_UNACKED | {\"messages_ready\": 5}",
                "READY_AND_UNACKED | {\"messages_unacknowledged\": 5}",
                "READY_AND_UNACKED | {\"messages_ready\": \"5\", \"messages_unacknowledged\": 1}",
                "READY | {}",
                "PUBLISHED_PER_SECOND | {\"messages_ready\": 5}",
            })
    void aNumberThatIsNotToldIsNone(QueueCount count, String body) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(asked -> Said.ok(body))) {
            Question question = question(count, "/", "celery");
            assertThat(values(read(server, question).get(question))).containsExactly(Double.NaN);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | {\"error\":\"Object Not Found\"} | knows no queue celery in virtual host /",
                "401 | {\"error\":\"not_authorized\",\"reason\":\"Login failed\"} | answers 401: Login failed (see user and password)",
                "500 | down | answers 500: down",
                "200 | {\"state\":\"down\",\"messages_ready\":7} | queue celery is down",
                "200 | nonsense | answers 200 without JSON: nonsense",
            })
    void whatIsNoAnswerSaysSo(int status, String body, String why) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(asked -> new Said(status, body))) {
            Question question = question(QueueCount.READY, "/", "celery");
            assertThat(read(server, question).get(question))
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.why()).contains(why));
        }
    }
}
