package dev.prodstack.autoscale.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.core.scaling.MetricSources.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * What a Prometheus server has recorded, asked through <a
 * href="https://prometheus.io/docs/prometheus/latest/querying/api/">/api/v1/query_range</a>.
 */
public final class PrometheusHistory implements AutoCloseable {
    /** Prometheus answers 11,000 points of a series at most. */
    private static final int STEPS_A_QUERY = 10_000;

    private static final int MOST_STEPS = 20_000_000;
    private static final double MILLIS = 1e3;

    private final HttpEndpoint endpoint;

    /**
     * A server; nothing is connected to yet.
     *
     * @throws IllegalArgumentException if certificates to trust cannot be read
     */
    public PrometheusHistory(Endpoint endpoint, Secrets secrets, Patience patience) {
        this.endpoint = new HttpEndpoint(endpoint, secrets, patience);
    }

    /**
     * One number for each step of a span.
     *
     * @param promql a query that gives one series, or a scalar
     * @param from the time of the first step, in whole milliseconds
     * @param to the time that the last step is not after
     * @param step the length of a step; whole milliseconds above zero
     * @return a value for each step, {@code NaN} where there is none
     * @throws IllegalArgumentException if the span is empty, or has more than 20 million steps
     * @throws UnreadableHistory if Prometheus cannot be asked, refuses, or the query gives several series
     */
    public double[] read(String promql, Instant from, Instant to, Duration step) {
        long millis = step.toMillis();
        long steps = millis <= 0 || to.isBefore(from)
                ? 0
                : Duration.between(from, to).toMillis() / millis + 1;
        if (steps < 1 || steps > MOST_STEPS) {
            throw new IllegalArgumentException("from " + from + " to " + to + " are " + steps + " steps of "
                    + millis / MILLIS + " s; expected 1 to " + MOST_STEPS);
        }
        double[] values = new double[(int) steps];
        Arrays.fill(values, Double.NaN);
        for (int first = 0; first < steps; first += STEPS_A_QUERY) {
            int last = (int) Math.min(steps, first + (long) STEPS_A_QUERY) - 1;
            long start = from.toEpochMilli();
            JsonNode points = series(promql, start + first * millis, start + last * millis, millis);
            for (JsonNode point : points) {
                long at = Math.round(point.path(0).asDouble() * MILLIS) - start;
                values[(int) (at / millis)] = PrometheusAnswer.value(point);
            }
        }
        return values;
    }

    /** The points of the only series; none if there is no series. */
    private JsonNode series(String promql, long start, long end, long step) {
        HttpUrl url = endpoint.url().addPathSegments("api/v1/query_range").build();
        FormBody form = new FormBody.Builder()
                .add("query", promql)
                .add("start", seconds(start))
                .add("end", seconds(end))
                .add("step", seconds(step))
                .build();
        try {
            JsonNode result = PrometheusAnswer.of(
                            endpoint.send(new Request.Builder().url(url).post(form)), endpoint.address())
                    .matrix();
            if (result.size() > 1) {
                throw new UnreadableHistory("the query gives " + result.size() + " series; expected one: sum them up");
            }
            return result.path(0).path("values");
        } catch (SourceFailure e) {
            throw new UnreadableHistory(String.valueOf(e.getMessage()), e);
        }
    }

    private static String seconds(long millis) {
        return Double.toString(millis / MILLIS);
    }

    @Override
    public void close() {
        endpoint.close();
    }

    /** A server's history cannot be read. The message says where and why, on one line. */
    public static final class UnreadableHistory extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreadableHistory(String message) {
            super(message);
        }

        UnreadableHistory(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
