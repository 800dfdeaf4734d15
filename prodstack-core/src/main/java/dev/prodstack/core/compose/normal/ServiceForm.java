package dev.prodstack.core.compose.normal;

import dev.prodstack.core.stack.Confinement;
import dev.prodstack.core.stack.Confinement.CredentialSpec;
import dev.prodstack.core.stack.ContainerProcess;
import dev.prodstack.core.stack.Dependency;
import dev.prodstack.core.stack.FileReference;
import dev.prodstack.core.stack.HealthCheck;
import dev.prodstack.core.stack.Logging;
import dev.prodstack.core.stack.Mount;
import dev.prodstack.core.stack.Naming;
import dev.prodstack.core.stack.NetworkAttachment;
import dev.prodstack.core.stack.Port;
import dev.prodstack.core.stack.Service;
import dev.prodstack.core.value.Data;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The normal form of services. */
final class ServiceForm {
    private ServiceForm() {}

    static Data of(Service service) {
        Section section = new Section().text("image", service.image()).all(service.composeOnly());
        process(section, service.process());
        environment(section, service.environment());
        section.texts("labels", service.labels());
        service.healthCheck().ifPresent(check -> section.put("healthcheck", healthCheck(check)));
        service.logging().ifPresent(logging -> section.put("logging", logging(logging)));
        naming(section, service.naming());
        confinement(section, service.confinement());
        section.items(
                "volumes", service.mounts().stream().map(ServiceForm::mount).toList());
        section.items(
                "secrets", service.secrets().stream().map(ServiceForm::file).toList());
        section.items(
                "configs", service.configs().stream().map(ServiceForm::file).toList());
        networks(section, service.networks());
        section.items("ports", service.ports().stream().map(ServiceForm::port).toList());
        dependencies(section, service.dependsOn());
        section.section("deploy", DeployForm.of(service.deploy()));
        OperationsForm.put(section, service.operations());
        return section.all(service.extensions()).toData();
    }

    private static void process(Section section, ContainerProcess process) {
        process.command().ifPresent(words -> section.put("command", strings(words)));
        process.entrypoint().ifPresent(words -> section.put("entrypoint", strings(words)));
        section.text("working_dir", process.workingDirectory())
                .text("user", process.user())
                .texts("group_add", process.groups())
                .bool("init", process.init())
                .flag("tty", process.terminal())
                .flag("stdin_open", process.openInput())
                .text("stop_signal", process.stopSignal())
                .duration("stop_grace_period", process.stopGracePeriod());
    }

    private static Data strings(List<String> words) {
        return Data.of(words.stream().map(Data::of).toList());
    }

    private static void environment(Section section, Map<String, Optional<String>> environment) {
        Map<String, Data> variables = new LinkedHashMap<>();
        environment.forEach(
                (name, value) -> variables.put(name, value.map(Data::of).orElse(Data.Null.NULL)));
        if (!variables.isEmpty()) {
            section.put("environment", Data.of(variables));
        }
    }

    private static Data healthCheck(HealthCheck check) {
        Section section = new Section();
        check.test().ifPresent(test -> section.put("test", strings(test)));
        return section.duration("timeout", check.timeout())
                .duration("interval", check.interval())
                .number("retries", check.retries())
                .duration("start_period", check.startPeriod())
                .duration("start_interval", check.startInterval())
                .flag("disable", check.disabled())
                .toData();
    }

    private static Data logging(Logging logging) {
        return new Section()
                .text("driver", logging.driver())
                .texts("options", logging.options())
                .toData();
    }

    private static void naming(Section section, Naming naming) {
        section.text("hostname", naming.hostname())
                .text("domainname", naming.domain())
                .texts("dns", naming.servers())
                .texts("dns_search", naming.search())
                .texts("dns_opt", naming.options())
                .texts(
                        "extra_hosts",
                        naming.extraHosts().stream()
                                .map(entry -> entry.host() + ":" + entry.address())
                                .toList());
    }

