package dev.prodstack.core.lint;

import static dev.prodstack.core.lint.Severity.WARNING;

import dev.prodstack.core.lint.Rule.Report;
import dev.prodstack.core.value.Data;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a file says and Swarm does not hear. */
final class IgnoredRules {
    private static final String RESTART = "restart";
    private static final Set<String> ABOUT_DEVELOPMENT = Set.of("attach", "build", "develop", "expose", "profiles");
    private static final String TO_RESOURCES = "set deploy.resources instead";
    private static final String TO_NETWORK =
            "put the services on a common network, where they reach each other by name";
    private static final String TO_PRIVILEGES = "name what is needed with cap_add, or run it outside Swarm";
    private static final Map<String, String> INSTEAD = Map.ofEntries(
            Map.entry(
                    "container_name",
                    "remove it; hostname takes templates such as \"{{.Service.Name}}-{{.Task.Slot}}\""),
            Map.entry("cpu_count", TO_RESOURCES),
            Map.entry("cpu_percent", TO_RESOURCES),
            Map.entry("cpu_period", TO_RESOURCES),
            Map.entry("cpu_quota", TO_RESOURCES),
            Map.entry("cpu_shares", TO_RESOURCES),
            Map.entry("cpuset", TO_RESOURCES),
            Map.entry("memswap_limit", TO_RESOURCES),
            Map.entry("external_links", TO_NETWORK),
            Map.entry("links", TO_NETWORK),
            Map.entry("network_mode", "attach it to networks; for the node's own, an external network named host"),
            Map.entry("privileged", TO_PRIVILEGES),
            Map.entry("devices", TO_PRIVILEGES),
            Map.entry("device_cgroup_rules", TO_PRIVILEGES),
            Map.entry("gpus", "announce them as generic resources on the nodes and reserve those"),
            Map.entry("platform", "constrain the placement with node.platform.arch"),
            Map.entry("pull_policy", "remove it; each task pulls its image"),
            Map.entry("shm_size", "mount a tmpfs with a size at /dev/shm"),
            Map.entry("volumes_from", "mount the same named volumes in both services"));

    /** Prefixes of labels that programs read from services, not from containers. */
    private static final List<String> SERVICE_LABELS =
            List.of("traefik.", "caddy", "com.df.", "shepherd.", "swarm.cronjob.");

    static final List<Rule> ALL = List.of(
            Rule.ofService(
                    "ignored-by-swarm",
                    WARNING,
                    "These settings are for docker compose. Swarm ignores them, and what they were to ensure is not"
                            + " there.",
                    IgnoredRules::ignored),
            Rule.ofService(
                    "compose-restart",
                    WARNING,
                    "restart is a setting of docker compose; Swarm has deploy.restart_policy. docker stack deploy says that"
                            + " it ignores restart, then takes always and on-failure for a missing restart_policy,"
                            + " and with no starts every task again that ends.",
                    IgnoredRules::composeRestart),
            Rule.ofService(
                    "label-on-container",
                    WARNING,
                    "In a Swarm, proxies and schedulers read the labels of services, which are under deploy.labels."
                            + " Those under labels are the containers', which they never see.",
                    IgnoredRules::labelOnContainer));

    private IgnoredRules() {}

    private static void ignored(ServiceFacts service, Report report) {
        service.service().composeOnly().forEach((key, value) -> {
            boolean off = value.equals(Data.of(false)) || value == Data.Null.NULL;
            if (!off && !ABOUT_DEVELOPMENT.contains(key) && !key.equals(RESTART)) {
                add(key, report);
            }
        });
        service.service().naming().domain().ifPresent(domain -> add("domainname", report));
        service.service()
                .networks()
                .forEach((network, attachment) -> attachment.composeOnly().keySet().stream()
                        .filter(key -> !key.startsWith("x-"))
                        .forEach(key -> add("networks." + network + "." + key, report)));
        if (!service.service().deploy().resources().reservations().devices().isEmpty()) {
            add("deploy.resources.reservations.devices", report);
        }
    }

    private static void add(String path, Report report) {
        String key = path.substring(path.lastIndexOf('.') + 1);
        report.add(path, "Swarm ignores " + key, INSTEAD.getOrDefault(key, "remove it"));
    }

    private static void composeRestart(ServiceFacts service, Report report) {
        Data restart = service.service().composeOnly().get(RESTART);
        if (restart != null) {
            report.add(
                    RESTART,
                    "restart" + (restart instanceof Data.Text text ? ": " + text.value() : "")
                            + (service.service().deploy().restartPolicy().isPresent()
                                    ? " has no effect beside deploy.restart_policy"
                                    : " is not what Swarm goes by"),
                    "remove it and set deploy.restart_policy.condition");
        }
    }

    private static void labelOnContainer(ServiceFacts service, Report report) {
        service.service().labels().keySet().stream()
                .filter(key -> SERVICE_LABELS.stream().anyMatch(key::startsWith))
                .filter(key -> !service.service().deploy().labels().containsKey(key))
                .forEach(key -> report.add(
                        "labels." + key,
                        key + " is a label of the containers, not of the service",
                        "move it to deploy.labels"));
    }
}
