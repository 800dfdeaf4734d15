package dev.prodstack.backup.stack;

import dev.prodstack.core.backup.BackupPart;
import dev.prodstack.core.backup.BackupPlan;
import dev.prodstack.core.backup.BackupRecord;
import dev.prodstack.core.backup.RepositorySpec.Location;
import dev.prodstack.core.cluster.ClusterJobs.Node;
import dev.prodstack.core.cluster.TrialStacks;
import dev.prodstack.core.rollout.RolloutStrategy;
import dev.prodstack.core.stack.Config;
import dev.prodstack.core.stack.Deploy;
import dev.prodstack.core.stack.FileReference;
import dev.prodstack.core.stack.Mount;
import dev.prodstack.core.stack.Network;
import dev.prodstack.core.stack.NetworkAttachment;
import dev.prodstack.core.stack.Operations;
import dev.prodstack.core.stack.Payload;
import dev.prodstack.core.stack.Placement;
import dev.prodstack.core.stack.Port;
import dev.prodstack.core.stack.Resources;
import dev.prodstack.core.stack.Secret;
import dev.prodstack.core.stack.Service;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.core.stack.Volume;
import dev.prodstack.core.value.ImageReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes the throw-away stack of a drill of a stack: those services that a backup is restored into, those that requests
 * go to, and what these depend on, cut off from everything else. Networks and volumes are of its own; nothing is
 * published; nothing of a node's files is written to; one task of each service, on one node. Secrets, configs and
 * images are those that the stack itself runs with.
 */
final class DrillStack {
    private static final String SUFFIX = "-drill";
    private static final String DEFAULT_NETWORK = "default";

    private final Stack production;
    private final BackupPlan settings;
    private final TrialStacks.Running running;
    private final Node node;
    private final String name;
    private final String drill;
    private final List<String> notes = new ArrayList<>();
    private final List<String> obstacles = new ArrayList<>();

    private DrillStack(Stack production, BackupPlan settings, TrialStacks.Running running, Node node, String drill) {
        this.production = production;
        this.settings = settings;
        this.running = running;
        this.node = node;
        this.name = name(production.name());
        this.drill = drill;
    }

    /** What a stack's throw-away stack is called. */
    static String name(String stack) {
        return stack + SUFFIX;
    }

    /**
     * What came of it.
     *
     * @param stack the throw-away stack
     * @param notes what is other than in the stack itself, for people
     * @param obstacles what keeps it from being made
     */
    record Made(Stack stack, List<String> notes, List<String> obstacles) {}

    /**
     * Makes it.
     *
     * @param running what the stack is made of now
     * @param node where it is to be
     * @param drill tells its networks from those of other drills, of which a node may keep a part for a while
     */
    static Made of(
            Stack production,
            BackupPlan settings,
            BackupRecord backup,
            TrialStacks.Running running,
            Node node,
            String drill) {
        return new DrillStack(production, settings, running, node, drill).make(backup);
    }

    private Made make(BackupRecord backup) {
        Map<String, Service> services = new LinkedHashMap<>();
        for (String key : needed(backup)) {
            Service service = production.services().get(key);
            if (service != null) {
                services.put(key, service);
            }
        }
        services.replaceAll((key, service) -> made(service, services.keySet()));
        Set<String> others = new TreeSet<>(production.services().keySet());
        others.removeAll(services.keySet());
        if (!others.isEmpty()) {
            notes.add("left out: " + String.join(", ", others));
        }
        Stack stack = new Stack(
                name,
                services,
                networks(services),
                volumes(),
                secrets(services),
                configs(services),
                production.operations(),
                Map.of());
        return new Made(stack, List.copyOf(notes), List.copyOf(obstacles));
    }

    private Set<String> needed(BackupRecord backup) {
        List<String> open = new ArrayList<>();
        backup.parts().stream()
                .filter(part -> !part.service().equals(BackupPart.CLUSTER) && Restorable.wants(part))
                .map(BackupPart::service)
                .forEach(open::add);
        settings.drill().ifPresent(drill -> drill.requests().forEach(request -> open.add(request.service())));
        Set<String> needed = new LinkedHashSet<>();
        while (!open.isEmpty()) {
            Service service = production.services().get(open.remove(0));
            if (service != null && !isJob(service) && needed.add(service.name())) {
                open.addAll(service.dependsOn().keySet());
            }
        }
        return needed;
    }

    private static boolean isJob(Service service) {
        Optional<Deploy.Mode> mode = service.deploy().mode();
        return mode.equals(Optional.of(Deploy.Mode.REPLICATED_JOB)) || mode.equals(Optional.of(Deploy.Mode.GLOBAL_JOB));
    }

    private Service made(Service its, Set<String> there) {
        if (!its.ports().isEmpty()) {
            notes.add(its.name() + ": published ports are left out ("
                    + String.join(
                            ", ",
                            its.ports().stream().map(DrillStack::published).toList())
                    + ")");
        }
        Map<String, NetworkAttachment> networks = new LinkedHashMap<>();
        its.networks()
                .forEach((key, attachment) ->
                        networks.put(key, new NetworkAttachment(attachment.aliases(), Map.of(), Map.of())));
        return new Service(
                its.name(),
                Optional.ofNullable(running.images().get(its.name()))
                        .map(ImageReference::parse)
                        .or(its::image),
                its.process(),
                its.environment(),
                its.labels(),
                its.healthCheck(),
                its.logging(),
                its.naming(),
                its.confinement(),
                its.mounts().stream()
                        .flatMap(mount -> mount(its.name(), mount).stream())
                        .toList(),
                its.secrets(),
                its.configs(),
                networks,
                List.of(),
                its.dependsOn().entrySet().stream()
                        .filter(entry -> there.contains(entry.getKey()))
                        .collect(
                                LinkedHashMap::new,
                                (map, entry) -> map.put(entry.getKey(), entry.getValue()),
                                Map::putAll),
                deploy(its.deploy()),
                its.composeOnly(),
                new Operations(
                        Optional.empty(),
                        its.operations().backup(),
                        RolloutStrategy.Rolling.ROLLING,
                        Optional.empty(),
                        its.operations().ignoredLintRules()),
                Map.of());
    }

