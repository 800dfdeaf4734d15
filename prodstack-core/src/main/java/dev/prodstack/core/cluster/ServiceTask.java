package dev.prodstack.core.cluster;

import dev.prodstack.core.value.ByteSize;
import dev.prodstack.core.value.CpuCount;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A task that has not ended.
 *
 * @param id the cluster's identifier of it
 * @param slot the place it fills; while it is replaced, its successor has the same
 * @param state what it is doing
 * @param since when it came into that state, by the cluster's clock
 * @param phase whose version it is of
 * @param reserved what is set aside for it
 * @param limit the most it may use
 */
public record ServiceTask(String id, int slot, State state, Instant since, Phase phase, Share reserved, Share limit) {
    /** Checks that nothing is missing. */
    public ServiceTask {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(reserved, "reserved");
        Objects.requireNonNull(limit, "limit");
    }

    /** What a task is doing. */
    public enum State {
        /** It has been asked for and does not run yet, or no health check of it went well yet. */
        PENDING,
        /** It runs, and is healthy if it has a health check. */
        RUNNING,
        /** It has been told to stop. */
        STOPPING
    }

    /** Where a task stands in an update. */
    public enum Phase {
        /** It is of the service's version, or no update is under way. */
        CURRENT,
        /** It is of the version that an update leads away from. */
        OUTGOING,
        /** It came with the update that is under way. */
        INCOMING
    }

    /**
     * A share of a node.
     *
     * @param cpus processor time
     * @param memory memory
     */
    public record Share(Optional<CpuCount> cpus, Optional<ByteSize> memory) {
        /** Checks that nothing is missing. */
        public Share {
            Objects.requireNonNull(cpus, "cpus");
            Objects.requireNonNull(memory, "memory");
        }
    }
}
