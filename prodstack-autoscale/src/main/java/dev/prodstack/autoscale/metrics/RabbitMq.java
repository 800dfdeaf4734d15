package dev.prodstack.autoscale.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.autoscale.decision.Measurement;
import dev.prodstack.autoscale.decision.Measurement.Sample;
import dev.prodstack.core.scaling.Signal.Queue;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * A RabbitMQ server, asked through the <a href="https://www.rabbitmq.com/docs/http-api-reference">HTTP API</a> of its
 * management plugin. A few queues are asked for one by one; of many, all of their virtual host are listed at once.
 *
 * <p>A number that RabbitMQ does not tell, as after its start before the first statistics, is no number; neither are
 * those of a queue that does not run.
 */
final class RabbitMq implements MetricSource {
    private static final String COLUMNS =
            "name,state,messages_ready,messages_unacknowledged,message_stats.publish_details.rate";
    private static final int FEW = 8;
    private static final int NOT_FOUND = 404;
    private static final int OK = 200;

    private final HttpEndpoint endpoint;

    RabbitMq(HttpEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** A queue in a virtual host. */
    private record Place(String virtualHost, String queue) {}

    @Override
    public String address() {
        return endpoint.address();
    }

    @Override
    public Map<Question, CompletableFuture<Measurement>> ask(List<Question> questions, Instant now, Executor pool) {
        Map<String, Set<String>> wanted = new TreeMap<>();
        for (Question question : questions) {
            Queue queue = (Queue) question.signal();
            wanted.computeIfAbsent(queue.virtualHost(), host -> new TreeSet<>()).addAll(queue.queues());
        }
        Map<Place, CompletableFuture<JsonNode>> queues = new HashMap<>();
        wanted.forEach((host, names) -> queues.putAll(begin(host, names, pool)));
        Map<Question, CompletableFuture<Measurement>> answers = new LinkedHashMap<>();
        for (Question question : questions) {
            answers.put(question, answer((Queue) question.signal(), queues, now));
        }
        return answers;
    }

    private Map<Place, CompletableFuture<JsonNode>> begin(String host, Set<String> names, Executor pool) {
        Map<Place, CompletableFuture<JsonNode>> queues = new HashMap<>();
        if (names.size() <= FEW) {
            names.forEach(name ->
                    queues.put(new Place(host, name), CompletableFuture.supplyAsync(() -> one(host, name), pool)));
        } else {
            CompletableFuture<Map<String, JsonNode>> all = CompletableFuture.supplyAsync(() -> all(host), pool);
            names.forEach(name -> queues.put(new Place(host, name), all.thenApply(its -> find(its, host, name))));
        }
        return queues;
    }

    private static CompletableFuture<Measurement> answer(
            Queue signal, Map<Place, CompletableFuture<JsonNode>> queues, Instant now) {
        CompletableFuture<List<Sample>> samples = CompletableFuture.completedFuture(List.of());
        for (String name : signal.queues()) {
            CompletableFuture<JsonNode> queue =
                    Objects.requireNonNull(queues.get(new Place(signal.virtualHost(), name)));
            samples = samples.thenCombine(queue, (list, its) -> plus(list, new Sample(count(signal, its), now)));
        }
        return samples.thenApply(Measurement.Total::new);
    }

    private static List<Sample> plus(List<Sample> list, Sample sample) {
        return Stream.concat(list.stream(), Stream.of(sample)).toList();
    }

    private static double count(Queue signal, JsonNode queue) {
        return switch (signal.count()) {
            case READY -> number(queue.path("messages_ready"));
            case READY_AND_UNACKED ->
                number(queue.path("messages_ready")) + number(queue.path("messages_unacknowledged"));
            case PUBLISHED_PER_SECOND -> number(queue.at("/message_stats/publish_details/rate"));
        };
    }

    private static double number(JsonNode number) {
        return number.isNumber() ? number.doubleValue() : Double.NaN;
    }

    private JsonNode one(String host, String name) {
        HttpUrl url = queues(host)
                .addPathSegment(name)
                .addQueryParameter("columns", COLUMNS)
                .build();
        HttpEndpoint.Reply reply = endpoint.send(new Request.Builder().url(url));
        if (reply.status() == NOT_FOUND) {
            throw noSuch(host, name);
        }
        return running(checked(reply), name);
    }

    private Map<String, JsonNode> all(String host) {
        HttpUrl url = queues(host).addQueryParameter("columns", COLUMNS).build();
        Map<String, JsonNode> queues = new HashMap<>();
        checked(endpoint.send(new Request.Builder().url(url)))
                .forEach(queue -> queues.put(queue.path("name").asText(), queue));
        return queues;
    }

    private JsonNode find(Map<String, JsonNode> queues, String host, String name) {
        JsonNode queue = queues.get(name);
        if (queue == null) {
            throw noSuch(host, name);
        }
        return running(queue, name);
    }

    private HttpUrl.Builder queues(String host) {
        return endpoint.url().addPathSegments("api/queues").addPathSegment(host);
    }

    private JsonNode checked(HttpEndpoint.Reply reply) {
        if (reply.status() != OK) {
            String reason = reply.body()
                    .path("reason")
                    .asText(reply.body().path("error").asText());
            throw new SourceFailure(address() + " answers " + reply.status() + (reason.isEmpty() ? "" : ": " + reason)
                    + (reply.status() == 401 ? " (see user and password)" : ""));
        }
        return reply.body();
    }

    private SourceFailure noSuch(String host, String name) {
        return new SourceFailure(address() + " knows no queue " + name + " in virtual host " + host);
    }

    /** What RabbitMQ says of a queue that is down, it remembers from before. */
    private JsonNode running(JsonNode queue, String name) {
        String state = queue.path("state").asText("running");
        if (state.equals("down") || state.equals("crashed") || state.equals("stopped") || state.equals("minority")) {
            throw new SourceFailure("queue " + name + " is " + state + " on " + address());
        }
        return queue;
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
