package dev.prodstack.swarm.status;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a stack was doing at a moment.
 *
 * @param stack the stack's name
 * @param time when, by the engine's clock
 * @param services its services, in the order of their names; empty if there is no such stack
 * @param underWay a change to it that has not come to its end, if any
 */
public record StackStatus(String stack, Instant time, List<ServiceStatus> services, Optional<UnderWay> underWay) {
    /** Copies the services. */
    public StackStatus {
        services = List.copyOf(services);
        Objects.requireNonNull(underWay, "underWay");
    }

    /** The same with some of the services only. */
    public StackStatus with(List<ServiceStatus> some) {
        return new StackStatus(stack, time, some, underWay);
    }

    /** Whether every service is as wanted, and no change is under way or was left unfinished. */
    public boolean asWanted() {
        return underWay.isEmpty()
                && services.stream().allMatch(service -> service.standing().asWanted());
    }
}
