package dev.prodstack.swarm.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.swarm.convergence.ServiceReading;
import dev.prodstack.swarm.convergence.Standing;
import dev.prodstack.swarm.progress.DeployEvent;
import dev.prodstack.swarm.progress.DeployEvent.Progressed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One service on its way from when the engine accepted its change. */
final class Rollout {
    /** A task without a health check counts as running the moment its process starts; many fail just after. */
    private static final Duration PROBATION = Duration.ofSeconds(5);

    private final String service;
    private final Duration timeout;
    private final Consumer<DeployEvent> listener;
    private final long begun = System.nanoTime();
    private Optional<Progressed> last = Optional.empty();
    private Optional<Long> settledSince = Optional.empty();
    private String over = "";

    Rollout(String service, Consumer<DeployEvent> listener) {
        this(service, Duration.ZERO, listener);
    }

    /** One that may take only so long; zero for no end of its own. */
    Rollout(String service, Duration timeout, Consumer<DeployEvent> listener) {
        this.service = service;
        this.timeout = timeout;
        this.listener = listener;
    }

    /**
     * One of a service that is what it should be and is only watched: that the engine took back, before this began,
     * what is no longer wanted, is no failure.
     */
    static Rollout watching(String service, ServiceReading now, Consumer<DeployEvent> listener) {
        Rollout rollout = new Rollout(service, listener);
        rollout.over = now.takenBackAt();
        return rollout;
    }

    String service() {
        return service;
    }

    /** Takes another look; says so if the service is further than before, or has settled for good. */
    Standing look(ServiceReading seen) {
        boolean before = !over.isEmpty() && seen.takenBackAt().equals(over);
        ServiceReading reading = before ? seen.withoutUpdate() : seen;
        Standing standing = reading.standing();
        if (standing instanceof Standing.Moving moving) {
            if (!timeout.isZero() && System.nanoTime() - begun > timeout.toNanos()) {
                return new Standing.Failed(
                        Standing.Cause.CRASHING, "it was not done within " + timeout.toSeconds() + " s", ids(reading));
            }
            settledSince = Optional.empty();
            report(new Progressed(service, moving.running(), moving.wanted(), moving.old(), moving.waitingFor()));
        } else if (standing instanceof Standing.GoingBack back) {
            report(new Progressed(service, 0, 0, 0, "the engine takes it back: " + back.reason()));
        } else if (standing instanceof Standing.Settled settled) {
            return settledForGood(reading, settled);
        }
        return standing;
    }

    private static List<String> ids(ServiceReading reading) {
        return reading.tasks().stream().map(task -> task.path("ID").asText()).toList();
    }

    private Standing settledForGood(ServiceReading reading, Standing.Settled settled) {
        long now = System.nanoTime();
        long since = settledSince.orElse(now);
        settledSince = Optional.of(since);
        if (!isProven(reading.service(), settled) && now - since < PROBATION.toNanos()) {
            report(new Progressed(service, settled.running(), settled.running(), 0, "watching whether it stays up"));
            return new Standing.Moving(settled.running(), settled.running(), 0, "");
        }
        listener.accept(new DeployEvent.Settled(service, settled.running(), Duration.ofNanos(now - begun)));
        return settled;
    }

    /** Whether it stays up is shown by a health check, by the engine's own watching, or by being over. */
    private static boolean isProven(JsonNode service, Standing.Settled settled) {
        JsonNode spec = service.path("Spec");
        JsonNode test = spec.path("TaskTemplate")
                .path("ContainerSpec")
                .path("Healthcheck")
                .path("Test");
        boolean checked = !test.isEmpty() && !test.path(0).asText().equals("NONE");
        boolean isJob =
                spec.path("Mode").has("ReplicatedJob") || spec.path("Mode").has("GlobalJob");
        boolean watched = service.path("UpdateStatus").path("State").asText().equals("completed");
        boolean none = settled.running() == 0 && spec.path("Mode").has("Replicated");
        return isJob || none || ((checked || watched) && settled.running() > 0);
    }

    private void report(Progressed progress) {
        if (last.isEmpty() || !last.get().equals(progress)) {
            last = Optional.of(progress);
            listener.accept(progress);
        }
    }
}
