package dev.prodstack.swarm.spec;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.stack.Confinement;
import dev.prodstack.core.stack.ContainerProcess;
import dev.prodstack.core.stack.HealthCheck;
import dev.prodstack.core.stack.Naming;
import dev.prodstack.core.stack.Service;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.swarm.engine.ApiVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What runs in a container, and in which surroundings. */
final class ContainerSpecs {
    private final Namespace namespace;
    private final FileReferences files;
    private final Mounts mounts;
    private final ApiVersion version;

    ContainerSpecs(Stack stack, ObjectNames names, ApiVersion version) {
        this.namespace = new Namespace(stack.name());
        this.files = new FileReferences(stack, names);
        this.mounts = new Mounts(stack, version);
        this.version = version;
    }

    ObjectNode of(Service service) {
        ContainerProcess process = service.process();
        Naming naming = service.naming();
        Confinement confinement = service.confinement();
        return new Draft()
                .text("Image", service.image().map(ImageNames::familiar).orElse(""))
                .texts("Labels", namespace.labels(service.labels()))
                .texts("Command", process.entrypoint().orElse(List.of()))
                .texts("Args", process.command().orElse(List.of()))
                .text("Hostname", naming.hostname())
                .texts("Env", environment(service.environment()))
                .text("Dir", process.workingDirectory())
                .text("User", process.user())
                .texts("Groups", process.groups())
                .with("Privileges", files.privileges(confinement))
                .truth("Init", process.init())
                .text("StopSignal", process.stopSignal())
                .flag("TTY", process.terminal())
                .flag("OpenStdin", process.openInput())
                .flag("ReadOnly", confinement.readOnly())
                .filled("Mounts", mounts.of(service.mounts()))
                .nanos("StopGracePeriod", process.stopGracePeriod())
                .with("Healthcheck", service.healthCheck().map(this::healthCheck))
                .texts("Hosts", hosts(naming.extraHosts()))
                .filled("DNSConfig", resolver(naming))
                .filled("Secrets", files.secrets(service))
                .filled("Configs", files.configs(service))
                .text("Isolation", confinement.isolation())
                .texts("Sysctls", confinement.sysctls())
                .texts("CapabilityAdd", Capabilities.added(confinement))
                .texts("CapabilityDrop", Capabilities.dropped(confinement))
                .filled("Ulimits", Draft.list(ulimits(confinement.ulimits())))
                .with("OomScoreAdj", Since.OOM_SCORE.orNothing(version, oomScore(confinement)))
                .node();
    }

    /** A variable without a value has no equals sign, and the container does not get it. */
    private static List<String> environment(Map<String, Optional<String>> variables) {
        return variables.entrySet().stream()
                .map(variable -> variable.getKey()
                        + variable.getValue().map(value -> "=" + value).orElse(""))
                .sorted()
                .toList();
    }

    private static List<String> hosts(List<Naming.HostEntry> entries) {
        return entries.stream()
                .map(entry -> entry.address() + " " + entry.host())
                .toList();
    }

    private static ObjectNode resolver(Naming naming) {
        return new Draft()
                .texts("Nameservers", naming.servers())
                .texts("Search", naming.search())
                .texts("Options", naming.options())
                .node();
    }

    private ObjectNode healthCheck(HealthCheck check) {
        return new Draft()
                .texts("Test", check.disabled() ? List.of("NONE") : check.test().orElse(List.of()))
                .nanos("Interval", check.interval())
                .nanos("Timeout", check.timeout())
                .nanos("StartPeriod", check.startPeriod())
                .nanos("StartInterval", Since.START_INTERVAL.orNothing(version, check.startInterval()))
                .number("Retries", check.retries())
                .node();
    }

    private static List<ObjectNode> ulimits(Map<String, Confinement.Ulimit> ulimits) {
        return ulimits.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(limit -> new Draft()
                        .text("Name", limit.getKey())
                        .number("Hard", limit.getValue().hard())
                        .number("Soft", limit.getValue().soft())
                        .node())
                .toList();
    }

    private static Optional<IntNode> oomScore(Confinement confinement) {
        return confinement.oomScoreAdjustment().isEmpty()
                ? Optional.empty()
                : Optional.of(IntNode.valueOf(confinement.oomScoreAdjustment().getAsInt()));
    }
}
