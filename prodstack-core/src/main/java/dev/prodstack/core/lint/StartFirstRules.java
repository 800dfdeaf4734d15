package dev.prodstack.core.lint;

import static dev.prodstack.core.lint.Severity.WARNING;

import dev.prodstack.core.lint.Rule.Report;
import dev.prodstack.core.stack.Deploy.Mode;
import java.util.List;
import java.util.OptionalLong;

/** What cannot run twice, not even for a moment. */
final class StartFirstRules {
    static final List<Rule> ALL = List.of(
            Rule.ofService(
                    "start-first-host-port",
                    WARNING,
                    "With start-first the new task needs the port while the old one still has it. It waits for a node"
                            + " where the port is free, and if there is none the update never ends.",
                    StartFirstRules::hostPort),
            Rule.ofService(
                    "start-first-database",
                    WARNING,
                    "With start-first two servers write to the same files for a while. Databases then refuse to start,"
                            + " and those without a lock lose data.",
                    StartFirstRules::database),
            Rule.ofService(
                    "start-first-max-replicas",
                    WARNING,
                    "max_replicas_per_node counts old and new tasks together. With start-first the new task needs a"
                            + " place beyond those, and waits for ever if no node has one.",
                    StartFirstRules::maxReplicas));

    private StartFirstRules() {}

    private static void hostPort(ServiceFacts service, Report report) {
        if (!service.startsFirst()) {
            return;
        }
        service.fixedHostPorts().findFirst().ifPresent(port -> {
            int published = port.published().orElseThrow().first();
            report.add(
                    service.startFirstSection().path("order"),
                    "start-first, but a node has port " + published + "/" + port.protocol() + " only once: "
                            + (service.mode() == Mode.GLOBAL
                                    ? "the new task of a global service has no other node to go to"
                                    : "the new task needs a node without an old one"),
                    "set " + service.startFirstSection().key()
                            + ".order: stop-first, or publish the port in mode ingress");
        });
    }

    private static void database(ServiceFacts service, Report report) {
        if (!service.startsFirst() || service.database().isEmpty()) {
            return;
        }
        service.writtenVolumes()
                .findFirst()
                .ifPresent(volume -> report.add(
                        service.startFirstSection().path("order"),
                        "start-first runs two " + service.database().get() + " servers on volume "
                                + volume.source().orElseThrow() + " for a while",
                        "set " + service.startFirstSection().key() + ".order: stop-first"));
    }

    private static void maxReplicas(ServiceFacts service, Report report) {
        OptionalLong most = service.service().deploy().placement().maxReplicasPerNode();
        if (service.isReplicated() && service.startsFirst() && most.orElse(0) > 0 && service.mostReplicas() > 0) {
            long nodes = (service.mostReplicas() - 1) / most.getAsLong() + 1;
            report.add(
                    "deploy.placement.max_replicas_per_node",
                    "start-first needs a place beyond " + service.mostReplicas() + " replicas, but at most "
                            + most.getAsLong() + " on a node: " + nodes + " nodes are too few when they are full",
                    "set order: stop-first, raise max_replicas_per_node, or replace it by a spread preference");
        }
    }
}
