package dev.prodstack.core.lint;

import static dev.prodstack.core.lint.Severity.ERROR;
import static dev.prodstack.core.lint.Severity.INFO;
import static dev.prodstack.core.lint.Severity.WARNING;

import dev.prodstack.core.lint.Rule.Report;
import dev.prodstack.core.stack.FileReference;
import dev.prodstack.core.stack.Mount;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What is mounted into containers. */
final class MountRules {
    private static final Set<String> SOCKETS =
            Set.of("/var/run/docker.sock", "/run/docker.sock", "\\\\.\\pipe\\docker_engine");
    private static final Pattern ON_EVERY_NODE = Pattern.compile(
            "/|/(?:boot|dev|etc|lib/modules|proc|run|sys|usr" + "|var/lib/docker|var/log|var/run)(?:/.*)?");

    static final List<Rule> ALL = List.of(
            Rule.ofService(
                    "host-directory",
                    WARNING,
                    "Swarm neither copies nor creates host directories: one must exist on every node a task may be"
                            + " started on, or the task is rejected there. What it holds differs from node to node.",
                    MountRules::hostDirectory),
            Rule.ofService(
                    "docker-socket",
                    WARNING,
                    "Whoever can talk to the engine's socket is root on the node, and on a manager root of the whole"
                            + " Swarm. A read-only mount does not change that: the socket can still be talked to.",
                    MountRules::dockerSocket),
            Rule.ofService(
                    "image-mount",
                    ERROR,
                    "Swarm knows no mounts of type image and refuses the service.",
                    MountRules::imageMount),
            Rule.ofService(
                    "tmpfs-without-size",
                    INFO,
                    "A tmpfs without a size can grow to half of the node's memory. What is in it counts as memory of"
                            + " the task, which is killed when that goes over its limit.",
                    MountRules::tmpfsWithoutSize),
            Rule.ofService(
                    "duplicate-target",
                    ERROR,
                    "Two things cannot be mounted at the same place of a container. Swarm refuses the service.",
                    MountRules::duplicateTarget));

    private MountRules() {}

    private static void hostDirectory(ServiceFacts service, Report report) {
        Indexed.forEach(service.service().mounts(), (index, mount) -> {
            if (mount instanceof Mount.OfHost host
                    && !ON_EVERY_NODE.matcher(host.source()).matches()) {
                report.add(
                        service.mountPath(index),
                        host.source() + " must exist on every node a task may be started on",
                        "use a config or secret for files, a volume for data");
            }
        });
    }

    private static void dockerSocket(ServiceFacts service, Report report) {
        Indexed.forEach(service.service().mounts(), (index, mount) -> {
            String source = mount instanceof Mount.OfHost host
                    ? host.source()
                    : mount instanceof Mount.OfPipe pipe ? pipe.source() : "";
            if (SOCKETS.contains(source)) {
                report.add(
                        service.mountPath(index),
                        "the service can do anything the engine of its node can",
                        "put a proxy before the socket that lets through only the requests that are needed");
            }
        });
    }

    private static void imageMount(ServiceFacts service, Report report) {
        Indexed.forEach(service.service().mounts(), (index, mount) -> {
            if (mount instanceof Mount.OfImage image) {
                report.add(
                        service.mountPath(index),
                        "image " + image.source() + " is mounted at " + image.target(),
                        "copy the files into the service's own image");
            }
        });
    }

    private static void tmpfsWithoutSize(ServiceFacts service, Report report) {
        Indexed.forEach(service.service().mounts(), (index, mount) -> {
            if (mount instanceof Mount.OfMemory memory && memory.size().isEmpty()) {
                report.add(
                        service.mountPath(index),
                        "the tmpfs at " + memory.target() + " has no size of its own",
                        "give it one: type: tmpfs with tmpfs: {size: 64M}");
            }
        });
    }

    private static void duplicateTarget(ServiceFacts service, Report report) {
        Map<String, Integer> mounts = new HashMap<>();
        Indexed.forEach(service.service().mounts(), (index, mount) -> {
            if (mounts.putIfAbsent(mount.target(), index) != null) {
                report.add(service.mountPath(index), "a second mount at " + mount.target(), "remove one of the two");
            }
        });
        duplicateFile(service.service().secrets(), "secrets", report);
        duplicateFile(service.service().configs(), "configs", report);
    }

    private static void duplicateFile(List<FileReference> files, String kind, Report report) {
        Map<String, String> targets = new HashMap<>();
        Indexed.forEach(files, (index, file) -> {
            String target = file.target().orElse(file.source());
            String first = targets.putIfAbsent(target, file.source());
            if (first != null) {
                report.add(
                        kind + "[" + index + "].target",
                        first + " and " + file.source() + " are both mounted at " + target,
                        "give one of them another target");
            }
        });
    }
}
