package dev.prodstack.core.compose.merge;

import dev.prodstack.core.value.Data;
import dev.prodstack.core.yaml.Node;
import dev.prodstack.core.yaml.Node.MapNode;
import dev.prodstack.core.yaml.Node.ScalarNode;
import dev.prodstack.core.yaml.PlainScalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** How one list is put over another. */
sealed interface ListRule {

    /** Puts the items of the second list over those of the first. */
    List<Node> merge(List<Node> base, List<Node> over);

    /** The rule for a list at a path whose service, network or other names are replaced by {@code *}. */
    static ListRule at(String pattern) {
        if (WHOLE.contains(pattern)) {
            return new Replace();
        }
        if (SETS.contains(pattern)) {
            return new ByIdentity(Node::toData);
        }
        Function<Node, Data> identity = IDENTITIES.get(pattern);
        return identity == null ? new Append() : new ByIdentity(identity);
    }

    /** Lists that are one value. */
    Set<String> WHOLE = Set.of("services.*.command", "services.*.entrypoint", "services.*.healthcheck.test");

    /** Lists in which an item stands once. */
    Set<String> SETS = Set.of(
            "services.*.build.cache_from",
            "services.*.build.cache_to",
            "services.*.build.platforms",
            "services.*.build.tags",
            "services.*.cap_add",
            "services.*.cap_drop",
            "services.*.device_cgroup_rules",
            "services.*.dns",
            "services.*.dns_opt",
            "services.*.dns_search",
            "services.*.expose",
            "services.*.external_links",
            "services.*.extra_hosts",
            "services.*.group_add",
            "services.*.label_file",
            "services.*.links",
            "services.*.networks.*.aliases",
            "services.*.networks.*.link_local_ips",
            "services.*.profiles",
            "services.*.security_opt",
            "services.*.volumes_from");

    /** Lists whose items have an identity. */
    Map<String, Function<Node, Data>> IDENTITIES = Map.of(
            "services.*.ports", item -> fields(item, "host_ip", "target", "published", "protocol"),
            "services.*.volumes", item -> fields(item, "target"),
            "services.*.configs", item -> fileTarget(item, "/"),
            "services.*.secrets", item -> fileTarget(item, "/run/secrets/"),
            "services.*.tmpfs", ListRule::tmpfsTarget,
            "services.*.env_file", item -> fields(item, "path"),
            "networks.*.ipam.config", item -> fields(item, "subnet"));

    private static Data fields(Node item, String... keys) {
        if (!(item instanceof MapNode map)) {
            return item.toData();
        }
        Map<String, Data> identity = new LinkedHashMap<>();
        for (String key : keys) {
            map.get(key)
                    .ifPresent(value -> identity.put(
                            key,
                            value instanceof ScalarNode scalar
                                    ? Data.of(PlainScalar.toText(scalar.toData()))
                                    : value.toData()));
        }
        return Data.of(identity);
    }

    private static Data fileTarget(Node item, String directory) {
        if (!(item instanceof MapNode map)) {
            return item.toData();
        }
        Data target = map.get("target").or(() -> map.get("source")).orElse(item).toData();
        return target instanceof Data.Text text && !text.value().startsWith("/")
                ? Data.of(directory + text.value())
                : target;
    }

    private static Data tmpfsTarget(Node item) {
        return item instanceof ScalarNode scalar && scalar.text().indexOf(':') > 0
                ? Data.of(scalar.text().substring(0, scalar.text().indexOf(':')))
                : item.toData();
    }

    /** The second list alone. */
    record Replace() implements ListRule {
        @Override
        public List<Node> merge(List<Node> base, List<Node> over) {
            return over;
        }
    }

    /** The first list, then the second. */
    record Append() implements ListRule {
        @Override
        public List<Node> merge(List<Node> base, List<Node> over) {
            List<Node> all = new ArrayList<>(base);
            all.addAll(over);
            return all;
        }
    }

    /**
     * The first list, in which items of the second one replace those with the same identity, then the others.
     *
     * @param identity what tells items apart
     */
    record ByIdentity(Function<Node, Data> identity) implements ListRule {
        @Override
        public List<Node> merge(List<Node> base, List<Node> over) {
            Map<Data, Node> items = new LinkedHashMap<>();
            base.forEach(item -> items.put(identity.apply(item), item));
            over.forEach(item -> items.put(identity.apply(item), item));
            return List.copyOf(items.values());
        }
    }
}
