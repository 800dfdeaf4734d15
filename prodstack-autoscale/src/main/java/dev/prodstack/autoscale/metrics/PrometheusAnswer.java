package dev.prodstack.autoscale.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.autoscale.decision.Measurement;
import dev.prodstack.autoscale.decision.Measurement.PerReplica;
import dev.prodstack.autoscale.decision.Measurement.Sample;
import dev.prodstack.core.scaling.Signal.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Prometheus answered to a query. */
final class PrometheusAnswer {
    /** What a query of one's own names a task by. */
    private static final String TASK = "task_id";

    private static final String CONTAINER_TASK = "container_label_com_docker_swarm_task_id";
    private static final double MILLIS = 1e3;
    /** The server's time is cut to a second, so that a fresh sample may seem to be from the future. */
    private static final Duration CUT = Duration.ofSeconds(1);

    private final String type;
    private final JsonNode result;
    private final Optional<Instant> serverTime;

    private PrometheusAnswer(String type, JsonNode result, Optional<Instant> serverTime) {
        this.type = type;
        this.result = result;
        this.serverTime = serverTime;
    }

    /**
     * Reads an answer.
     *
     * @throws SourceFailure if it is an error, or none of Prometheus'
     */
    static PrometheusAnswer of(HttpEndpoint.Reply reply, String address) {
        JsonNode body = reply.body();
        if (body.path("status").asText().equals("error")) {
            throw new SourceFailure(
                    address + " refuses the query: " + body.path("error").asText());
        }
        JsonNode data = body.path("data");
        if (!body.path("status").asText().equals("success")
                || !data.path("result").isArray()) {
            throw new SourceFailure(address + " answers " + reply.status() + ", but not as Prometheus does");
        }
        return new PrometheusAnswer(data.path("resultType").asText(), data.path("result"), reply.serverTime());
    }

    /** The answer as numbers for all replicas together. */
    Measurement total(Instant now) {
        List<Sample> samples = new ArrayList<>();
        switch (type) {
            case "scalar" -> samples.add(new Sample(value(result), at(result, now)));
            case "vector" ->
                result.forEach(
                        series -> samples.add(new Sample(value(series.path("value")), at(series.path("value"), now))));
            default ->
                throw new SourceFailure(
                        "the query gives a " + type + "; expected one number for each series now, or a scalar");
        }
        return new Measurement.Total(samples);
    }

    /** The answer as one number for each task. */
    Measurement perTask(List<String> tasks, Instant now) {
        if (!type.equals("vector")) {
            throw new SourceFailure("the query gives a " + type + "; expected one number for each task now");
        }
        Map<String, Integer> numbers = numbers(tasks);
        PerReplica.Builder samples = Measurement.perReplica(tasks.size());
        for (JsonNode series : result) {
            JsonNode labels = series.path("metric");
            String task = labels.path(TASK).asText(labels.path(CONTAINER_TASK).asText());
            Integer number = numbers.get(task);
            if (number != null) {
                samples.add(number, value(series.path("value")), at(series.path("value"), now));
            }
        }
        return samples.build();
    }

    /**
     * The answer as what each task uses, from its raw samples. Of several series of a task, which there are for a while
     * after what measures it was replaced, the one with the latest sample counts.
     */
    Measurement usage(Resource resource, List<String> tasks, Instant now) {
        Map<String, JsonNode> latest = new HashMap<>();
        for (JsonNode series : matrix()) {
            if (!series.path("values").isEmpty()) {
                String task = series.path("metric").path(CONTAINER_TASK).asText();
                latest.merge(task, series.path("values"), (a, b) -> seconds(last(a)) >= seconds(last(b)) ? a : b);
            }
        }
        PerReplica.Builder samples = Measurement.perReplica(tasks.size());
        for (int i = 0; i < tasks.size(); i++) {
            JsonNode values = latest.get(tasks.get(i));
            if (values != null && resource == Resource.MEMORY) {
                samples.add(i, value(last(values)), at(last(values), now));
            } else if (values != null) {
                addRate(samples, i, values, now);
            }
        }
        return samples.build();
    }

    /** The series of an answer over a span, each with its {@code values}. */
    JsonNode matrix() {
        if (!type.equals("matrix")) {
            throw new SourceFailure("the answer is a " + type + "; expected samples over a span");
        }
        return result;
    }

    private void addRate(PerReplica.Builder samples, int task, JsonNode values, Instant now) {
        List<CounterRate.Point> points = new ArrayList<>();
        values.forEach(pair -> points.add(new CounterRate.Point(seconds(pair), value(pair))));
        Optional<CounterRate> rate = CounterRate.of(points);
        if (rate.isPresent()) {
            samples.add(
                    task,
                    rate.get().perSecond(),
                    at(last(values), now),
                    rate.get().window());
        }
    }

    private static Map<String, Integer> numbers(List<String> tasks) {
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < tasks.size(); i++) {
            numbers.put(tasks.get(i), i);
        }
        return numbers;
    }

    private static JsonNode last(JsonNode values) {
        return values.path(values.size() - 1);
    }

    private static double seconds(JsonNode pair) {
        return pair.path(0).asDouble(Double.NaN);
    }

    /** Prometheus writes numbers as text: {@code 1.5}, {@code NaN}, {@code +Inf}. */
    static double value(JsonNode pair) {
        String text = pair.path(1).asText();
        try {
            return Double.parseDouble(text.replace("Inf", "Infinity"));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** When a sample was taken by our clock: as long before now as its age is by the server's. */
    private Instant at(JsonNode pair, Instant now) {
        Instant sampled = Instant.ofEpochMilli(Math.round(seconds(pair) * MILLIS));
        if (serverTime.isEmpty()) {
            return sampled;
        }
        Duration age = Duration.between(sampled, serverTime.get());
        boolean fresh = age.isNegative() && age.plus(CUT).compareTo(Duration.ZERO) >= 0;
        return now.minus(fresh ? Duration.ZERO : age);
    }
}
