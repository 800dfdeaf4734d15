package dev.prodstack.swarm.deploy;

import dev.prodstack.core.stack.Payload;
import dev.prodstack.swarm.convergence.ServiceReading;
import dev.prodstack.swarm.convergence.Standing;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.plan.Change;
import dev.prodstack.swarm.plan.Change.CreateConfig;
import dev.prodstack.swarm.plan.Change.CreateNetwork;
import dev.prodstack.swarm.plan.Change.CreateSecret;
import dev.prodstack.swarm.plan.Change.CreateService;
import dev.prodstack.swarm.plan.Change.Remove;
import dev.prodstack.swarm.plan.Change.RunJob;
import dev.prodstack.swarm.plan.Change.UpdateService;
import dev.prodstack.swarm.plan.Gate;
import dev.prodstack.swarm.plan.ObjectKind;
import dev.prodstack.swarm.plan.Plan;
import dev.prodstack.swarm.problem.EngineException;
import dev.prodstack.swarm.progress.DeployEvent;
import dev.prodstack.swarm.progress.DeployEvent.Begun;
import dev.prodstack.swarm.progress.DeployEvent.ObjectCreated;
import dev.prodstack.swarm.progress.DeployEvent.Step;
import dev.prodstack.swarm.progress.DeployEvent.Waiting;
import dev.prodstack.swarm.progress.DeployOptions;
import dev.prodstack.swarm.progress.DeployOptions.OnFailure;
import dev.prodstack.swarm.progress.DeployOutcome;
import dev.prodstack.swarm.progress.DeployOutcome.Ending;
import dev.prodstack.swarm.progress.ServiceFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** One application of a plan. */
public final class Deployment {
    private final Cluster cluster;
    private final StackWatch watch;
    private final Evidence evidence;
    private final Sources sources;
    private final Plan plan;
    private final DeployOptions options;
    private final Consumer<DeployEvent> listener;
    private final long begun = System.nanoTime();

    private final List<ServiceChange> waiting = new ArrayList<>();
    private final Map<String, Rollout> active = new LinkedHashMap<>();
    private final Set<String> settled = new HashSet<>();
    private final Set<String> announced = new HashSet<>();
    private final Stalls stalls = Stalls.ofUpdates(System::nanoTime);
    private final Set<String> jobs = new HashSet<>();
    private final Set<String> watched = new HashSet<>();
    private final Map<String, ServiceFailure> seen = new HashMap<>();
    private final Undo undo;

    /**
     * What a plan does not hold.
     *
     * @param secret reads the value of a secret from where it comes from
     * @param registryAuth the encoded credentials of the registry that an image comes from, if there are any
     * @param guard is asked before each change; what it throws keeps the change from being made
     */
    public record Sources(
            Function<Payload, byte[]> secret, Function<String, Optional<String>> registryAuth, Runnable guard) {
        /** The same with another guard. */
        public Sources guardedBy(Runnable other) {
            return new Sources(secret, registryAuth, other);
        }
    }

    /** Prepares to apply a plan. */
    public Deployment(
            EngineClient engine, Sources sources, Plan plan, DeployOptions options, Consumer<DeployEvent> listener) {
        this.cluster = new Cluster(engine, sources.registryAuth(), sources.guard());
        this.watch = new StackWatch(engine, plan.stack());
        this.evidence = new Evidence(engine);
        this.sources = sources;
        this.plan = plan;
        this.options = options;
        this.listener = listener;
        this.undo = new Undo(cluster, watch, listener);
    }

    /**
     * Waits for services too that the plan leaves as they are: an earlier deploy may have changed them and not seen
     * whether they got healthy.
     */
    public void alsoWatch(List<Plan.Unchanged> services) {
        Map<String, ServiceReading> readings = services.isEmpty() ? Map.of() : watch.look();
        services.forEach(service -> {
            active.put(
                    service.name(),
                    Optional.ofNullable(readings.get(service.name()))
                            .map(reading -> Rollout.watching(service.key(), reading, listener))
                            .orElseGet(() -> new Rollout(service.key(), listener)));
            watched.add(service.key());
        });
    }

    /**
     * Applies the plan and waits for the result.
     *
     * @throws EngineException if the engine can no longer be reached; what was begun goes on without us
     * @throws java.util.concurrent.CancellationException if this thread is interrupted; what was begun goes on
     */
    public DeployOutcome run() {
        if (!plan.obstacles().isEmpty()) {
            throw new IllegalArgumentException("a plan with obstacles cannot be applied: " + plan.obstacles());
        }
        Optional<Fault> fault = change();
        if (fault.isPresent()) {
            return answer(fault.get());
        }
        List<String> kept = plan.changes().stream()
                .filter(Remove.class::isInstance)
                .map(Remove.class::cast)
                .flatMap(removal -> remove(removal).stream())
                .toList();
        return new DeployOutcome(Ending.DONE, String.join("; ", kept), List.of(), took());
    }

