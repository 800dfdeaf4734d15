package dev.prodstack.swarm.scale;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.core.cluster.ScalableService;
import dev.prodstack.core.cluster.ScalableService.Update;
import dev.prodstack.core.cluster.ServiceTask;
import dev.prodstack.core.cluster.ServiceTask.Phase;
import dev.prodstack.core.cluster.ServiceTask.Share;
import dev.prodstack.core.cluster.ServiceTask.State;
import dev.prodstack.core.value.ByteSize;
import dev.prodstack.core.value.CpuCount;
import dev.prodstack.swarm.spec.Suspension;
import dev.prodstack.swarm.state.TaskStates;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Services and tasks as the engine tells them, in the port's terms. */
final class ServiceReader {
    private ServiceReader() {}

    /**
     * Reads a service.
     *
     * @param current the ids of the tasks of its present version; asked only while an update is under way
     */
    static ScalableService read(JsonNode service, Collection<JsonNode> tasks, Set<String> current) {
        Optional<Update> update = Suspension.of(service.path("Spec"))
                .map(its -> new Update(ScalableService.State.STOPPED, Optional.empty()))
                .or(() -> update(service));
        List<ServiceTask> living = tasks.stream()
                .filter(task -> !TaskStates.hasEnded(state(task)))
                .map(task -> task(task, phase(task, update.isPresent(), current)))
                .toList();
        return new ScalableService(
                service.path("ID").asText(),
                service.path("Spec").path("Name").asText(),
                SwarmServices.version(service),
                replicas(service).orElse(0),
                update,
                living);
    }

    /** The number that a service is set to; none if its mode has none. */
    static OptionalInt replicas(JsonNode service) {
        JsonNode replicated = service.path("Spec").path("Mode").path("Replicated");
        return replicated.isMissingNode()
                ? OptionalInt.empty()
                : OptionalInt.of(replicated.path("Replicas").asInt(1));
    }

    static Optional<Update> update(JsonNode service) {
        JsonNode status = service.path("UpdateStatus");
        Optional<ScalableService.State> state = switch (status.path("State").asText()) {
            case "updating" -> Optional.of(ScalableService.State.UPDATING);
            case "rollback_started" -> Optional.of(ScalableService.State.ROLLING_BACK);
            case "paused", "rollback_paused" -> Optional.of(ScalableService.State.STUCK);
            default -> Optional.empty();
        };
        return state.map(its -> new Update(its, time(status.path("StartedAt"))));
    }

    private static ServiceTask task(JsonNode task, Phase phase) {
        JsonNode resources = task.path("Spec").path("Resources");
        return new ServiceTask(
                task.path("ID").asText(),
                task.path("Slot").asInt(),
                stateOf(task),
                time(task.path("Status").path("Timestamp")).orElse(Instant.EPOCH),
                phase,
                share(resources.path("Reservations")),
                share(resources.path("Limits")));
    }

    /** A task that is to stop may still say that it runs. */
    private static State stateOf(JsonNode task) {
        String desired = task.path("DesiredState").asText();
        if (desired.equals("shutdown") || desired.equals("remove")) {
            return State.STOPPING;
        }
        return state(task).equals("running") ? State.RUNNING : State.PENDING;
    }

    private static Phase phase(JsonNode task, boolean updating, Set<String> current) {
        if (!updating) {
            return Phase.CURRENT;
        }
        return current.contains(task.path("ID").asText()) ? Phase.INCOMING : Phase.OUTGOING;
    }

    /** The engine says 0, or nothing, where nothing is given. */
    private static Share share(JsonNode resources) {
        long nanos = resources.path("NanoCPUs").asLong();
        long bytes = resources.path("MemoryBytes").asLong();
        return new Share(
                nanos > 0 ? Optional.of(new CpuCount(nanos)) : Optional.empty(),
                bytes > 0 ? Optional.of(new ByteSize(bytes)) : Optional.empty());
    }

    private static String state(JsonNode task) {
        return task.path("Status").path("State").asText();
    }

    /** RFC 3339; the year 1 stands for none. */
    private static Optional<Instant> time(JsonNode text) {
        try {
            return Optional.of(OffsetDateTime.parse(text.asText()).toInstant())
                    .filter(time -> time.getEpochSecond() > 0);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
