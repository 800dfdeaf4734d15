package dev.prodstack.swarm.health;

import dev.prodstack.swarm.doctor.Finding;
import dev.prodstack.swarm.doctor.Finding.Verdict;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.status.ServiceStatus;
import dev.prodstack.swarm.status.StackStatus;
import dev.prodstack.swarm.status.TaskStatus.Health;
import java.util.ArrayList;
import java.util.List;

/** Finds out whether a stack serves. */
public final class HealthCheck {
    private HealthCheck() {}

    /**
     * Looks at services, published ports and the targets of Prometheus.
     *
     * @throws dev.prodstack.swarm.problem.EngineException if the engine does not answer, or a file of certificates
     *     cannot be read
     */
    @SuppressWarnings("exports") // Who embeds prodstack goes through Swarm.
    public static List<Finding> look(EngineClient engine, StackStatus status, HealthQuery query) {
        HttpProbe probe = new HttpProbe(query);
        List<Finding> findings = new ArrayList<>(
                status.services().stream().map(HealthCheck::service).toList());
        findings.addAll(new Probes(engine, query, probe).look(status));
        findings.addAll(new Prometheus(engine, query, probe).look(status));
        return List.copyOf(findings);
    }

    static Finding service(ServiceStatus service) {
        long unhealthy = service.tasks().stream()
                .filter(task -> task.health() == Health.UNHEALTHY)
                .count();
        String message = service.name() + " is " + service.standing() + ", "
                + service.replicas().running() + " of " + service.replicas().wanted() + " tasks healthy";
        if (service.standing().asWanted() && unhealthy == 0) {
            return new Finding("service", Verdict.OK, message, "");
        }
        String reason = service.troubles().isEmpty()
                ? ""
                : ": " + service.troubles().get(0).reason();
        return new Finding("service", Verdict.ERROR, message + reason, "see prodstack status " + service.name());
    }
}
