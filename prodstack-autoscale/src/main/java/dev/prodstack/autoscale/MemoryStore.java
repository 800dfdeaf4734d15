package dev.prodstack.autoscale;

import dev.prodstack.core.cluster.ClusterStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The memory of a stack in the cluster, {@code autoscale.STACK}. */
final class MemoryStore {
    private static final Duration SAME = Duration.ofSeconds(1);

    private final ClusterStore store;
    private final String name;
    private Optional<ClusterStore.Entry> entry = Optional.empty();

    MemoryStore(ClusterStore store, String stack) {
        this.store = store;
        this.name = name(stack);
    }

    /** The name of the entry. */
    static String name(String stack) {
        return ClusterStore.nameFor("autoscale.", stack);
    }

    /**
     * What was remembered last, by whomever, with its times moved to our clock: what was ten seconds ago by the
     * cluster's clock was ten seconds ago.
     *
     * @param now our time
     */
    Memory recall(Instant now) {
        entry = store.read(name);
        if (entry.isEmpty()) {
            return Memory.none();
        }
        Memory memory = MemoryText.read(entry.get().value()).orElseGet(Memory::none);
        Duration age = Duration.between(entry.get().changedAt(), store.now());
        Duration shift = Duration.between(memory.time(), now.minus(age));
        return memory.services().isEmpty() || shift.abs().compareTo(SAME) <= 0 ? memory : memory.shiftedBy(shift);
    }

    /**
     * Remembers.
     *
     * @throws NotAlone if somebody else did so since we recalled it
     */
    void remember(Memory memory) {
        byte[] value = MemoryText.write(memory);
        entry = entry.isPresent() ? store.replace(entry.get(), value) : store.create(name, value);
        if (entry.isEmpty()) {
            throw new NotAlone();
        }
    }
}
