package dev.prodstack.autoscale.decision;

import dev.prodstack.core.scaling.Signal.Basis;
import dev.prodstack.core.scaling.Signal.Resource;
import dev.prodstack.core.value.ByteSize;
import dev.prodstack.core.value.CpuCount;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the containers of a replica are given: what a utilisation is a share of. A Swarm task has one container; several
 * are added up, as the HPA does for a pod.
 *
 * @param containers what each container is given
 */
public record Requests(List<Container> containers) {
    /** In place of an amount, where a container is given none. */
    static final long ABSENT = -1;

    private static final Requests NONE = new Requests(List.of());
    private static final long NANOS_PER_THOUSANDTH = 1_000_000;
    private static final long THOUSANDTHS_PER_BYTE = 1_000;

    /** Copies the containers. */
    public Requests {
        containers = List.copyOf(containers);
    }

    /** Nothing is reserved and nothing limited. */
    public static Requests none() {
        return NONE;
    }

    /** One container. */
    public static Requests of(Container container) {
        return new Requests(List.of(container));
    }

    /**
     * All containers together in thousandths of a CPU or of a byte, {@link #ABSENT} if one of them is given nothing.
     */
    long thousandths(Resource resource, Basis basis) {
        long sum = 0;
        for (int i = 0; i < containers.size(); i++) {
            long amount = containers.get(i).thousandths(resource, basis);
            if (amount == ABSENT) {
                return ABSENT;
            }
            sum = Nanos.plus(sum, amount);
        }
        return containers.isEmpty() ? ABSENT : sum;
    }

    /**
     * What one container is given.
     *
     * @param reserved what is set aside for it
     * @param limit the most it may use
     */
    public record Container(Share reserved, Share limit) {
        /** Checks that nothing is missing. */
        public Container {
            Objects.requireNonNull(reserved, "reserved");
            Objects.requireNonNull(limit, "limit");
        }

        private long thousandths(Resource resource, Basis basis) {
            return (basis == Basis.RESERVATION ? reserved : limit).thousandths(resource);
        }
    }

    /**
     * A share of a node.
     *
     * @param cpus processor time
     * @param memory memory
     */
    public record Share(Optional<CpuCount> cpus, Optional<ByteSize> memory) {
        private static final Share NONE = new Share(Optional.empty(), Optional.empty());

        /** Checks that nothing is missing. */
        public Share {
            Objects.requireNonNull(cpus, "cpus");
            Objects.requireNonNull(memory, "memory");
        }

        /** No share of anything. */
        public static Share none() {
            return NONE;
        }

        /** A share of both. */
        public static Share of(CpuCount cpus, ByteSize memory) {
            return new Share(Optional.of(cpus), Optional.of(memory));
        }

        private long thousandths(Resource resource) {
            if (resource == Resource.CPU) {
                return cpus.isEmpty() ? ABSENT : -Math.floorDiv(-cpus.get().nanos(), NANOS_PER_THOUSANDTH);
            }
            if (memory.isEmpty()) {
                return ABSENT;
            }
            long bytes = memory.get().bytes();
            return bytes > Long.MAX_VALUE / THOUSANDTHS_PER_BYTE ? Long.MAX_VALUE : bytes * THOUSANDTHS_PER_BYTE;
        }
    }
}
