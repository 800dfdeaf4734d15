package dev.prodstack.core.lint;

import static dev.prodstack.core.lint.Severity.ERROR;
import static dev.prodstack.core.lint.Severity.INFO;
import static dev.prodstack.core.lint.Severity.WARNING;

import dev.prodstack.core.lint.Rule.Report;
import dev.prodstack.core.stack.Deploy.EndpointMode;
import dev.prodstack.core.stack.Network;
import dev.prodstack.core.stack.UpdateConfig.Order;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Networks between nodes. */
final class NetworkRules {
    private static final Set<String> ONE_NODE_DRIVERS = Set.of("bridge", "host", "none", "null");
    private static final int DEFAULT_PREFIX = 24;

    static final List<Rule> ALL = List.of(
            Rule.ofStack(
                    "network-of-one-node",
                    ERROR,
                    "Networks of the drivers bridge, host and none end at their node. Swarm refuses services on a"
                            + " network that does not reach every node.",
                    NetworkRules::ofOneNode),
            Rule.ofStack(
                    "network-too-small",
                    WARNING,
                    "Each task, each virtual address of a service and each node takes an address of the network. When"
                            + " there is none left, new tasks stay in state new without a word, updates included.",
                    NetworkRules::tooSmall),
            Rule.ofStack(
                    "encrypted-network",
                    INFO,
                    "An encrypted overlay is IPsec: IP protocol 50 (ESP) must pass between all nodes, and their kernels"
                            + " must have it. Where it does not, tasks start and hear nothing of each other. It also"
                            + " costs throughput.",
                    NetworkRules::encrypted),
            Rule.ofStack(
                    "unused-definition",
                    INFO,
                    "What no service refers to is either a leftover or was meant to be referred to.",
                    Definitions::reportUnused));

    private NetworkRules() {}

    private static void ofOneNode(StackFacts stack, Report report) {
        for (Network network : stack.stack().networks().values()) {
            network.driver()
                    .filter(driver -> ONE_NODE_DRIVERS.contains(driver) && !network.external())
                    .ifPresent(driver -> report.add(
                            "networks." + network.key() + ".driver",
                            "driver " + driver + " makes a network of one node",
                            driver.equals("bridge")
                                    ? "remove the driver: the default, overlay, spans all nodes"
                                    : "refer to the node's own network: external: true and name: " + driver));
        }
    }

    private static void tooSmall(StackFacts stack, Report report) {
        Map<String, Network> networks = stack.stack().networks();
        Set<String> keys = new LinkedHashSet<>(networks.keySet());
        keys.add(Definitions.DEFAULT_NETWORK);
        for (String key : keys) {
            Optional<Network> network = Optional.ofNullable(networks.get(key));
            if (network.filter(Network::external).isEmpty()) {
                long usable = network.map(NetworkRules::usableAddresses).orElse(usableAddresses(DEFAULT_PREFIX));
                tooSmall(key, usable, stack, report);
            }
        }
    }

    private static void tooSmall(String network, long usable, StackFacts stack, Report report) {
        long tasks = 0;
        long virtual = 0;
        long during = 0;
        for (ServiceFacts service : stack.services()) {
            if (service.isReplicated() && service.networks().contains(network)) {
                tasks += service.mostReplicas();
                virtual += usesVirtualAddress(service) ? 1 : 0;
                during += service.update().order() == Order.START_FIRST
                        ? service.update().parallelOf(service.mostReplicas())
                        : 0;
            }
        }
        if (tasks + virtual + during > usable) {
            report.add(
                    "networks." + network,
                    "network " + network + " has " + usable + " addresses, but needs " + (tasks + virtual + during)
                            + " and one for each node: " + tasks + " tasks, " + virtual + " virtual addresses, "
                            + during + " new tasks beside old ones in updates",
                    "split the services over several networks, use endpoint_mode: dnsrr, or set a larger"
                            + " ipam.config.subnet");
        }
    }

    private static boolean usesVirtualAddress(ServiceFacts service) {
        return service.service().deploy().endpointMode().orElse(EndpointMode.VIP) == EndpointMode.VIP;
    }

    /** The IPv4 addresses of a network without its own, the broadcast address and the gateway. */
    private static long usableAddresses(Network network) {
        long usable = network.ipam().stream()
                .flatMap(ipam -> ipam.pools().stream())
                .flatMap(pool -> pool.subnet().stream())
                .filter(subnet -> subnet.indexOf(':') < 0)
                .mapToLong(NetworkRules::usableAddresses)
                .sum();
        return usable > 0 ? usable : usableAddresses(DEFAULT_PREFIX);
    }

    private static long usableAddresses(String subnet) {
        String prefix = subnet.substring(subnet.indexOf('/') + 1);
        boolean readable = subnet.indexOf('/') >= 0 && prefix.matches("[0-9]|[12][0-9]|3[0-2]");
        return readable ? usableAddresses(Integer.parseInt(prefix)) : 0;
    }

    private static long usableAddresses(int prefix) {
        return Math.max(0, (1L << (32 - prefix)) - 3);
    }

    private static void encrypted(StackFacts stack, Report report) {
        for (Network network : stack.stack().networks().values()) {
            if (network.driverOptions().containsKey("encrypted")
                    && !network.driverOptions().get("encrypted").equals("false")) {
                report.add(
                        "networks." + network.key() + ".driver_opts.encrypted",
                        "an encrypted network needs IP protocol 50 (ESP) between all nodes",
                        "check that it passes, and ignore this rule");
            }
        }
    }
}
