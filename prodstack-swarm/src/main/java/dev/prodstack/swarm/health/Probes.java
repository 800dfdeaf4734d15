package dev.prodstack.swarm.health;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.swarm.doctor.Finding;
import dev.prodstack.swarm.doctor.Finding.Verdict;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineRequest;
import dev.prodstack.swarm.status.ServiceStatus;
import dev.prodstack.swarm.status.ServiceStatus.PublishedPort;
import dev.prodstack.swarm.status.StackStatus;
import dev.prodstack.swarm.status.TaskStatus;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;

/** Asks over HTTP what a stack publishes. */
final class Probes {
    private static final String CHECK = "http";
    private static final Map<Integer, String> SCHEMES = Map.of(80, "http", 8080, "http", 443, "https", 8443, "https");

    private final EngineClient engine;
    private final HealthQuery query;
    private final HttpProbe probe;

    Probes(EngineClient engine, HealthQuery query, HttpProbe probe) {
        this.engine = engine;
        this.query = query;
        this.probe = probe;
    }

    List<Finding> look(StackStatus status) {
        List<URI> addresses = query.addresses().isEmpty() ? published(status) : query.addresses();
        return addresses.isEmpty()
                ? List.of(new Finding(
                        CHECK,
                        Verdict.UNKNOWN,
                        "no service publishes the ports 80, 8080, 443 or 8443",
                        "give addresses with --url"))
                : addresses.stream().map(this::ask).toList();
    }

    private Finding ask(URI address) {
        long begun = System.nanoTime();
        try {
            int status = probe.get(address).status();
            long millis = (System.nanoTime() - begun) / 1_000_000;
            return status < 400
                    ? new Finding(CHECK, Verdict.OK, address + " answers " + status + " in " + millis + " ms", "")
                    : new Finding(CHECK, Verdict.ERROR, address + " answers " + status, "see prodstack logs");
        } catch (IOException e) {
            return unanswered(CHECK, address, e);
        }
    }

    /** Why there is no answer, in words. */
    static Finding unanswered(String check, URI address, IOException e) {
        if (e instanceof SSLException) {
            return new Finding(
                    check,
                    Verdict.ERROR,
                    address + " has no certificate that is trusted for " + address.getHost() + ": " + e.getMessage(),
                    "--url with its name and --resolve NAME=ADDRESS, --cacert FILE, or --insecure");
        }
        String reason = e instanceof UnknownHostException
                ? "there is no host " + address.getHost()
                : String.valueOf(e.getMessage());
        return new Finding(
                check,
                Verdict.ERROR,
                address + " does not answer: " + reason,
                "see prodstack status, and the firewall");
    }

    private List<URI> published(StackStatus status) {
        JsonNode nodes = engine.send(EngineRequest.get("nodes"));
        String own =
                engine.send(EngineRequest.get("info")).at("/Swarm/NodeAddr").asText();
        List<URI> addresses = new ArrayList<>();
        for (ServiceStatus service : status.services()) {
            for (PublishedPort port : service.ports()) {
                String scheme = SCHEMES.get(port.target());
                if (scheme != null && port.protocol().equals("tcp")) {
                    Set<String> hosts =
                            port.route() == PublishedPort.Route.INGRESS ? Set.of(own) : hosts(service, nodes, own);
                    hosts.forEach(host -> addresses.add(URI.create(scheme + "://" + bracketed(host) + suffix(port))));
                }
            }
        }
        return addresses;
    }

    private static String suffix(PublishedPort port) {
        boolean usual = port.published() == (port.target() == 443 || port.target() == 8443 ? 443 : 80);
        return (usual ? "" : ":" + port.published()) + "/";
    }

    private static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    /** The addresses of the nodes that run a task. */
    private static Set<String> hosts(ServiceStatus service, JsonNode nodes, String own) {
        Set<String> hosts = new LinkedHashSet<>();
        for (TaskStatus task : service.tasks()) {
            if (task.state().equals("running")) {
                task.node().flatMap(name -> address(name, nodes, own)).ifPresent(hosts::add);
            }
        }
        return hosts;
    }

    /** Managers may know only 0.0.0.0 of themselves. */
    private static Optional<String> address(String name, JsonNode nodes, String own) {
        for (JsonNode node : nodes) {
            if (node.at("/Description/Hostname").asText().equals(name)) {
                String address = node.at("/Status/Addr").asText();
                return Optional.of(address.isEmpty() || address.equals("0.0.0.0") ? own : address);
            }
        }
        return Optional.empty();
    }
}