    /** What went wrong. */
    private record Fault(Ending ending, String message, List<ServiceFailure> failures) {}

    private Optional<Fault> change() {
        try {
            plan.changes().forEach(this::create);
        } catch (EngineException e) {
            return Optional.of(refused(e));
        }
        plan.changes().stream()
                .filter(ServiceChange::is)
                .map(ServiceChange::new)
                .forEach(waiting::add);
        Patience patience = new Patience(options.deadline());
        while (!waiting.isEmpty() || !active.isEmpty()) {
            Map<String, ServiceReading> readings = watch.look();
            Optional<Fault> fault = look(readings).or(() -> begin(readings));
            if (fault.isPresent()) {
                return fault;
            }
            if (patience.isOver()) {
                return Optional.of(late(readings));
            }
            if (!waiting.isEmpty() || !active.isEmpty()) {
                patience.pause();
            }
        }
        return Optional.empty();
    }

    private void create(Change change) {
        if (change instanceof CreateNetwork network) {
            cluster.createNetwork(network.body());
            created(ObjectKind.NETWORK, network.name());
        } else if (change instanceof CreateConfig config) {
            cluster.createConfig(config.body());
            created(ObjectKind.CONFIG, config.name());
        } else if (change instanceof CreateSecret secret) {
            cluster.createSecret(secret.body(), sources.secret().apply(secret.source()));
            created(ObjectKind.SECRET, secret.name());
        }
    }

    private void created(ObjectKind kind, String name) {
        undo.created(kind, name);
        listener.accept(new ObjectCreated(kind, name));
    }

    private Optional<Fault> look(Map<String, ServiceReading> readings) {
        List<ServiceFailure> failures = new ArrayList<>();
        for (Iterator<Map.Entry<String, Rollout>> each = active.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<String, Rollout> entry = each.next();
            Rollout rollout = entry.getValue();
            ServiceReading reading = readings.get(entry.getKey());
            if (reading == null) {
                failures.add(new ServiceFailure(
                        rollout.service(), "it was removed meanwhile", List.of(), List.of(), Optional.empty()));
                continue;
            }
            Standing standing = rollout.look(reading);
            remember(rollout, reading);
            if (standing instanceof Standing.Moving && stalls.hasNew(reading)) {
                cluster.nudge(reading.service().path("ID").asText());
                listener.accept(new Begun(rollout.service(), Step.RESUME));
            }
            if (standing instanceof Standing.Settled) {
                settled.add(entry.getKey());
                each.remove();
                if (jobs.remove(entry.getKey())) {
                    cluster.remove(ObjectKind.SERVICE, entry.getKey());
                    undo.isGone(entry.getKey());
                }
            } else if (standing instanceof Standing.Failed failed) {
                ServiceFailure failure = evidence.of(rollout.service(), reading, failed);
                failures.add(failure.tasks().isEmpty() ? seen.getOrDefault(rollout.service(), failure) : failure);
            }
        }
        failures.forEach(failure -> listener.accept(new DeployEvent.Failed(failure)));
        return failures.isEmpty()
                ? Optional.empty()
                : Optional.of(new Fault(Ending.LEFT, names(failures) + " failed", failures));
    }

    /** A service that goes back loses the tasks that failed, and with them what they had to say. */
    private void remember(Rollout rollout, ServiceReading reading) {
        List<String> failed = reading.failures();
        if (!failed.isEmpty() && !seen.containsKey(rollout.service())) {
            Standing.Failed standing = new Standing.Failed(Standing.Cause.ROLLED_BACK, "its new tasks failed", failed);
            seen.put(rollout.service(), evidence.of(rollout.service(), reading, standing));
        }
    }

    private Optional<Fault> begin(Map<String, ServiceReading> readings) {
        for (Iterator<ServiceChange> each = waiting.iterator(); each.hasNext(); ) {
            ServiceChange change = each.next();
            List<String> closed = change.after().stream()
                    .filter(gate -> !isOpen(gate, readings))
                    .map(Gate::key)
                    .toList();
            if (!closed.isEmpty()) {
                if (announced.add(change.key())) {
                    listener.accept(new Waiting(change.key(), closed));
                }
                continue;
            }
            try {
                begin(change);
            } catch (EngineException e) {
                return Optional.of(refused(change, e));
            }
            each.remove();
        }
        return Optional.empty();
    }

