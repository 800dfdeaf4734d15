package dev.prodstack.core.lint;

import static dev.prodstack.core.lint.Severity.ERROR;

import dev.prodstack.core.lint.Rule.Report;
import java.util.List;

/** What a mode of deployment rules out. */
final class ModeRules {
    static final List<Rule> ALL = List.of(
            Rule.ofService(
                    "job-update-config",
                    ERROR,
                    "Jobs are not updated task by task, and Swarm refuses a job with an update_config.",
                    ModeRules::jobUpdateConfig),
            Rule.ofService(
                    "global-replicas",
                    ERROR,
                    "A global service has one task on each node. A number of replicas contradicts that, and docker"
                            + " stack deploy refuses it.",
                    ModeRules::globalReplicas));

    private ModeRules() {}

    private static void jobUpdateConfig(ServiceFacts service, Report report) {
        if (service.isJob() && service.update().written().isPresent()) {
            report.add(
                    "deploy.update_config",
                    "a " + service.mode() + " with an update_config",
                    "remove update_config; restart_policy says what happens when a job's task fails");
        }
    }

    private static void globalReplicas(ServiceFacts service, Report report) {
        if (service.isGlobal() && service.service().deploy().replicas().isPresent()) {
            report.add(
                    "deploy.replicas",
                    "mode " + service.mode() + " with replicas: "
                            + service.service().deploy().replicas().getAsInt(),
                    "remove replicas, or set mode: replicated");
        }
    }
}
