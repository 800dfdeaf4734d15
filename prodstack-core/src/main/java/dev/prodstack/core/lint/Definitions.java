package dev.prodstack.core.lint;

import dev.prodstack.core.lint.Rule.Report;
import dev.prodstack.core.stack.Confinement.CredentialSpec;
import dev.prodstack.core.stack.FileReference;
import dev.prodstack.core.stack.Mount;
import dev.prodstack.core.stack.Service;
import java.util.HashSet;
import java.util.Set;

/** The networks, volumes, secrets and configs of a stack that nothing refers to. */
final class Definitions {
    /** The network of services that name none. */
    static final String DEFAULT_NETWORK = "default";

    private Definitions() {}

    static void reportUnused(StackFacts stack, Report report) {
        Set<String> networks = new HashSet<>(Set.of(DEFAULT_NETWORK));
        Set<String> volumes = new HashSet<>();
        Set<String> secrets = new HashSet<>();
        Set<String> configs = new HashSet<>();
        for (Service service : stack.stack().services().values()) {
            networks.addAll(service.networks().keySet());
            service.mounts().forEach(mount -> addVolume(mount, volumes));
            service.secrets().stream().map(FileReference::source).forEach(secrets::add);
            service.configs().stream().map(FileReference::source).forEach(configs::add);
            service.confinement()
                    .credentialSpec()
                    .filter(CredentialSpec.FromConfig.class::isInstance)
                    .map(CredentialSpec.FromConfig.class::cast)
                    .ifPresent(spec -> configs.add(spec.key()));
        }
        OperationsReferences operations = new OperationsReferences(stack.stack());
        volumes.addAll(operations.volumes());
        secrets.addAll(operations.secrets());
        report("networks", stack.stack().networks().keySet(), networks, report);
        report("volumes", stack.stack().volumes().keySet(), volumes, report);
        report("secrets", stack.stack().secrets().keySet(), secrets, report);
        report("configs", stack.stack().configs().keySet(), configs, report);
    }

    private static void addVolume(Mount mount, Set<String> volumes) {
        if (mount instanceof Mount.OfVolume volume) {
            volume.source().ifPresent(volumes::add);
        } else if (mount instanceof Mount.OfCluster volume) {
            volumes.add(volume.source());
        }
    }

    private static void report(String kind, Set<String> defined, Set<String> used, Report report) {
        for (String key : defined) {
            if (!used.contains(key)) {
                report.add(
                        kind + "." + key,
                        "nothing refers to " + key,
                        "remove it, or list it under " + kind + " of the service it is for");
            }
        }
    }
}