    /** A service that this plan changes has to settle; any other has to be serving as it is. */
    private boolean isOpen(Gate gate, Map<String, ServiceReading> readings) {
        if (settled.contains(gate.name())) {
            return true;
        }
        boolean changes = active.containsKey(gate.name())
                || waiting.stream().anyMatch(change -> change.name().equals(gate.name()));
        ServiceReading reading = readings.get(gate.name());
        return !changes && reading != null && reading.isServing();
    }

    private void begin(ServiceChange change) {
        if (change.change() instanceof CreateService create) {
            cluster.createService(create.spec());
            undo.created(create);
        } else if (change.change() instanceof RunJob job) {
            // One that a killed deploy left: whoever waited for it is gone.
            cluster.remove(ObjectKind.SERVICE, job.name());
            cluster.createService(job.spec());
            undo.created(new CreateService(job.key(), job.name(), job.spec(), Optional.of(1L), List.of()));
            jobs.add(job.name());
            listener.accept(new Begun(job.key(), change.step()));
            active.put(job.name(), new Rollout(job.key(), job.timeout(), listener));
            return;
        } else if (change.change() instanceof UpdateService update) {
            cluster.update(update);
            undo.updated(update);
        }
        listener.accept(new Begun(change.key(), change.step()));
        active.put(change.name(), new Rollout(change.key(), listener));
    }

    private Fault refused(EngineException e) {
        rethrowUnlessRefused(e);
        return new Fault(Ending.LEFT, "the engine refuses: " + e.reason(), List.of());
    }

    private Fault refused(ServiceChange change, EngineException e) {
        rethrowUnlessRefused(e);
        ServiceFailure failure = new ServiceFailure(
                change.key(), "the engine refuses it: " + e.reason(), List.of(), List.of(), Optional.empty());
        listener.accept(new DeployEvent.Failed(failure));
        return new Fault(Ending.LEFT, change.key() + " failed", List.of(failure));
    }

    /** An engine that does not answer cannot be asked to go back either. */
    private static void rethrowUnlessRefused(EngineException e) {
        if (e.kind() != EngineException.Kind.REFUSED) {
            throw e;
        }
    }

    private Fault late(Map<String, ServiceReading> readings) {
        List<ServiceFailure> failures = new ArrayList<>();
        active.forEach((name, rollout) -> {
            ServiceReading reading = readings.get(name);
            if (reading != null) {
                failures.add(evidence.late(
                        rollout.service(),
                        reading,
                        "not healthy within " + options.deadline().toSeconds() + " s"));
            }
        });
        failures.forEach(failure -> listener.accept(new DeployEvent.Failed(failure)));
        return new Fault(
                Ending.TIMED_OUT,
                "the deadline of " + options.deadline().toSeconds() + " s passed while waiting for "
                        + String.join(
                                ", ",
                                active.values().stream().map(Rollout::service).toList()),
                failures);
    }

    private DeployOutcome answer(Fault fault) {
        if (options.onFailure() == OnFailure.LEAVE) {
            return new DeployOutcome(fault.ending(), fault.message(), fault.failures(), took());
        }
        Optional<String> stuck = undo.run(new Patience(options.deadline())).or(() -> fromBefore(fault));
        return new DeployOutcome(
                stuck.isEmpty() ? Ending.ROLLED_BACK : Ending.STUCK,
                fault.message()
                        + stuck.map(reason -> "; going back failed too: " + reason)
                                .orElse(""),
                fault.failures(),
                took());
    }

    /** What another deploy changed this one cannot take back. */
    private Optional<String> fromBefore(Fault fault) {
        List<String> services = fault.failures().stream()
                .map(ServiceFailure::service)
                .filter(watched::contains)
                .toList();
        return services.isEmpty()
                ? Optional.empty()
                : Optional.of("an earlier deploy, which was not finished, changed " + String.join(", ", services));
    }

    /** Removes what is no longer wanted. Only of a volume, which somebody named, it matters that it could not be. */
    private Optional<String> remove(Remove removal) {
        return undo.remove(removal.kind(), removal.id(), removal.name())
                .filter(problem -> removal.kind() == ObjectKind.VOLUME);
    }

    private static String names(List<ServiceFailure> failures) {
        return String.join(", ", failures.stream().map(ServiceFailure::service).toList());
    }

    private Duration took() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
