package dev.prodstack.core.stack;

import dev.prodstack.core.value.ByteSize;
import dev.prodstack.core.value.CpuCount;
import dev.prodstack.core.value.Data;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What each task of a service may use at most, and what a node must have free for it.
 *
 * @param limits the most a task may use
 * @param reservations what is set aside for a task
 */
public record Resources(Limits limits, Reservations reservations) {

    /**
     * The most a task may use.
     *
     * @param cpus processor time
     * @param memory memory
     * @param pids processes and threads
     */
    public record Limits(Optional<CpuCount> cpus, Optional<ByteSize> memory, OptionalLong pids) {}

    /**
     * What is set aside for a task.
     *
     * @param cpus processor time
     * @param memory memory
     * @param generic resources that nodes announce themselves
     * @param devices device reservations, which Swarm ignores
     */
    public record Reservations(
            Optional<CpuCount> cpus, Optional<ByteSize> memory, List<Generic> generic, List<Data> devices) {
        /** Copies the lists. */
        public Reservations {
            generic = List.copyOf(generic);
            devices = List.copyOf(devices);
        }
    }

    /**
     * A countable resource that nodes announce themselves.
     *
     * @param kind its name
     * @param value how many
     */
    public record Generic(String kind, long value) {}
}
