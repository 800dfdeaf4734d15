package dev.prodstack.autoscale.metrics;

import dev.prodstack.autoscale.decision.Measurement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A server that can measure some signals. */
interface MetricSource extends AutoCloseable {

    /** Its address, for messages. */
    String address();

    /**
     * Begins to measure. Each question has an answer in time, which fails with a {@link SourceFailure} where there is
     * none.
     *
     * @param questions about signals of this source
     * @param now the time of the look
     * @param pool runs the requests
     */
    Map<Question, CompletableFuture<Measurement>> ask(List<Question> questions, Instant now, Executor pool);

    @Override
    void close();
}