    private static void confinement(Section section, Confinement confinement) {
        section.texts("cap_add", confinement.addedCapabilities())
                .texts("cap_drop", confinement.droppedCapabilities())
                .flag("read_only", confinement.readOnly())
                .texts("sysctls", confinement.sysctls());
        Section ulimits = new Section();
        confinement
                .ulimits()
                .forEach((name, limit) -> ulimits.put(
                        name,
                        limit.soft() == limit.hard()
                                ? Data.of(limit.soft())
                                : new Section()
                                        .put("soft", Data.of(limit.soft()))
                                        .put("hard", Data.of(limit.hard()))
                                        .toData()));
        section.section("ulimits", ulimits)
                .number("oom_score_adj", confinement.oomScoreAdjustment())
                .text("isolation", confinement.isolation());
        confinement.credentialSpec().ifPresent(spec -> section.put("credential_spec", credentialSpec(spec)));
    }

    private static Data credentialSpec(CredentialSpec spec) {
        Section section = new Section();
        if (spec instanceof CredentialSpec.FromConfig config) {
            section.put("config", Data.of(config.key()));
        } else if (spec instanceof CredentialSpec.FromFile file) {
            section.put("file", Data.of(file.path()));
        } else if (spec instanceof CredentialSpec.FromRegistry registry) {
            section.put("registry", Data.of(registry.value()));
        }
        return section.toData();
    }

    private static Data mount(Mount mount) {
        Section section = new Section();
        Section options = new Section();
        String type;
        Optional<String> source = Optional.empty();
        if (mount instanceof Mount.OfVolume volume) {
            type = "volume";
            source = volume.source();
            options.flag("nocopy", volume.noCopy())
                    .text("subpath", volume.subpath())
                    .texts("labels", volume.labels());
        } else if (mount instanceof Mount.OfHost host) {
            type = "bind";
            source = Optional.of(host.source());
            options.text("propagation", host.propagation())
                    .bool("create_host_path", host.createHostPath())
                    .text("recursive", host.recursive())
                    .text("selinux", host.selinux());
        } else if (mount instanceof Mount.OfMemory memory) {
            type = "tmpfs";
            memory.size().ifPresent(size -> options.put("size", Data.of(size.bytes())));
            options.mode(memory.mode());
        } else if (mount instanceof Mount.OfImage image) {
            type = "image";
            source = Optional.of(image.source());
            options.text("subpath", image.subpath());
        } else if (mount instanceof Mount.OfCluster cluster) {
            type = "cluster";
            source = Optional.of(cluster.source());
        } else {
            type = "npipe";
            source = Optional.of(((Mount.OfPipe) mount).source());
        }
        return section.put("type", Data.of(type))
                .text("source", source)
                .put("target", Data.of(mount.target()))
                .flag("read_only", mount.readOnly())
                .section(type, options)
                .toData();
    }

    private static Data file(FileReference reference) {
        return new Section()
                .put("source", Data.of(reference.source()))
                .text("target", reference.target())
                .text("uid", reference.uid())
                .text("gid", reference.gid())
                .mode(reference.mode())
                .toData();
    }

    private static void networks(Section section, Map<String, NetworkAttachment> networks) {
        Section attachments = new Section();
        networks.forEach((key, attachment) -> attachments.put(
                key,
                attachment.equals(NetworkAttachment.plain())
                        ? Data.Null.NULL
                        : new Section()
                                .texts("aliases", attachment.aliases())
                                .texts("driver_opts", attachment.driverOptions())
                                .all(attachment.composeOnly())
                                .toData()));
        section.section("networks", attachments);
    }

    private static Data port(Port port) {
        Section section = new Section()
                .text("name", port.name())
                .text("mode", Optional.of(port.mode()))
                .text("host_ip", port.hostAddress())
                .put("target", Data.of(port.target()));
        port.published()
                .ifPresent(range -> section.put(
                        "published",
                        range.first() == range.last() ? Data.of(range.first()) : Data.of(range.toString())));
        return section.text("protocol", Optional.of(port.protocol()))
                .text("app_protocol", port.application())
                .toData();
    }

    private static void dependencies(Section section, Map<String, Dependency> dependencies) {
        if (dependencies.values().stream().allMatch(Dependency.plain()::equals)) {
            section.texts("depends_on", dependencies.keySet());
            return;
        }
        Section conditions = new Section();
        dependencies.forEach((name, dependency) -> {
            Section condition = new Section().text("condition", Optional.of(dependency.condition()));
            if (!dependency.required()) {
                condition.put("required", Data.of(false));
            }
            conditions.put(name, condition.flag("restart", dependency.restart()).toData());
        });
        section.section("depends_on", conditions);
    }
}
