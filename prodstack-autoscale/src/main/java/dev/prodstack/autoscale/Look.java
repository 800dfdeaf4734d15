package dev.prodstack.autoscale;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One look at a stack.
 *
 * @param stack the stack's name
 * @param time when
 * @param clockAhead how far the machine's clock is ahead of the time that is gone by; zero unless it was just set
 * @param services what the look at each service came to, in the order of their names
 * @param missing services that have a policy and are not in the cluster
 */
public record Look(String stack, Instant time, Duration clockAhead, List<ServiceLook> services, List<String> missing) {
    /** Copies the lists. */
    public Look {
        Objects.requireNonNull(stack, "stack");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(clockAhead, "clockAhead");
        services = List.copyOf(services);
        missing = List.copyOf(missing);
    }
}
