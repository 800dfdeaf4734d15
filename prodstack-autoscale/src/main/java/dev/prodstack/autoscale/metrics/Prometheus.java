package dev.prodstack.autoscale.metrics;

import dev.prodstack.autoscale.decision.Measurement;
import dev.prodstack.core.scaling.Signal;
import dev.prodstack.core.scaling.Signal.Query;
import dev.prodstack.core.scaling.Signal.Reading;
import dev.prodstack.core.scaling.Signal.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * A Prometheus server, asked through its HTTP API: <a
 * href="https://prometheus.io/docs/prometheus/latest/querying/api/">/api/v1/query</a>.
 *
 * <p>What tasks use is read under the names that cAdvisor has for it, and the stack's agent too. It is asked for all
 * services at once, as raw samples with their own times; what cannot be told from these is not told.
 */
final class Prometheus implements MetricSource {
    private static final String SERVICE = "container_label_com_docker_swarm_service_name";
    private static final String SPAN = "[90s]";
    private static final int SERVICES_A_QUERY = 50;

    private final HttpEndpoint endpoint;

    Prometheus(HttpEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public String address() {
        return endpoint.address();
    }

    @Override
    public Map<Question, CompletableFuture<Measurement>> ask(List<Question> questions, Instant now, Executor pool) {
        Map<Resource, List<Question>> usages = new EnumMap<>(Resource.class);
        Map<String, CompletableFuture<PrometheusAnswer>> queries = new HashMap<>();
        Map<Question, CompletableFuture<Measurement>> answers = new LinkedHashMap<>();
        for (Question question : questions) {
            if (question.signal() instanceof Query query) {
                CompletableFuture<PrometheusAnswer> answer =
                        queries.computeIfAbsent(query.promql(), promql -> begin(promql, pool));
                answers.put(question, answer.thenApply(its -> measurement(its, query, question.tasks(), now)));
            } else {
                usages.computeIfAbsent(resource(question.signal()), resource -> new ArrayList<>())
                        .add(question);
            }
        }
        usages.forEach((resource, its) -> answers.putAll(usage(resource, its, now, pool)));
        return answers;
    }

    private static Resource resource(Signal signal) {
        return signal instanceof Signal.Utilization utilization
                ? utilization.resource()
                : ((Signal.Usage) signal).resource();
    }

    private static Measurement measurement(PrometheusAnswer answer, Query query, List<String> tasks, Instant now) {
        return query.reading() == Reading.PER_TASK ? answer.perTask(tasks, now) : answer.total(now);
    }

    private Map<Question, CompletableFuture<Measurement>> usage(
            Resource resource, List<Question> questions, Instant now, Executor pool) {
        List<String> services = List.copyOf(
                new TreeSet<>(questions.stream().map(Question::service).toList()));
        Map<Question, CompletableFuture<Measurement>> answers = new HashMap<>();
        for (int from = 0; from < services.size(); from += SERVICES_A_QUERY) {
            Set<String> batch =
                    new HashSet<>(services.subList(from, Math.min(services.size(), from + SERVICES_A_QUERY)));
            CompletableFuture<PrometheusAnswer> answer = begin(usageQuery(resource, new TreeSet<>(batch)), pool);
            for (Question question : questions) {
                if (batch.contains(question.service())) {
                    answers.put(question, answer.thenApply(its -> its.usage(resource, question.tasks(), now)));
                }
            }
        }
        return answers;
    }

    /** cAdvisor tells CPU time of all processors together as {@code total}, or without that label. */
    private static String usageQuery(Resource resource, Set<String> services) {
        String names = String.join("|", services).replace(".", "[.]");
        String selector = SERVICE + "=~\"" + names + "\"";
        return resource == Resource.CPU
                ? "container_cpu_usage_seconds_total{" + selector + ",cpu=~\"total|\"}" + SPAN
                : "container_memory_working_set_bytes{" + selector + "}" + SPAN;
    }

    private CompletableFuture<PrometheusAnswer> begin(String promql, Executor pool) {
        return CompletableFuture.supplyAsync(() -> query(promql), pool);
    }

    private PrometheusAnswer query(String promql) {
        HttpUrl url = endpoint.url().addPathSegments("api/v1/query").build();
        Request.Builder request = new Request.Builder()
                .url(url)
                .post(new FormBody.Builder().add("query", promql).build());
        return PrometheusAnswer.of(endpoint.send(request), endpoint.address());
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
