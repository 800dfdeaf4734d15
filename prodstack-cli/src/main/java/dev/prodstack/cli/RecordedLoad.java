package dev.prodstack.cli;

import dev.prodstack.autoscale.metrics.Patience;
import dev.prodstack.autoscale.metrics.PrometheusHistory;
import dev.prodstack.autoscale.metrics.PrometheusHistory.UnreadableHistory;
import dev.prodstack.autoscale.metrics.Secrets;
import dev.prodstack.autoscale.replay.Trace;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.scaling.MetricSources.Credentials;
import dev.prodstack.core.scaling.MetricSources.Endpoint;
import dev.prodstack.core.value.HttpAddress;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A load that Prometheus has recorded, and the options that say which. */
final class RecordedLoad {
    /** The word for the server that the stack's file names. */
    private static final String STACK = "stack";

    private static final Patience PATIENCE = new Patience(Duration.ofMinutes(2), Duration.ofSeconds(60), 3);

    @Option(
            names = "--from-prometheus",
            paramLabel = "URL",
            description =
                    "Take the load that this Prometheus has recorded; \"stack\" is the one the stack's file names,"
                            + " with its credentials.")
    private Optional<String> server = Optional.empty();

    @Option(
            names = "--query",
            paramLabel = "PROMQL",
            description = "With --from-prometheus: the load, as one series or a scalar.")
    private Optional<String> query = Optional.empty();

    @Option(
            names = "--span",
            paramLabel = "TIME",
            description = "With --from-prometheus: how far back. By default 168h, a week.")
    private String span = "168h";

    @Option(
            names = "--until",
            paramLabel = "INSTANT",
            description = "With --from-prometheus: where the span ends, such as 2026-11-23T10:00:00Z. By default now.")
    private Optional<String> until = Optional.empty();

    @Option(
            names = "--secrets",
            paramLabel = "DIR",
            description = "Where the stack's secrets are, for \"stack\"; by default /run/secrets.")
    private Path secrets = Secrets.MOUNTED;

    RecordedLoad() {}

    /** Whether the load is to come from Prometheus. */
    boolean isAskedFor() {
        return server.isPresent();
    }

    /** What to call it. */
    String label() {
        return query.orElse("");
    }

    /**
     * Reads it.
     *
     * @throws Failure if it cannot be read, or says too little
     */
    Trace load(Context context, Duration step) {
        String promql = query.orElseThrow(() -> Failure.usage(
                "--query is missing", "say what the load is, such as --query 'sum(rate(requests_total[5m]))'"));
        Instant end = until.map(RecordedLoad::instant).orElseGet(Instant::now).truncatedTo(ChronoUnit.SECONDS);
        Instant start = end.minus(Durations.option("--span", span));
        try (PrometheusHistory history = new PrometheusHistory(endpoint(context), new Secrets(secrets), PATIENCE)) {
            return Trace.recorded(start, step, history.read(promql, start, end, step));
        } catch (UnreadableHistory e) {
            throw Failure.failed(String.valueOf(e.getMessage()), "", e);
        } catch (IllegalArgumentException e) {
            throw Failure.failed("\"" + promql + "\" is no load: " + e.getMessage(), "try another span or step", e);
        }
    }

    private Endpoint endpoint(Context context) {
        String word = server.orElse("");
        if (word.equals(STACK)) {
            return StackFiles.load(context)
                    .stack()
                    .operations()
                    .metricSources()
                    .prometheus()
                    .orElseThrow(() -> Failure.usage(
                            "the stack's file names no Prometheus",
                            "add x-prodstack.autoscale.prometheus at its top, or give --from-prometheus URL"));
        }
        try {
            return new Endpoint(HttpAddress.parse(word), Credentials.None.NONE, Optional.empty());
        } catch (IllegalArgumentException e) {
            throw Failure.usage("--from-prometheus cannot be \"" + word + "\": " + e.getMessage(), "http://HOST:9090");
        }
    }

    private static Instant instant(String word) {
        try {
            return Instant.parse(word);
        } catch (DateTimeException e) {
            throw Failure.usage("--until cannot be \"" + word + "\"", "write it like 2026-11-23T10:00:00Z");
        }
    }
}
