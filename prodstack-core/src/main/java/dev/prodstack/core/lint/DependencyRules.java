package dev.prodstack.core.lint;

import static dev.prodstack.core.lint.Severity.INFO;
import static dev.prodstack.core.lint.Severity.WARNING;

import dev.prodstack.core.lint.Rule.Report;
import dev.prodstack.core.stack.Dependency;
import dev.prodstack.core.stack.Dependency.Condition;
import dev.prodstack.core.stack.RestartPolicy;
import java.util.List;

/** What a service waits for. */
final class DependencyRules {
    static final List<Rule> ALL = List.of(
            Rule.ofService(
                    "depends-on-start-only",
                    INFO,
                    "prodstack waits for these conditions when it deploys. Swarm does not: when a node is lost or"
                            + " a task restarts, services start in any order. docker stack deploy refuses the form.",
                    DependencyRules::startOnly),
            Rule.ofService(
                    "depends-on-without-health-check",
                    WARNING,
                    "A service without a health check counts as healthy as soon as its process runs, so waiting until"
                            + " it is healthy waits for nothing.",
                    DependencyRules::withoutHealthCheck),
            Rule.ofService(
                    "depends-on-completion",
                    WARNING,
                    "A service that is no job never completes: Swarm starts its task again each time it ends."
                            + " What waits for its completion waits until the deadline.",
                    DependencyRules::completion));

    private DependencyRules() {}

    private static void startOnly(ServiceFacts service, Report report) {
        service.service().dependsOn().forEach((name, dependency) -> {
            if (dependency.condition() != Condition.SERVICE_STARTED || dependency.restart()) {
                report.add(
                        "depends_on." + name,
                        (dependency.restart() ? "restart: true" : "condition " + dependency.condition())
                                + " has no effect once the deploy is done",
                        "let " + service.name() + " retry until " + name + " answers");
            }
        });
    }

    private static void withoutHealthCheck(ServiceFacts service, Report report) {
        service.service().dependsOn().forEach((name, dependency) -> {
            if (dependency.condition() == Condition.SERVICE_HEALTHY && isUnchecked(service, name)) {
                report.add(
                        "depends_on." + name + ".condition",
                        "waits until " + name + " is healthy, but the file gives it no health check",
                        "add a healthcheck to " + name + "; if its image has one, write it down here too");
            }
        });
    }

    private static boolean isUnchecked(ServiceFacts service, String name) {
        return service.sibling(name).filter(target -> target.health().isEmpty()).isPresent();
    }

    private static void completion(ServiceFacts service, Report report) {
        service.service().dependsOn().forEach((name, dependency) -> {
            if (waitsForEnd(dependency) && restartsAfterEnd(service, name)) {
                report.add(
                        "depends_on." + name + ".condition",
                        "waits until " + name + " completes, but Swarm starts it again each time it ends",
                        "set deploy.mode: replicated-job on " + name);
            }
        });
    }

    private static boolean waitsForEnd(Dependency dependency) {
        return dependency.condition() == Condition.SERVICE_COMPLETED_SUCCESSFULLY;
    }

    private static boolean restartsAfterEnd(ServiceFacts service, String name) {
        return service.sibling(name)
                .filter(target -> !target.isJob() && RestartRules.condition(target) == RestartPolicy.Condition.ANY)
                .isPresent();
    }
}