    private static String published(Port port) {
        return port.published().map(Object::toString).orElse(Integer.toString(port.target()));
    }

    private Deploy deploy(Deploy its) {
        Map<String, String> labels = new LinkedHashMap<>(its.labels());
        labels.put(TrialStacks.LABEL, name);
        return new Deploy(
                Optional.of(Deploy.Mode.REPLICATED),
                OptionalInt.of(1),
                labels,
                its.updateConfig(),
                its.rollbackConfig(),
                new Resources(
                        its.resources().limits(),
                        new Resources.Reservations(Optional.empty(), Optional.empty(), List.of(), List.of())),
                its.restartPolicy(),
                new Placement(List.of("node.id == " + node.id()), List.of(), OptionalLong.empty()),
                // One task needs no balancing, which not every kernel has.
                Optional.of(Deploy.EndpointMode.DNSRR),
                Map.of());
    }

    /** A directory of the node stays only where nothing can be written through it. */
    private Optional<Mount> mount(String service, Mount mount) {
        if (mount instanceof Mount.OfVolume || mount instanceof Mount.OfMemory || mount instanceof Mount.OfImage) {
            return Optional.of(mount);
        }
        if (mount instanceof Mount.OfHost host) {
            if (host.readOnly() && !host.source().endsWith(".sock")) {
                notes.add(service + ": reads " + host.source() + " of the node");
                return Optional.of(mount);
            }
            notes.add(service + ": has an empty directory in place of " + host.source() + " of the node");
        } else {
            notes.add(service + ": has an empty directory at " + mount.target());
        }
        return Optional.of(new Mount.OfMemory(mount.target(), false, Optional.empty(), Optional.empty()));
    }

    private Map<String, Network> networks(Map<String, Service> services) {
        Set<String> keys = new TreeSet<>();
        services.values().forEach(service -> {
            keys.addAll(service.networks().keySet());
            if (service.networks().isEmpty()) {
                keys.add(DEFAULT_NETWORK);
            }
        });
        boolean reachesOutside = settings.repository().location() instanceof Location.S3;
        if (reachesOutside) {
            notes.add("the repository is outside of the nodes, so the networks have a way out, as jobs need it");
        }
        Map<String, Network> networks = new LinkedHashMap<>();
        for (String key : keys) {
            networks.put(
                    key,
                    new Network(
                            key,
                            Optional.of(name + "_" + key + "-" + drill),
                            false,
                            Optional.of("overlay"),
                            Map.of(),
                            Optional.empty(),
                            !reachesOutside,
                            false,
                            Optional.empty(),
                            Optional.empty(),
                            Map.of(),
                            Map.of()));
        }
        return networks;
    }

    /** A repository that is in a volume is the one thing of the stack that stays what it is. */
    private Map<String, Volume> volumes() {
        Optional<String> repository = settings.repository().location() instanceof Location.InVolume its
                ? Optional.of(its.key())
                : Optional.empty();
        Map<String, Volume> volumes = new LinkedHashMap<>();
        for (String key : production.volumes().keySet()) {
            boolean kept = repository.filter(key::equals).isPresent();
            volumes.put(
                    key,
                    new Volume(
                            key,
                            kept ? Optional.of(Names.volume(production, key)) : Optional.empty(),
                            kept,
                            Optional.empty(),
                            Map.of(),
                            kept ? Map.of() : Map.of(TrialStacks.LABEL, name),
                            Optional.empty(),
                            Map.of()));
        }
        return volumes;
    }

    private Map<String, Secret> secrets(Map<String, Service> services) {
        Map<String, Secret> secrets = new LinkedHashMap<>();
        production.secrets().forEach((key, secret) -> {
            boolean own =
                    secret.source() instanceof Payload.FromFile || secret.source() instanceof Payload.FromEnvironment;
            Optional<String> there = Optional.ofNullable(running.secrets().get(key));
            if (!own) {
                secrets.put(key, secret);
            } else if (there.isPresent()) {
                secrets.put(
                        key, new Secret(key, there, Payload.External.EXTERNAL, Map.of(), Optional.empty(), Map.of()));
            } else if (services.values().stream().anyMatch(service -> uses(service.secrets(), key))) {
                obstacles.add("the cluster has no secret " + key + ": deploy the stack first");
            }
        });
        return secrets;
    }

    private Map<String, Config> configs(Map<String, Service> services) {
        Map<String, Config> configs = new LinkedHashMap<>();
        production.configs().forEach((key, config) -> {
            Optional<String> there = Optional.ofNullable(running.configs().get(key));
            if (config.source() instanceof Payload.External) {
                configs.put(key, config);
            } else if (there.isPresent()) {
                configs.put(
                        key,
                        new Config(key, there, Payload.External.EXTERNAL, Map.of(), config.templateDriver(), Map.of()));
            } else if (services.values().stream().anyMatch(service -> uses(service.configs(), key))) {
                obstacles.add("the cluster has no config " + key + ": deploy the stack first");
            }
        });
        return configs;
    }

    private static boolean uses(List<FileReference> references, String key) {
        return references.stream().anyMatch(reference -> reference.source().equals(key));
    }
}
