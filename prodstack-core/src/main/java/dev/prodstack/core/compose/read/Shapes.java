package dev.prodstack.core.compose.read;

import static dev.prodstack.core.compose.read.Shape.any;
import static dev.prodstack.core.compose.read.Shape.bool;
import static dev.prodstack.core.compose.read.Shape.bytes;
import static dev.prodstack.core.compose.read.Shape.integer;
import static dev.prodstack.core.compose.read.Shape.list;
import static dev.prodstack.core.compose.read.Shape.map;
import static dev.prodstack.core.compose.read.Shape.object;
import static dev.prodstack.core.compose.read.Shape.scalar;
import static dev.prodstack.core.compose.read.Shape.string;
import static dev.prodstack.core.compose.read.Shape.text;
import static dev.prodstack.core.compose.read.Shape.word;

import dev.prodstack.core.yaml.Node.ListNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** The forms of what the Compose Specification knows and Swarm ignores. */
final class Shapes {
    private static final Shape FILE_REFERENCE =
            object(Map.of("source", string(), "target", string(), "uid", text(), "gid", text(), "mode", scalar()));

    private static final Shape ULIMIT = object(Map.of("soft", integer(), "hard", integer()), "soft", "hard");

    private static final Shape HOOK = object(
            Map.of(
                    "command", string().orElse(list(string())).orNull(),
                    "user", string(),
                    "privileged", bool(),
                    "working_dir", string(),
                    "environment", listOrMap(list(string()), map(scalar().orNull()))),
            "command");

    private static final Shape BLOCK_IO = object(Map.of(
            "device_read_bps", list(object(Map.of("path", string(), "rate", scalar()))),
            "device_read_iops", list(object(Map.of("path", string(), "rate", scalar()))),
            "device_write_bps", list(object(Map.of("path", string(), "rate", scalar()))),
            "device_write_iops", list(object(Map.of("path", string(), "rate", scalar()))),
            "weight", integer(),
            "weight_device", list(object(Map.of("path", string(), "weight", integer())))));

    private static final Shape WATCH = object(
            Map.of(
                    "path", string(),
                    "action", word("rebuild", "sync", "restart", "sync+restart", "sync+exec"),
                    "target", string(),
                    "ignore", string().orElse(list(string())),
                    "include", string().orElse(list(string())),
                    "exec", HOOK),
            "path",
            "action");

    /** A device request, as in {@code deploy.resources.reservations.devices} and {@code gpus}. */
    static final Shape DEVICE_REQUEST = object(Map.of(
            "capabilities", list(string()),
            "count", scalar(),
            "device_ids", list(string()),
            "driver", string(),
            "options", listOrMap(list(string()), map(scalar()))));

    private static final Shape TOPOLOGIES = list(object(Map.of("segments", map(string()))));

    /** The specification of a cluster volume, as Docker's schema has it. */
    static final Shape CLUSTER_VOLUME = object(Map.of(
            "group", string(),
            "access_mode",
                    object(Map.of(
                            "scope", word("single", "multi"),
                            "sharing", word("none", "readonly", "onewriter", "all"),
                            "mount_volume", object(Map.of("fs_type", string(), "mount_flags", list(string()))),
                            "block_volume", object(Map.of()))),
            "accessibility_requirements", object(Map.of("requisite", TOPOLOGIES, "preferred", TOPOLOGIES)),
            "capacity_range", object(Map.of("required_bytes", bytes(), "limit_bytes", bytes())),
            "secrets", list(object(Map.of("key", string(), "secret", string()), "key", "secret")),
            "availability", word("active", "pause", "drain")));

    /** The top-level section {@code models}. */
    static final Shape MODELS = map(object(
            Map.of(
                    "name", string(),
                    "model", string(),
                    "context_size", integer(),
                    "runtime_flags", list(string())),
            "model"));

    private Shapes() {}

