package dev.prodstack.autoscale.telemetry;

import dev.prodstack.autoscale.Account;
import dev.prodstack.autoscale.ControllerEvent;
import dev.prodstack.autoscale.ControllerEvent.Looked;
import dev.prodstack.autoscale.ControllerEvent.Role;
import dev.prodstack.autoscale.ControllerEvent.RoleChanged;
import dev.prodstack.autoscale.ControllerEvent.Trouble;
import dev.prodstack.autoscale.Look;
import dev.prodstack.autoscale.ServiceLook;
import dev.prodstack.autoscale.decision.Decision;
import dev.prodstack.autoscale.decision.Direction;
import dev.prodstack.autoscale.decision.Finding;
import dev.prodstack.autoscale.decision.Reason;
import dev.prodstack.autoscale.decision.Restraint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/**
 * The metrics of a controller. Those about services are of the last look; a standby has none of them, so that of
 * several controllers one tells of each service. What is counted is told from the start, as zero, so that the first of
 * its kind is seen as an increase.
 */
public final class ControllerMetrics implements Consumer<ControllerEvent> {
    private static final String SERVICE = "service";
    private static final double NANOS = 1e9;
    private static final double[] SECONDS = {0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30};

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Gauge leader =
            gauge("leader", "1 on the controller that looks after the stack, 0 on one that waits.");
    private final Gauge lastLook = gauge("last_look_timestamp_seconds", "When the last look ended, in Unix time.");
    private final Gauge clockAhead =
            gauge("clock_ahead_seconds", "How far the clock was set ahead of the time gone by.");
    private final Counter errors = counter("errors", "Looks that came to nothing, by what went wrong.", "kind");
    private final Counter decisions = counter("decisions", "Decisions.", SERVICE, "verdict");
    private final Counter moves = counter("moves", "Changes of a replica count.", SERVICE, "direction");
    private final Counter failures =
            counter("scale_failures", "Decisions to scale that could not be carried out, by why.", SERVICE, "reason");
    private final Gauge current = gauge("replicas_current", "The count a service is set to.", SERVICE);
    private final Gauge desired = gauge("replicas_desired", "The count it is to have after the last look.", SERVICE);
    private final Gauge wanted = gauge("replicas_wanted", "The count that the metrics or a bound asked for.", SERVICE);
    private final Gauge running = gauge("replicas_running", "How many tasks ran at the last look.", SERVICE);
    private final Gauge min = gauge("replicas_min", "The least count allowed now.", SERVICE);
    private final Gauge max = gauge("replicas_max", "The largest count allowed now.", SERVICE);
    private final Gauge held =
            gauge("held", "1 for each reason for which a wanted count is not taken.", SERVICE, "reason");
    private final Gauge missing = gauge("metric_missing", "1 for each metric without data.", SERVICE, "metric");
    private final Gauge absent =
            gauge("service_missing", "1 for each service with a policy that is not there.", SERVICE);
    private final Histogram durations = Histogram.builder()
            .name("prodstack_autoscale_look_duration_seconds")
            .help("How long looks took.")
            .classicOnly()
            .classicUpperBounds(SECONDS)
            .register(registry);

    /** Nothing has happened yet. */
    public ControllerMetrics() {
        leader.set(0);
        for (ControllerEvent.Kind kind : ControllerEvent.Kind.values()) {
            errors.initLabelValues(kind.word());
        }
    }

    private Gauge gauge(String name, String help, String... labels) {
        return Gauge.builder()
                .name("prodstack_autoscale_" + name)
                .help(help)
                .labelNames(labels)
                .register(registry);
    }

    private Counter counter(String name, String help, String... labels) {
        return Counter.builder()
                .name("prodstack_autoscale_" + name)
                .help(help)
                .labelNames(labels)
                .register(registry);
    }

    @Override
    public void accept(ControllerEvent event) {
        if (event instanceof Looked looked) {
            durations.observe(looked.took().toNanos() / NANOS);
            show(looked.look());
        } else if (event instanceof Trouble trouble) {
            errors.labelValues(trouble.kind().word()).inc();
        } else if (event instanceof RoleChanged change) {
            leader.set(change.role() == Role.LEADER ? 1 : 0);
            forgetServices();
        }
    }

    private void forgetServices() {
        for (Gauge gauge : new Gauge[] {current, desired, wanted, running, min, max, held, missing, absent}) {
            gauge.clear();
        }
    }

    private void show(Look look) {
        forgetServices();
        lastLook.set(look.time().toEpochMilli() / 1e3);
        clockAhead.set(look.clockAhead().toMillis() / 1e3);
        look.missing().forEach(service -> absent.labelValues(service).set(1));
        look.services().forEach(this::show);
    }

    private void show(ServiceLook look) {
        String service = look.service();
        Account account = look.account();
        absent.labelValues(service).set(0);
        current.labelValues(service).set(account.current());
        desired.labelValues(service).set(account.replicas());
        wanted.labelValues(service).set(account.wanted());
        running.labelValues(service).set(account.running());
        min.labelValues(service).set(account.bounds().min());
        max.labelValues(service).set(account.bounds().max());
        decisions.labelValues(service, account.verdict().word()).inc();
        startCounting(service);
        for (Reason reason : look.decision().reasons()) {
            boolean blind = reason instanceof Finding.Blind && look.decision() instanceof Decision.Hold;
            if (reason instanceof Restraint || blind) {
                held.labelValues(service, reason.code()).set(1);
            } else if (reason instanceof Finding.NoData gap) {
                missing.labelValues(service, gap.metric()).set(1);
            } else if (reason instanceof Finding.Asked asked) {
                missing.labelValues(service, asked.metric().name()).set(0);
            }
        }
        if (look.decision() instanceof Decision.Scale scale) {
            if (look.outcome() == ServiceLook.Plain.SCALED) {
                moves.labelValues(service, scale.direction().toString()).inc();
            } else {
                held.labelValues(service, look.outcome().code()).set(1);
                failures.labelValues(service, look.outcome().code()).inc();
            }
        }
    }

    private void startCounting(String service) {
        for (Direction direction : Direction.values()) {
            moves.initLabelValues(service, direction.toString());
        }
        for (ServiceLook.Plain outcome : ServiceLook.Plain.values()) {
            if (outcome != ServiceLook.Plain.LEFT && outcome != ServiceLook.Plain.SCALED) {
                failures.initLabelValues(service, outcome.code());
            }
        }
    }

    /** The metrics in Prometheus' text format. */
    public byte[] text() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(bytes, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The media type of {@link #text}. */
    public static String contentType() {
        return PrometheusTextFormatWriter.CONTENT_TYPE;
    }
}
