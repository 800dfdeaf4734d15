package dev.prodstack.core.compose.read;

import dev.prodstack.core.stack.Config;
import dev.prodstack.core.stack.Network;
import dev.prodstack.core.stack.Payload;
import dev.prodstack.core.stack.Secret;
import dev.prodstack.core.stack.Volume;
import dev.prodstack.core.value.Data;
import dev.prodstack.core.yaml.Node.MapNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads networks, volumes, secrets and configs. */
final class ResourceReaders {
    private static final String CLUSTER_SPEC = "x-cluster-spec";

    Network network(String key, Place place) {
        Fields fields = orEmpty(place);
        boolean external = fields.flag("external");
        Optional<String> name = name(fields, key, external);
        onlyName(fields, external, Set.of("internal", "attachable"));
        Network network = new Network(
                key,
                name,
                external,
                fields.string("driver"),
                fields.texts("driver_opts"),
                fields.given("ipam").map(this::ipam),
                fields.flag("internal"),
                fields.flag("attachable"),
                fields.bool("enable_ipv4"),
                fields.bool("enable_ipv6"),
                fields.texts("labels"),
                fields.extensions());
        fields.end();
        return network;
    }

    private Network.Ipam ipam(Place place) {
        Fields fields = place.fields();
        Network.Ipam ipam =
                new Network.Ipam(fields.string("driver"), fields.items("config", this::pool), fields.texts("options"));
        fields.end();
        return ipam;
    }

    private Optional<Network.Pool> pool(Place place) {
        Fields fields = place.fields();
        Network.Pool pool = new Network.Pool(
                fields.string("subnet"),
                fields.string("ip_range"),
                fields.string("gateway"),
                fields.entries("aux_addresses", Place::string));
        fields.end();
        return Optional.of(pool);
    }

    Volume volume(String key, Place place) {
        Fields fields = orEmpty(place);
        boolean external = fields.flag("external");
        Optional<String> name = name(fields, key, external);
        onlyName(fields, external, Set.of());
        Optional<Data> clusterSpec = fields.get(CLUSTER_SPEC).flatMap(Shapes.CLUSTER_VOLUME::read);
        Volume volume = new Volume(
                key,
                name,
                external,
                fields.string("driver"),
                fields.texts("driver_opts"),
                fields.texts("labels"),
                clusterSpec,
                fields.extensions());
        fields.end();
        return volume;
    }

    Secret secret(String key, Place place) {
        Fields fields = place.fields();
        boolean external = fields.flag("external");
        Optional<String> name = name(fields, key, external);
        onlyName(fields, external, Set.of());
        Map<String, Payload> sources = new LinkedHashMap<>();
        external(fields, sources);
        fields.string("file").ifPresent(path -> sources.put("file", new Payload.FromFile(path)));
        fields.string("environment")
                .ifPresent(variable -> sources.put("environment", new Payload.FromEnvironment(variable)));
        Map<String, String> options = fields.texts("driver_opts");
        fields.string("driver").ifPresent(driver -> sources.put("driver", new Payload.FromDriver(driver, options)));
        Secret secret = new Secret(
                key,
                name,
                only(fields, sources, "file, environment, driver or external"),
                fields.texts("labels"),
                fields.string("template_driver"),
                fields.extensions());
        fields.end();
        return secret;
    }

    Config config(String key, Place place) {
        Fields fields = place.fields();
        boolean external = fields.flag("external");
        Optional<String> name = name(fields, key, external);
        onlyName(fields, external, Set.of());
        Map<String, Payload> sources = new LinkedHashMap<>();
        external(fields, sources);
        fields.string("file").ifPresent(path -> sources.put("file", new Payload.FromFile(path)));
        fields.string("environment")
                .ifPresent(variable -> sources.put("environment", new Payload.FromEnvironment(variable)));
        fields.string("content").ifPresent(content -> sources.put("content", new Payload.Inline(content)));
        Config config = new Config(
                key,
                name,
                only(fields, sources, "file, content, environment or external"),
                fields.texts("labels"),
                fields.string("template_driver"),
                fields.extensions());
        fields.end();
        return config;
    }

    private static void external(Fields fields, Map<String, Payload> sources) {
        if (fields.flag("external")) {
            sources.put("external", Payload.External.EXTERNAL);
        }
    }

    private static Payload only(Fields fields, Map<String, Payload> sources, String expected) {
        if (sources.size() != 1) {
            List<String> given = new ArrayList<>(sources.keySet());
            fields.place()
                    .problem(
                            "expected one of " + expected + ", found "
                                    + (given.isEmpty() ? "none" : String.join(" and ", given)),
                            given.isEmpty() ? "say where its content comes from" : "keep one of them");
        }
        return sources.values().stream().findFirst().orElse(Payload.External.EXTERNAL);
    }

    /** What exists already is named, not described. */
    private static void onlyName(Fields fields, boolean external, Set<String> alsoRefused) {
        if (!external) {
            return;
        }
        Set<String> refused =
                new TreeSet<>(Set.of("driver", "driver_opts", "ipam", "labels", "file", "content", "environment"));
        refused.addAll(alsoRefused);
        for (String key : refused) {
            if (fields.has(key)) {
                fields.get(key)
                        .ifPresent(place -> place.problem(
                                "\"" + key + "\" does not go with external: true, which takes what exists as it is",
                                "remove it, or remove external"));
            }
        }
    }

    /** An external resource is always named, so that printing and reading again keeps it. */
    private static Optional<String> name(Fields fields, String key, boolean external) {
        Optional<String> name = fields.get("name").flatMap(Place::word);
        return external ? Optional.of(name.orElse(key)) : name;
    }

    private static Fields orEmpty(Place place) {
        return place.isNull()
                ? new Fields(new MapNode(place.node().position(), Map.of()), place.path(), place.problems())
                : place.fields();
    }
}
