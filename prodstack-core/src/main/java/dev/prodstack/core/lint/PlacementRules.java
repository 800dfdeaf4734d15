package dev.prodstack.core.lint;

import static dev.prodstack.core.lint.Severity.ERROR;
import static dev.prodstack.core.lint.Severity.INFO;
import static dev.prodstack.core.lint.Severity.WARNING;

import dev.prodstack.core.lint.Rule.Report;
import dev.prodstack.core.problem.Suggestion;
import dev.prodstack.core.stack.Port;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** On which nodes tasks can run. */
final class PlacementRules {
    static final List<Rule> ALL = List.of(
            Rule.ofService(
                    "placement-constraint",
                    ERROR,
                    "Swarm refuses a constraint that is not attribute == value or attribute != value. One that is well"
                            + " formed but names an attribute no node has is accepted, and the tasks wait for ever.",
                    PlacementRules::constraint),
            Rule.ofService(
                    "placement-preference",
                    WARNING,
                    "Tasks are spread over the values of node.labels and engine.labels. Swarm accepts any other"
                            + " preference and ignores it.",
                    PlacementRules::preference),
            Rule.ofService(
                    "replicas-do-not-fit",
                    ERROR,
                    "A service that is bound to one node and may not have all of its replicas there never gets the"
                            + " rest of them: they wait for ever.",
                    PlacementRules::doNotFit),
            Rule.ofService(
                    "pinned-to-node",
                    INFO,
                    "A service that is bound to a node by its name or id is down when the node is, and the file must be"
                            + " changed and deployed to move it. A node label moves with one command.",
                    PlacementRules::pinned));

    private PlacementRules() {}

    private static void constraint(ServiceFacts service, Report report) {
        List<String> texts = service.service().deploy().placement().constraints();
        for (int i = 0; i < texts.size(); i++) {
            String path = "deploy.placement.constraints[" + i + "]";
            Optional<Constraint> parsed = Constraint.parse(texts.get(i));
            if (parsed.isEmpty()) {
                report.add(
                        path,
                        "expected attribute == value or attribute != value, found \"" + texts.get(i) + "\"",
                        "write it as in node.labels.disk == ssd");
                continue;
            }
            Constraint constraint = parsed.get();
            if (!constraint.isKnown()) {
                report.add(path, "no node has the attribute " + constraint.key(), knownAttribute(constraint.key()));
            } else if (constraint.key().equals("node.role") && !isRole(constraint.value())) {
                report.add(
                        path,
                        "expected the role manager or worker, found \"" + constraint.value() + "\"",
                        "write node.role == manager or node.role == worker");
            }
        }
        contradiction(service, report);
    }

    private static boolean isRole(String value) {
        String role = value.toLowerCase(Locale.ROOT);
        return role.equals("manager") || role.equals("worker");
    }

    private static String knownAttribute(String key) {
        return Suggestion.forWord(key, Constraint.NODE_ATTRIBUTES)
                .orElse("use node.id, node.hostname, node.ip, node.role, node.platform.os, node.platform.arch,"
                        + " node.labels.NAME or engine.labels.NAME");
    }

    private static void contradiction(ServiceFacts service, Report report) {
        Map<String, Constraint> required = new HashMap<>();
        service.constraints().stream()
                .filter(Constraint::equal)
                .forEach(constraint -> required.putIfAbsent(constraint.key(), constraint));
        for (Constraint constraint : service.constraints()) {
            Constraint other = required.get(constraint.key());
            if (other != null && other.contradicts(constraint)) {
                report.add(
                        "deploy.placement.constraints",
                        "no node satisfies both " + other + " and " + constraint,
                        "remove one of them; constraints are all required");
                return;
            }
        }
    }

    private static void preference(ServiceFacts service, Report report) {
        List<String> preferences = service.service().deploy().placement().preferences();
        for (int i = 0; i < preferences.size(); i++) {
            String lower = preferences.get(i).toLowerCase(Locale.ROOT);
            if (Constraint.LABELS.stream().noneMatch(prefix -> lower.startsWith(prefix) && !lower.equals(prefix))) {
                report.add(
                        "deploy.placement.preferences[" + i + "]",
                        "Swarm does not spread over " + preferences.get(i),
                        "spread over a label, such as node.labels.zone");
            }
        }
    }

    private static void doNotFit(ServiceFacts service, Report report) {
        if (!service.isReplicated() || service.onlyNode().isEmpty()) {
            return;
        }
        Constraint node = service.onlyNode().get();
        int replicas = service.fewestReplicas();
        long most = service.service().deploy().placement().maxReplicasPerNode().orElse(0);
        if (most > 0 && most < replicas) {
            report.add(
                    "deploy.placement.max_replicas_per_node",
                    replicas + " replicas, all with " + node + ", but at most " + most + " on a node",
                    "raise max_replicas_per_node or remove the constraint");
        }
        Optional<Port> port = service.fixedHostPorts().findFirst();
        if (port.isPresent() && replicas > 1) {
            report.add(
                    "ports",
                    replicas + " replicas, all with " + node + ", but a node has port "
                            + port.get().published().orElseThrow() + "/"
                            + port.get().protocol() + " only once",
                    "publish the port in mode ingress, or remove the constraint");
        }
    }

    private static void pinned(ServiceFacts service, Report report) {
        service.onlyNode()
                .ifPresent(node -> report.add(
                        "deploy.placement.constraints",
                        "runs only with " + node + ", and is down when that node is",
                        "label the node (docker node update --label-add role=db NODE) and use node.labels.role == db"));
    }
}
