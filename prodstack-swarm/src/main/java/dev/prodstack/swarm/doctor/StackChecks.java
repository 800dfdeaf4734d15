package dev.prodstack.swarm.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.core.stack.Deploy.EndpointMode;
import dev.prodstack.core.stack.Deploy.Mode;
import dev.prodstack.core.stack.Port;
import dev.prodstack.core.stack.Service;
import dev.prodstack.core.stack.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks whether a stack could run in a swarm. Pure. */
final class StackChecks {
    private static final Pattern CONSTRAINT = Pattern.compile("\\s*([\\w.\\-/]+?)\\s*(==|!=)\\s*(.*?)\\s*");
    private static final String LABELS = "node.labels.";

    private StackChecks() {}

    static List<Finding> look(Facts facts, Stack stack) {
        List<Finding> findings = new ArrayList<>();
        for (Service service : stack.services().values()) {
            placement(service, facts.nodes()).ifPresent(findings::add);
            findings.addAll(ports(service, stack.name(), facts.services()));
        }
        findings.addAll(volumes(stack, facts.info().at("/Plugins/Volume")));
        balancer(stack, facts).ifPresent(findings::add);
        return findings.isEmpty()
                ? List.of(Finding.ok("stack", "places, ports and volume drivers of " + stack.name() + " are there"))
                : findings;
    }

    private static Optional<Finding> placement(Service service, List<JsonNode> nodes) {
        List<String> constraints = service.deploy().placement().constraints();
        if (nodes.isEmpty()
                || isWithoutTasks(service)
                || nodes.stream().anyMatch(node -> constraints.stream().allMatch(its -> satisfies(node, its)))) {
            return Optional.empty();
        }
        return Optional.of(Finding.error(
                "placement",
                "no node satisfies what " + service.name() + " demands: " + String.join(", ", constraints),
                constraints.stream()
                        .filter(its -> its.strip().startsWith(LABELS) && its.contains("=="))
                        .findFirst()
                        .map(its -> "docker node update --label-add "
                                + its.replace(" ", "")
                                        .substring(LABELS.length())
                                        .replace("==", "=") + " NODE")
                        .orElse("correct deploy.placement.constraints")));
    }

    /** A service for each node that fits may wait for the first one; one of no replicas needs none. */
    private static boolean isWithoutTasks(Service service) {
        return service.deploy().replicas().orElse(1) == 0
                || service.deploy().mode().orElse(Mode.REPLICATED) == Mode.GLOBAL
                || service.deploy().mode().orElse(Mode.REPLICATED) == Mode.GLOBAL_JOB;
    }

    private static boolean satisfies(JsonNode node, String constraint) {
        Matcher matcher = CONSTRAINT.matcher(constraint);
        if (!matcher.matches()) {
            return true;
        }
        Optional<String> found = attribute(node, matcher.group(1));
        boolean same =
                found.map(value -> value.equalsIgnoreCase(matcher.group(3))).orElse(true);
        return found.isEmpty() || same == matcher.group(2).equals("==");
    }

    /** What a constraint compares; a label that is absent is empty, what we do not know is taken to fit. */
    private static Optional<String> attribute(JsonNode node, String name) {
        if (name.startsWith(LABELS)) {
            return Optional.of(node.at("/Spec/Labels")
                    .path(name.substring(LABELS.length()))
                    .asText(""));
        }
        return switch (name) {
            case "node.id" -> Optional.of(node.path("ID").asText());
            case "node.hostname" -> Optional.of(node.at("/Description/Hostname").asText());
            case "node.role" -> Optional.of(node.at("/Spec/Role").asText());
            case "node.platform.os" ->
                Optional.of(node.at("/Description/Platform/OS").asText());
            default -> Optional.empty();
        };
    }

    private static List<Finding> ports(Service service, String stack, List<JsonNode> others) {
        List<Finding> findings = new ArrayList<>();
        for (Port port : service.ports()) {
            for (JsonNode other : others) {
                boolean own = other.at("/Spec/Labels")
                        .path("com.docker.stack.namespace")
                        .asText()
                        .equals(stack);
                if (!own
                        && port.published().isPresent()
                        && takes(other, port, port.published().get())) {
                    findings.add(taken(service, port, other));
                }
            }
        }
        return findings;
    }

    /** Ports of the routing mesh are one for the cluster; those of nodes may be taken on some of them. */
    private static Finding taken(Service service, Port port, JsonNode other) {
        String message = service.name() + " publishes "
                + port.published().map(Object::toString).orElse("") + "/" + port.protocol() + ", which "
                + other.at("/Spec/Name").asText() + " has";
        boolean onNodes = port.mode() == Port.Mode.HOST
                && other.at("/Endpoint/Ports")
                        .valueStream()
                        .allMatch(its -> its.path("PublishMode").asText().equals("host"));
        return onNodes
                ? Finding.warning(
                        "ports", message + " on its nodes; its tasks find place on others only", "see prodstack status")
                : Finding.error("ports", message, "publish another port, or remove that service");
    }

    private static boolean takes(JsonNode service, Port port, Port.Range range) {
        for (JsonNode taken : service.at("/Endpoint/Ports")) {
            int number = taken.path("PublishedPort").asInt();
            if (range.first() == range.last()
                    && number == range.first()
                    && taken.path("Protocol")
                            .asText("tcp")
                            .equals(port.protocol().toString())) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Finding> balancer(Stack stack, Facts facts) {
        if (facts.machine().map(Facts.Machine::balancer).orElse(true)) {
            return Optional.empty();
        }
        List<String> needy = stack.services().values().stream()
                .filter(service -> service.deploy().endpointMode().orElse(EndpointMode.VIP) == EndpointMode.VIP)
                .map(Service::name)
                .toList();
        return needy.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.warning(
                        "virtual addresses",
                        "the kernel has no IPVS, so that nobody reaches " + String.join(", ", needy)
                                + " by its virtual address",
                        "load the module ip_vs, or use endpoint_mode: dnsrr and ports of mode: host"));
    }

    private static List<Finding> volumes(Stack stack, JsonNode drivers) {
        List<String> known = new ArrayList<>(List.of("local"));
        drivers.forEach(driver -> known.add(driver.asText()));
        return stack.volumes().values().stream()
                .filter(volume -> !volume.external()
                        && volume.clusterSpec().isEmpty()
                        && !known.contains(volume.driver().orElse("local").replaceFirst(":latest$", "")))
                .map(volume -> Finding.warning(
                        "volumes",
                        "the engine has no volume driver " + volume.driver().orElse("") + ", which volume "
                                + volume.key() + " needs",
                        "docker plugin install it on every node"))
                .toList();
    }
}