    /** Keys of a service that Swarm ignores, and their forms. */
    static Map<String, Shape> ofService() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put("annotations", map(text()));
        shapes.put("attach", bool());
        shapes.put("blkio_config", BLOCK_IO);
        shapes.put("build", build());
        shapes.put("cgroup", word("host", "private"));
        for (String key : new String[] {"cgroupns_mode", "cgroup_parent", "container_name", "cpuset", "ipc"}) {
            shapes.put(key, string());
        }
        for (String key : new String[] {"cpu_count", "cpu_percent", "cpu_shares", "cpu_quota", "cpu_period"}) {
            shapes.put(key, scalar());
        }
        shapes.put("cpu_rt_period", scalar());
        shapes.put("cpu_rt_runtime", scalar());
        shapes.put("develop", object(Map.of("watch", list(WATCH))).orNull());
        shapes.put("device_cgroup_rules", list(string()));
        shapes.put(
                "devices",
                list(string().orElse(object(
                        Map.of("source", string(), "target", string(), "permissions", string()), "source"))));
        shapes.put("expose", list(text()));
        shapes.put("external_links", list(string()));
        shapes.put("gpus", word("all").orElse(list(DEVICE_REQUEST)));
        shapes.put("links", list(string()));
        shapes.put("mac_address", string());
        shapes.put("mem_swappiness", integer());
        shapes.put("memswap_limit", scalar());
        shapes.put(
                "models",
                map(object(Map.of("endpoint_var", string(), "model_var", string()))
                        .orNull()));
        shapes.put("network_mode", string());
        shapes.put("oom_kill_disable", bool());
        shapes.put("pid", string().orNull());
        shapes.put("platform", string());
        shapes.put("post_start", list(HOOK));
        shapes.put("pre_stop", list(HOOK));
        shapes.put("privileged", bool());
        shapes.put(
                "provider", object(Map.of("type", string(), "options", map(scalar().orElse(list(scalar())))), "type"));
        shapes.put("pull_policy", string());
        shapes.put("pull_refresh_after", string());
        shapes.put("restart", string());
        shapes.put("runtime", string());
        shapes.put("security_opt", list(string()));
        shapes.put("shm_size", text());
        shapes.put("storage_opt", map(any()));
        shapes.put("use_api_socket", bool());
        shapes.put("userns_mode", string());
        shapes.put("uts", string());
        shapes.put("volumes_from", list(string()));
        return shapes;
    }

    /** Keys of a network attachment that Swarm ignores, and their forms. */
    static Map<String, Shape> ofAttachment() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put("interface_name", string());
        shapes.put("ipv4_address", string());
        shapes.put("ipv6_address", string());
        shapes.put("link_local_ips", list(string()));
        shapes.put("mac_address", string());
        shapes.put("priority", scalar());
        shapes.put("gw_priority", scalar());
        return shapes;
    }

    private static Shape listOrMap(Shape list, Shape map) {
        return place -> place.node() instanceof ListNode ? list.read(place) : map.read(place);
    }

    private static Shape build() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        for (String key :
                new String[] {"context", "dockerfile", "dockerfile_inline", "network", "target", "isolation"}) {
            shapes.put(key, string());
        }
        shapes.put("args", map(text().orNull()));
        shapes.put("labels", map(text()));
        shapes.put("additional_contexts", map(text()));
        shapes.put("extra_hosts", list(string()));
        shapes.put("ssh", string().orElse(listOrMap(list(string()), map(text().orNull()))));
        for (String key : new String[] {"cache_from", "cache_to", "entitlements", "tags", "platforms"}) {
            shapes.put(key, list(string()));
        }
        for (String key : new String[] {"no_cache", "pull", "privileged", "sbom", "provenance"}) {
            shapes.put(key, scalar());
        }
        shapes.put("shm_size", text());
        shapes.put("secrets", list(FILE_REFERENCE));
        shapes.put("ulimits", map(ULIMIT));
        return object(shapes);
    }
}
