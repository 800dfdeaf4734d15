package dev.prodstack.swarm.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Looks at an engine and its swarm. Pure. */
final class ClusterChecks {
    private static final Duration SKEW = Duration.ofSeconds(5);
    private static final long LITTLE = 2L << 30;

    private ClusterChecks() {}

    static List<Finding> look(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok(
                "engine",
                "Docker " + facts.info().path("ServerVersion").asText() + " on "
                        + facts.info().path("Name").asText() + ", API " + facts.apiVersion()));
        findings.add(access(facts));
        findings.add(swarm(facts.info().path("Swarm")));
        if (!facts.nodes().isEmpty()) {
            findings.add(quorum(facts.nodes()));
            findings.addAll(nodes(facts.nodes()));
        }
        findings.add(balancer(facts));
        findings.add(disk(facts));
        findings.add(clock(facts));
        return findings;
    }

    private static Finding access(Facts facts) {
        if (facts.plainNetwork()) {
            return Finding.warning(
                    "access",
                    "the engine is spoken to over the network without TLS: who reaches the port is root there",
                    "give the engine TLS and set DOCKER_TLS_VERIFY=1, or use ssh://");
        }
        return facts.machine().map(Facts.Machine::openSocket).orElse(false)
                ? Finding.warning(
                        "access",
                        "everybody on this machine may write to the engine's socket, and so is root",
                        "chmod 660 the socket, and leave it to root and the group docker")
                : Finding.ok("access", "over a socket of limited access, TLS or ssh");
    }

    private static Finding swarm(JsonNode swarm) {
        String state = swarm.path("LocalNodeState").asText("inactive");
        if (state.equals("active")) {
            return swarm.path("ControlAvailable").asBoolean()
                    ? Finding.ok("swarm", "active, and the engine is a manager")
                    : Finding.error(
                            "swarm", "the engine is a worker", "connect to a manager: DOCKER_HOST or DOCKER_CONTEXT");
        }
        return state.equals("inactive")
                ? Finding.error("swarm", "the engine is in no swarm", "docker swarm init, or docker swarm join")
                : Finding.error(
                        "swarm",
                        ("the swarm is " + state + " " + swarm.path("Error").asText("")).strip(),
                        state.equals("locked") ? "docker swarm unlock" : "see the engine's log");
    }

    private static Finding quorum(List<JsonNode> nodes) {
        List<JsonNode> managers =
                nodes.stream().filter(node -> node.has("ManagerStatus")).toList();
        long reachable = managers.stream()
                .filter(node -> node.at("/ManagerStatus/Reachability").asText().equals("reachable"))
                .count();
        int all = managers.size();
        long spare = reachable - (all / 2 + 1);
        String message = reachable + " of " + all + " managers reachable";
        if (reachable < all) {
            return Finding.warning(
                    "quorum",
                    message + "; " + Math.max(spare, 0) + " more may be lost before nothing can be changed",
                    "bring the lost managers back, or demote and remove them");
        }
        return all == 2
                ? Finding.warning(
                        "quorum", message + "; with two, the loss of either stops changes", "have one, three or five")
                : Finding.ok("quorum", message);
    }

    private static List<Finding> nodes(List<JsonNode> nodes) {
        List<Finding> findings = new ArrayList<>();
        for (JsonNode node : nodes) {
            String name = node.at("/Description/Hostname").asText();
            String state = node.at("/Status/State").asText();
            String availability = node.at("/Spec/Availability").asText();
            if (!state.equals("ready")) {
                findings.add(Finding.error(
                        "nodes",
                        name + " is " + state + ": "
                                + node.at("/Status/Message").asText(),
                        "see whether its engine runs and is reached on ports 2377, 7946 and 4789"));
            } else if (!availability.equals("active")) {
                findings.add(Finding.warning(
                        "nodes",
                        name + " is " + availability + " and gets no tasks",
                        "docker node update --availability" + " active " + name));
            }
        }
        return findings.isEmpty() ? List.of(Finding.ok("nodes", nodes.size() + " ready")) : findings;
    }

    private static Finding balancer(Facts facts) {
        if (facts.machine().isEmpty()) {
            return Finding.unknown(
                    "ipvs",
                    "whether the nodes' kernels have IPVS cannot be told from here",
                    "lsmod | grep ip_vs there");
        }
        return facts.machine().get().balancer()
                ? Finding.ok("ipvs", "the kernel has it")
                : Finding.warning(
                        "ipvs",
                        "the kernel has no IPVS: virtual addresses and the routing mesh carry no traffic",
                        "load the module ip_vs, or use endpoint_mode: dnsrr and ports of mode: host");
    }

    private static Finding disk(Facts facts) {
        String root = facts.info().path("DockerRootDir").asText();
        if (facts.machine().isEmpty() || facts.machine().get().freeBytes().isEmpty()) {
            return Finding.unknown(
                    "disk", "the space under " + root + " cannot be told from here", "df " + root + " there");
        }
        long free = facts.machine().get().freeBytes().get();
        String message = (free >> 20) + " MiB free under " + root;
        return free < LITTLE || free < facts.machine().get().totalBytes() / 20
                ? Finding.warning("disk", message, "docker system prune, or a larger disk")
                : Finding.ok("disk", message);
    }

    private static Finding clock(Facts facts) {
        try {
            Duration skew = Duration.between(
                            OffsetDateTime.parse(facts.info().path("SystemTime").asText())
                                    .toInstant(),
                            facts.now())
                    .abs();
            return skew.compareTo(SKEW) > 0
                    ? Finding.warning(
                            "clock",
                            "the engine's clock differs from this machine's by " + skew.toSeconds() + " s",
                            "let NTP set both")
                    : Finding.ok("clock", "the engine's agrees with this machine's");
        } catch (DateTimeException e) {
            return Finding.unknown("clock", "the engine does not tell its time", "");
        }
    }
}
