package dev.prodstack.swarm.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.swarm.convergence.ServiceReading;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Updates that wait for a task that never starts. Swarm replaces a new task whose node is lost, but its updater goes on
 * waiting for the lost one, for a day.
 */
final class Stalls {
    private static final Set<String> NOT_STARTED =
            Set.of("new", "pending", "assigned", "accepted", "preparing", "ready", "starting");
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Set<String> states;
    private final LongSupplier clock;
    private final Map<String, Long> seen = new HashMap<>();
    private final Set<String> known = new HashSet<>();

    private Stalls(Set<String> states, LongSupplier clock) {
        this.states = states;
        this.clock = clock;
    }

    /** Of updates alone: the engine's verdict on one that it takes back by itself must not be lost. */
    static Stalls ofUpdates(LongSupplier nanoseconds) {
        return new Stalls(Set.of("updating"), nanoseconds);
    }

    /** Of services that are told to go back, which the engine may call a rollback. */
    static Stalls ofReturns(LongSupplier nanoseconds) {
        return new Stalls(Set.of("updating", "rollback_started"), nanoseconds);
    }

    /** Whether the update waits for a task that was not known before to be in its way. */
    boolean hasNew(ServiceReading reading) {
        if (!states.contains(
                reading.service().path("UpdateStatus").path("State").asText())) {
            return false;
        }
        long now = clock.getAsLong();
        boolean found = false;
        for (JsonNode task : reading.tasks()) {
            String id = task.path("ID").asText();
            if (reading.upToDate().contains(id)
                    && task.path("DesiredState").asText().equals("shutdown")
                    && NOT_STARTED.contains(task.path("Status").path("State").asText())
                    && now - seen.computeIfAbsent(id, its -> now) > PATIENCE.toNanos()) {
                found |= known.add(id);
            }
        }
        return found;
    }
}
