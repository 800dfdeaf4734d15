package dev.prodstack.swarm.health;

import dev.prodstack.core.value.Copies;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a health check asks.
 *
 * @param addresses what to ask over HTTP; if there is none, every TCP port 80, 8080, 443 and 8443 that a service
 *     publishes, at its nodes
 * @param resolved names and the addresses to connect to in their place; certificates are still to bear the name
 * @param trust which certificates are good enough
 * @param prometheus where Prometheus answers; without it, the one that runs as a service of the stack
 * @param prometheusService that service's name in the stack
 * @param patience how long an answer may take
 */
public record HealthQuery(
        List<URI> addresses,
        Map<String, String> resolved,
        Trust trust,
        Optional<URI> prometheus,
        String prometheusService,
        Duration patience) {
    /** Copies the collections and checks the addresses. */
    public HealthQuery {
        addresses = List.copyOf(addresses);
        resolved = Copies.of(resolved);
        addresses.forEach(HealthQuery::check);
        prometheus.ifPresent(HealthQuery::check);
    }

    /** The published ports and the service {@code prometheus}, five seconds for each answer. */
    public static HealthQuery standard() {
        return new HealthQuery(
                List.of(), Map.of(), new Trust.Platform(), Optional.empty(), "prometheus", Duration.ofSeconds(5));
    }

    private static void check(URI address) {
        String scheme = String.valueOf(address.getScheme());
        if (!(scheme.equals("http") || scheme.equals("https")) || address.getHost() == null) {
            throw new IllegalArgumentException(address + " is no http or https address with a host");
        }
    }
}
