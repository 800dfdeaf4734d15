package dev.prodstack.autoscale.metrics;

import dev.prodstack.autoscale.decision.Measurement;
import dev.prodstack.core.scaling.MetricSources;
import dev.prodstack.core.scaling.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks the sources of a stack. All questions of a look are asked at once; together they take no longer than the
 * patience, whatever the sources do. Safe for one thread at a time.
 */
public final class MetricReader implements AutoCloseable {
    private static final int THREADS = 16;

    private final Optional<MetricSource> prometheus;
    private final Optional<MetricSource> rabbitMq;
    private final Patience patience;
    private final ExecutorService pool = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "prodstack-metrics");
        thread.setDaemon(true);
        return thread;
    });

    private MetricReader(Optional<MetricSource> prometheus, Optional<MetricSource> rabbitMq, Patience patience) {
        this.prometheus = prometheus;
        this.rabbitMq = rabbitMq;
        this.patience = patience;
    }

    /**
     * A reader of the given sources. Nothing is connected to yet.
     *
     * @throws IllegalArgumentException if certificates to trust cannot be read
     */
    public static MetricReader of(MetricSources sources, Secrets secrets, Patience patience) {
        return new MetricReader(
                sources.prometheus().map(its -> new Prometheus(new HttpEndpoint(its, secrets, patience))),
                sources.rabbitMq().map(its -> new RabbitMq(new HttpEndpoint(its, secrets, patience))),
                patience);
    }

    /**
     * Measures.
     *
     * @param now the time of the look, which the times of the samples are told by
     * @return an answer to each question
     */
    public Map<Question, Measurement> read(Collection<Question> questions, Instant now) {
        long end = System.nanoTime() + patience.whole().toNanos();
        Map<Question, Measurement> answers = new LinkedHashMap<>();
        Map<Question, CompletableFuture<Measurement>> asked = new LinkedHashMap<>();
        List<Question> ofPrometheus = new ArrayList<>();
        List<Question> ofRabbitMq = new ArrayList<>();
        for (Question question : new LinkedHashSet<>(questions)) {
            boolean queue = question.signal() instanceof Signal.Queue;
            if (source(question).isPresent()) {
                (queue ? ofRabbitMq : ofPrometheus).add(question);
            } else {
                answers.put(
                        question,
                        Measurement.failed("no " + (queue ? "rabbitmq" : "prometheus")
                                + " is named in x-prodstack.autoscale at the top of the file"));
            }
        }
        prometheus.ifPresent(source -> asked.putAll(source.ask(ofPrometheus, now, pool)));
        rabbitMq.ifPresent(source -> asked.putAll(source.ask(ofRabbitMq, now, pool)));
        asked.forEach((question, answer) -> answers.put(question, await(question, answer, end)));
        return answers;
    }

    private Optional<MetricSource> source(Question question) {
        return question.signal() instanceof Signal.Queue ? rabbitMq : prometheus;
    }

    private Measurement await(Question question, CompletableFuture<Measurement> answer, long end) {
        try {
            return answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            return Measurement.failed(
                    source(question).map(MetricSource::address).orElse("") + " does not answer within "
                            + patience.whole().toMillis() + " ms");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SourceFailure failure) {
                return Measurement.failed(String.valueOf(failure.getMessage()));
            }
            throw new IllegalStateException("measuring " + question.signal().label() + " failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Measurement.failed("the look was interrupted");
        }
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        pool.shutdownNow();
        prometheus.ifPresent(MetricSource::close);
        rabbitMq.ifPresent(MetricSource::close);
    }
}
