package dev.prodstack.autoscale;

import dev.prodstack.autoscale.ControllerEvent.Kind;
import dev.prodstack.autoscale.ControllerEvent.Looked;
import dev.prodstack.autoscale.ControllerEvent.Role;
import dev.prodstack.autoscale.ControllerEvent.RoleChanged;
import dev.prodstack.autoscale.ControllerEvent.Trouble;
import dev.prodstack.autoscale.metrics.MetricReader;
import dev.prodstack.core.cluster.ClusterException;
import dev.prodstack.core.scaling.MetricSources;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Takes looks at the interval that the stack's file says, as long as it leads; else waits for the leader to fall
 * silent. Whatever goes wrong is told and tried again.
 */
public final class Controller {
    private static final Duration RENEWAL = Duration.ofSeconds(5);

    private final PolicySource policies;
    private final Autoscaler autoscaler;
    private final Leadership leadership;
    private final Function<MetricSources, MetricReader> readers;
    private final Consumer<ControllerEvent> listener;
    private Optional<Reader> reader = Optional.empty();
    private Optional<ScaledStack> stack = Optional.empty();
    private Optional<Role> role = Optional.empty();

    /** A reader and what it reads from. */
    private record Reader(MetricSources sources, MetricReader metrics) {}

    /**
     * A controller.
     *
     * @param readers opens a reader of sources; closed here
     * @param listener is told what happens, on the thread that runs
     */
    public Controller(
            PolicySource policies,
            Autoscaler autoscaler,
            Leadership leadership,
            Function<MetricSources, MetricReader> readers,
            Consumer<ControllerEvent> listener) {
        this.policies = policies;
        this.autoscaler = autoscaler;
        this.leadership = leadership;
        this.readers = readers;
        this.listener = listener;
    }

    /** Runs until the thread is interrupted, and then lets another one lead. */
    public void run() {
        long next = System.nanoTime();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (leads() && System.nanoTime() - next >= 0) {
                    long begun = System.nanoTime();
                    look();
                    next = after(next, begun, interval());
                }
                long left = Math.max(1, Math.min(RENEWAL.toNanos(), next - System.nanoTime()));
                Thread.sleep(Duration.ofNanos(role.equals(Optional.of(Role.LEADER)) ? left : RENEWAL.toNanos())
                        .toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    /** Looks that were missed are not made up for. */
    private static long after(long due, long begun, Duration interval) {
        long next = due + interval.toNanos();
        return next - begun > 0 ? next : begun + interval.toNanos();
    }

    private Duration interval() {
        return stack.map(its -> its.sources().interval())
                .orElse(MetricSources.standard().interval());
    }

    private boolean leads() {
        boolean leads = false;
        try {
            leads = leadership.hold();
        } catch (ClusterException e) {
            trouble(Kind.CLUSTER, e);
        }
        Role now = leads ? Role.LEADER : Role.STANDBY;
        if (!role.equals(Optional.of(now))) {
            role = Optional.of(now);
            autoscaler.forget();
            listener.accept(
                    new RoleChanged(Instant.now(), now, leadership.leader().orElse("")));
        }
        return leads;
    }

    private void look() {
        long begun = System.nanoTime();
        try {
            read();
            if (stack.isPresent()) {
                Look look = autoscaler.look(stack.get(), metrics(stack.get().sources()));
                listener.accept(new Looked(look, Duration.ofNanos(System.nanoTime() - begun)));
            }
        } catch (ClusterException e) {
            // What was written may have arrived or not.
            autoscaler.forget();
            trouble(Kind.CLUSTER, e);
        } catch (NotAlone e) {
            autoscaler.forget();
            trouble(Kind.NOT_ALONE, e);
        } catch (RuntimeException e) {
            // One stack's bad number must not end the looks at all others: alerts tell of it.
            autoscaler.forget();
            trouble(Kind.DEFECT, e);
        }
    }

    private void read() {
        try {
            stack = Optional.of(policies.read());
        } catch (PolicySource.UnreadablePolicies e) {
            trouble(Kind.POLICIES, e);
        }
    }

    private MetricReader metrics(MetricSources sources) {
        if (reader.isEmpty() || !reader.get().sources().equals(sources)) {
            reader.ifPresent(its -> its.metrics().close());
            reader = Optional.empty();
            reader = Optional.of(new Reader(sources, readers.apply(sources)));
        }
        return reader.get().metrics();
    }

    private void trouble(Kind kind, RuntimeException e) {
        String why = kind == Kind.DEFECT ? e.toString() : String.valueOf(e.getMessage());
        listener.accept(new Trouble(Instant.now(), kind, why));
    }

    private void end() {
        reader.ifPresent(its -> its.metrics().close());
        boolean interrupted = Thread.interrupted();
        try {
            leadership.resign();
        } catch (ClusterException e) {
            trouble(Kind.CLUSTER, e);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
