package dev.prodstack.swarm.deploy;

import dev.prodstack.swarm.convergence.ServiceReading;
import dev.prodstack.swarm.convergence.Standing;
import dev.prodstack.swarm.plan.Change.CreateService;
import dev.prodstack.swarm.plan.Change.UpdateService;
import dev.prodstack.swarm.plan.ObjectKind;
import dev.prodstack.swarm.problem.EngineException;
import dev.prodstack.swarm.progress.DeployEvent;
import dev.prodstack.swarm.progress.DeployEvent.Begun;
import dev.prodstack.swarm.progress.DeployEvent.NotRemoved;
import dev.prodstack.swarm.progress.DeployEvent.Removed;
import dev.prodstack.swarm.progress.DeployEvent.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Remembers what was done, and takes it back: the last first. */
final class Undo {
    /** Networks and secrets are in use until the last task of a removed service has ended. */
    private static final Duration RELEASE = Duration.ofSeconds(60);

    private record Thing(ObjectKind kind, String name) {}

    private final Cluster cluster;
    private final StackWatch watch;
    private final Consumer<DeployEvent> listener;
    private final List<Thing> things = new ArrayList<>();
    private final List<CreateService> createdServices = new ArrayList<>();
    private final List<UpdateService> updatedServices = new ArrayList<>();
    private final Stalls stalls = Stalls.ofReturns(System::nanoTime);

    Undo(Cluster cluster, StackWatch watch, Consumer<DeployEvent> listener) {
        this.cluster = cluster;
        this.watch = watch;
        this.listener = listener;
    }

    void created(ObjectKind kind, String name) {
        things.add(0, new Thing(kind, name));
    }

    void created(CreateService service) {
        createdServices.add(0, service);
    }

    /** A service that was created and is gone already. */
    void isGone(String name) {
        createdServices.removeIf(service -> service.name().equals(name));
    }

    void updated(UpdateService service) {
        updatedServices.add(0, service);
    }

    /** Goes back. Nothing if that succeeded, otherwise why not. */
    Optional<String> run(Patience patience) {
        List<String> services = new ArrayList<>();
        createdServices.forEach(service -> services.add(service.key()));
        updatedServices.forEach(service -> services.add(service.key()));
        listener.accept(new DeployEvent.GoingBack(services));
        List<String> problems = new ArrayList<>();
        for (CreateService service : createdServices) {
            remove(ObjectKind.SERVICE, service.name(), service.name()).ifPresent(problems::add);
        }
        restore(patience).ifPresent(problems::add);
        for (Thing thing : things) {
            remove(thing.kind(), thing.name(), thing.name());
        }
        return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems));
    }

    /** Removes an object, which may have to wait until nothing uses it any more. */
    Optional<String> remove(ObjectKind kind, String idOrName, String name) {
        Patience patience = new Patience(RELEASE);
        while (true) {
            try {
                cluster.remove(kind, idOrName);
                while (kind == ObjectKind.NETWORK && cluster.hasNetwork(idOrName) && !patience.isOver()) {
                    patience.pause();
                }
                listener.accept(new Removed(kind, name));
                return Optional.empty();
            } catch (EngineException e) {
                if (e.kind() != EngineException.Kind.REFUSED || patience.isOver()) {
                    listener.accept(new NotRemoved(kind, name, e.reason()));
                    return Optional.of(kind + " " + name + " cannot be removed: " + e.reason());
                }
            }
            patience.pause();
        }
    }

    private Optional<String> restore(Patience patience) {
        Map<String, Rollout> active = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (UpdateService service : updatedServices) {
            try {
                begin(service, active);
            } catch (EngineException e) {
                problems.add(service.key() + ": " + e.reason());
            }
        }
        while (!active.isEmpty() && !patience.isOver()) {
            Map<String, ServiceReading> readings = watch.look();
            active.entrySet().removeIf(entry -> isBack(entry.getValue(), readings.get(entry.getKey()), problems));
            if (!active.isEmpty()) {
                patience.pause();
            }
        }
        active.values().forEach(rollout -> problems.add(rollout.service() + " is not healthy again yet"));
        return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems));
    }

    private void begin(UpdateService service, Map<String, Rollout> active) {
        if (!cluster.specification(service.id()).equals(service.before())) {
            cluster.goBack(service.id(), service.before());
        }
        listener.accept(new Begun(service.key(), Step.GO_BACK));
        active.put(service.name(), new Rollout(service.key(), listener));
    }

    private boolean isBack(Rollout rollout, @Nullable ServiceReading reading, List<String> problems) {
        if (reading == null) {
            problems.add(rollout.service() + " is gone");
            return true;
        }
        Standing standing = rollout.look(reading);
        if (standing instanceof Standing.Failed failed) {
            if (failed.cause() == Standing.Cause.ROLLED_BACK) {
                return reading.isServing();
            }
            problems.add(rollout.service() + ": " + failed.message());
            return true;
        }
        if (standing instanceof Standing.Moving && stalls.hasNew(reading)) {
            cluster.nudge(reading.service().path("ID").asText());
            listener.accept(new Begun(rollout.service(), Step.RESUME));
        }
        return standing instanceof Standing.Settled;
    }
}
