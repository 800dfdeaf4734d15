package dev.prodstack.core.lint;

import static dev.prodstack.core.lint.Severity.WARNING;

import dev.prodstack.core.lint.Rule.Report;
import dev.prodstack.core.stack.Mount;
import java.util.List;
import java.util.Optional;

/** Data that stays where it was written. */
final class VolumeRules {
    static final List<Rule> ALL = List.of(
            Rule.ofService(
                    "local-volume-moves",
                    WARNING,
                    "A volume of the local driver is a directory of one node. When the task is started on another node"
                            + " it finds an empty volume there, and the data stays behind.",
                    VolumeRules::moves),
            Rule.ofService(
                    "local-volume-replicas",
                    WARNING,
                    "With a volume of the local driver the replicas on one node write to the same files, and those on"
                            + " another node to others. That is neither shared data nor data of each replica.",
                    VolumeRules::replicas),
            Rule.ofService(
                    "anonymous-volume",
                    WARNING,
                    "Each new task gets a new, empty anonymous volume, and Swarm removes the old one together with the"
                            + " old task. What was written is gone after an update, a crash or a move.",
                    VolumeRules::anonymous));

    private VolumeRules() {}

    private static void moves(ServiceFacts service, Report report) {
        boolean bound = service.constraints().stream().anyMatch(Constraint::picksNodes);
        if (service.isGlobal() || bound) {
            return;
        }
        forEachVolume(service, (path, volume) -> {
            if (isPerNode(service, volume)) {
                report.add(
                        path,
                        "volume " + volume.source().orElseThrow() + " is local to a node, but "
                                + (service.isJob() ? "the job" : "a task") + " may be started on any",
                        "bind the service to a node with a label: node.labels.NAME == VALUE, or share the volume (NFS)");
            }
        });
    }

    private static void replicas(ServiceFacts service, Report report) {
        if (!service.isReplicated()
                || service.mostReplicas() < 2
                || service.onlyNode().isPresent()) {
            return;
        }
        forEachVolume(service, (path, volume) -> {
            if (!volume.readOnly() && isPerNode(service, volume)) {
                report.add(
                        path,
                        service.mostReplicas() + " replicas write to volume "
                                + volume.source().orElseThrow() + ", of which each node has its own",
                        "share the volume (NFS), or keep the data elsewhere");
            }
        });
    }

    private static void anonymous(ServiceFacts service, Report report) {
        forEachVolume(service, (path, volume) -> {
            if (volume.source().isEmpty()) {
                report.add(
                        path,
                        "what is written to " + volume.target() + " is removed with the task",
                        "name the volume, or use a tmpfs for what may be lost");
            }
        });
    }

    private static boolean isPerNode(ServiceFacts service, Mount.OfVolume mount) {
        return mount.source()
                .flatMap(key -> Optional.ofNullable(service.stack().volumes().get(key)))
                .filter(Volumes::isPerNode)
                .isPresent();
    }

    @FunctionalInterface
    private interface VolumeCheck {
        void check(String path, Mount.OfVolume volume);
    }

    private static void forEachVolume(ServiceFacts service, VolumeCheck check) {
        Indexed.forEach(service.service().mounts(), (index, mount) -> {
            if (mount instanceof Mount.OfVolume volume) {
                check.check(service.mountPath(index), volume);
            }
        });
    }
}
