package dev.prodstack.core.lint;

import static dev.prodstack.core.lint.Severity.ERROR;
import static dev.prodstack.core.lint.Severity.WARNING;

import dev.prodstack.core.lint.Rule.Report;
import dev.prodstack.core.stack.Deploy.EndpointMode;
import dev.prodstack.core.stack.Port;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Published ports. */
final class PortRules {
    private static final Map<Integer, String> NOT_FOR_THE_WORLD = Map.ofEntries(
            Map.entry(2375, "the Docker API without TLS"),
            Map.entry(2379, "etcd"),
            Map.entry(3306, "MySQL"),
            Map.entry(5432, "PostgreSQL"),
            Map.entry(5672, "RabbitMQ"),
            Map.entry(6379, "Redis"),
            Map.entry(9042, "Cassandra"),
            Map.entry(9200, "Elasticsearch"),
            Map.entry(11211, "memcached"),
            Map.entry(15672, "RabbitMQ's management"),
            Map.entry(27017, "MongoDB"));

    static final List<Rule> ALL = List.of(
            Rule.ofStack(
                    "duplicate-port",
                    ERROR,
                    "A port that goes through the routing mesh is taken on every node. Swarm refuses the second service"
                            + " that publishes it, after the first one was deployed.",
                    PortRules::duplicate),
            Rule.ofStack(
                    "shared-host-port",
                    WARNING,
                    "Two services that publish the same port in mode host never run on the same node. With too few"
                            + " nodes the tasks of one of them wait for ever.",
                    PortRules::sharedHostPort),
            Rule.ofService(
                    "host-port-replicas",
                    WARNING,
                    "A node has a port only once. A service that publishes one in mode host needs as many nodes as it"
                            + " has replicas, and the rest wait for ever.",
                    PortRules::hostPortReplicas),
            Rule.ofService(
                    "dnsrr-with-ingress-port",
                    ERROR,
                    "The routing mesh balances over the virtual address that dnsrr does without. Swarm refuses"
                            + " the two together.",
                    PortRules::dnsrrWithIngress),
            Rule.ofService(
                    "port-address-ignored",
                    WARNING,
                    "Swarm cannot publish a port on one address. 127.0.0.1:8080:80 is open on every address of every"
                            + " node, past the firewall rules of ufw and firewalld.",
                    PortRules::addressIgnored),
            Rule.ofService(
                    "internal-port-published",
                    WARNING,
                    "A published port is open on every address of every node, past the firewall rules of ufw and"
                            + " firewalld. Services reach each other by name on a common network without it.",
                    PortRules::internalPublished));

    private PortRules() {}

    /** One use of a published port. */
    private record Use(ServiceFacts service, int index, Port port) {
        String path() {
            return "services." + service.name() + ".ports[" + index + "]";
        }

        boolean isHost() {
            return port.mode() == Port.Mode.HOST;
        }
    }

    private static void duplicate(StackFacts stack, Report report) {
        forEachClash(stack, (first, second) -> {
            boolean sameService = first.service().name().equals(second.service().name());
            if (sameService || !first.isHost() || !second.isHost()) {
                report.add(
                        second.path(),
                        "port " + name(second.port()) + " is published by "
                                + (sameService
                                        ? "this service twice"
                                        : first.service().name() + " too"),
                        "publish another port");
            }
        });
    }

    private static void sharedHostPort(StackFacts stack, Report report) {
        forEachClash(stack, (first, second) -> {
            boolean sameService = first.service().name().equals(second.service().name());
            if (!sameService && first.isHost() && second.isHost()) {
                report.add(
                        second.path(),
                        "port " + name(second.port()) + " is published in mode host by "
                                + first.service().name() + " too: no node runs both",
                        "publish another port, or keep the two apart with placement constraints and ignore this rule");
            }
        });
    }

    @FunctionalInterface
    private interface Clash {
        void between(Use first, Use second);
    }

    private static void forEachClash(StackFacts stack, Clash clash) {
        Map<String, Use> taken = new HashMap<>();
        for (ServiceFacts service : stack.services()) {
            Indexed.forEach(service.service().ports(), (index, port) -> {
                if (isFixed(port)) {
                    Use use = new Use(service, index, port);
                    Use first = taken.putIfAbsent(name(port), use);
                    if (first != null) {
                        clash.between(first, use);
                    }
                }
            });
        }
    }

    private static boolean isFixed(Port port) {
        return port.published().filter(range -> range.first() == range.last()).isPresent();
    }

    private static String name(Port port) {
        return port.published().map(Port.Range::toString).orElse("") + "/" + port.protocol();
    }

    private static void hostPortReplicas(ServiceFacts service, Report report) {
        if (!service.isReplicated()
                || service.mostReplicas() < 2
                || service.onlyNode().isPresent()) {
            return;
        }
        Indexed.forEach(service.service().ports(), (index, port) -> {
            if (port.mode() == Port.Mode.HOST && isFixed(port)) {
                report.add(
                        "ports[" + index + "]",
                        service.mostReplicas() + " replicas need " + service.mostReplicas() + " nodes: a node has port "
                                + name(port) + " only once",
                        "set deploy.mode: global, or publish the port in mode ingress");
            }
        });
    }

    private static void dnsrrWithIngress(ServiceFacts service, Report report) {
        boolean dnsrr = service.service()
                .deploy()
                .endpointMode()
                .filter(mode -> mode == EndpointMode.DNSRR)
                .isPresent();
        Indexed.forEach(service.service().ports(), (index, port) -> {
            if (dnsrr && port.mode() == Port.Mode.INGRESS) {
                report.add(
                        "ports[" + index + "]",
                        "port " + port.target() + " goes through the routing mesh, but endpoint_mode is dnsrr",
                        "publish the port in mode host, or set endpoint_mode: vip");
            }
        });
    }

    private static void addressIgnored(ServiceFacts service, Report report) {
        Indexed.forEach(
                service.service().ports(),
                (index, port) -> port.hostAddress().ifPresent(address -> {
                    if (!address.equals("0.0.0.0") && !address.equals("::")) {
                        report.add(
                                "ports[" + index + "]",
                                "port " + name(port) + " is open on every address, not only on " + address,
                                "remove the address, and close the port in the DOCKER-USER chain or outside the node");
                    }
                }));
    }

    private static void internalPublished(ServiceFacts service, Report report) {
        Indexed.forEach(service.service().ports(), (index, port) -> {
            String protocol = NOT_FOR_THE_WORLD.get(port.target());
            if (protocol != null) {
                report.add(
                        "ports[" + index + "]",
                        "port " + port.target() + " (" + protocol + ") is open to whoever reaches a node",
                        "remove the port and put its users on a common network");
            }
        });
    }
}
