package dev.prodstack.autoscale;

import dev.prodstack.core.cluster.ClusterStore;
import dev.prodstack.core.value.Copies;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the autoscaler of a stack left in the cluster at its last look, for who asks why.
 *
 * @param time when the last look was, by the cluster's clock
 * @param age how long ago that is
 * @param interval the time between two looks
 * @param leader who leads; absent if nobody does, or the leader has fallen silent
 * @param services the accounts by the services' names in the Compose file, with times by the cluster's clock
 */
public record Standing(
        Instant time, Duration age, Duration interval, Optional<String> leader, Map<String, Account> services) {
    /** Copies the map. */
    public Standing {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(age, "age");
        Objects.requireNonNull(interval, "interval");
        Objects.requireNonNull(leader, "leader");
        services = Copies.of(services);
    }

    /**
     * Reads it.
     *
     * @return nothing if no look was ever remembered
     * @throws dev.prodstack.core.cluster.ClusterException if the cluster cannot be asked
     */
    public static Optional<Standing> read(ClusterStore store, String stack) {
        Optional<ClusterStore.Entry> entry = store.read(MemoryStore.name(stack));
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        Instant time = entry.get().changedAt();
        Duration age = Duration.between(time, store.now());
        Optional<String> leader = Leadership.current(store, stack);
        return MemoryText.read(entry.get().value()).map(memory -> {
            Memory shifted = memory.shiftedBy(Duration.between(memory.time(), time));
            Map<String, Account> services = new TreeMap<>();
            shifted.services().forEach((name, its) -> services.put(name, its.account()));
            return new Standing(time, age, memory.interval(), leader, services);
        });
    }
}
