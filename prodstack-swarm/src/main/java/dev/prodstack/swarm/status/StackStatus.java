package dev.prodstack.swarm.status;

import java.time.Instant;
import java.util.List;

/**
 * How a stack was doing at a moment.
 *
 * @param stack the stack's name
 * @param time when, by the engine's clock
 * @param services its services, in the order of their names; empty if there is no such stack
 */
public record StackStatus(String stack, Instant time, List<ServiceStatus> services) {
    /** Copies the services. */
    public StackStatus {
        services = List.copyOf(services);
    }

    /** Whether every service is as wanted. */
    public boolean asWanted() {
        return services.stream().allMatch(service -> service.standing().asWanted());
    }
}
