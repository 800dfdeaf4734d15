package dev.prodstack.swarm.prepare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.core.stack.Config;
import dev.prodstack.core.stack.Payload;
import dev.prodstack.swarm.planning.Planner;
import dev.prodstack.swarm.secret.Payloads;
import dev.prodstack.swarm.secret.UnreadablePayload;
import dev.prodstack.swarm.spec.Namespace;
import dev.prodstack.swarm.state.StackState;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds the version of each config that has the content of the file: one that is there, or a new one under a name of
 * its own, as Swarm cannot change a config.
 */
final class ConfigVersions {
    /** Engines from 20.10 on take less than 1000 KiB; those before took half of that. */
    private static final int MOST_BYTES = 1000 * 1024 - 1;

    private final Namespace namespace;
    private final StackState state;
    private final ClusterObjects cluster;
    private final Payloads payloads;
    private final Remarks remarks;
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, byte[]> contents = new HashMap<>();

    ConfigVersions(Namespace namespace, StackState state, ClusterObjects cluster, Payloads payloads, Remarks remarks) {
        this.namespace = namespace;
        this.state = state;
        this.cluster = cluster;
        this.payloads = payloads;
        this.remarks = remarks;
    }

    void find(Config config) {
        if (config.source() instanceof Payload.External) {
            String name = namespace.config(config).name();
            Optional<String> found = cluster.external(name);
            if (found.isEmpty()) {
                remarks.obstacle(
                        "config " + config.key(),
                        "the external config " + name + " does not exist",
                        "create it with: prodstack init-configs --from " + name + "=FILE");
            }
            names.put(config.key(), found.orElse(name));
            return;
        }
        try {
            byte[] content = payloads.read(config.source());
            if (content.length > MOST_BYTES || content.length == 0) {
                remarks.obstacle(
                        "config " + config.key(),
                        "its content has " + content.length + " bytes; Swarm takes 1 to " + MOST_BYTES,
                        content.length == 0 ? "put something in it" : "put large files in an image or a volume");
            }
            contents.put(config.key(), content);
            names.put(config.key(), version(config, content));
        } catch (UnreadablePayload e) {
            remarks.obstacle("config " + config.key(), e.reason(), e.fix());
            names.put(config.key(), namespace.config(config).name());
        }
    }

    String name(Config config) {
        return names.getOrDefault(config.key(), config.key());
    }

    byte[] content(String key) {
        return contents.getOrDefault(key, new byte[0]);
    }

    private String version(Config config, byte[] content) {
        if (config.name().isPresent()) {
            return fixed(config, config.name().get(), content);
        }
        return state.configs().values().stream()
                .filter(object -> isOf(object, config.key()))
                .filter(object -> isSame(object, config, content))
                .max(Comparator.comparing(ClusterObjects::createdAt))
                .map(ClusterObjects::name)
                .orElseGet(() -> ObjectName.ofContent(
                        namespace.scoped(config.key()),
                        content,
                        new TreeMap<>(config.labels()).toString().getBytes(StandardCharsets.UTF_8),
                        config.templateDriver().orElse("").getBytes(StandardCharsets.UTF_8)));
    }

    /** A name that the file fixes leaves no room for versions. */
    private String fixed(Config config, String name, byte[] content) {
        Optional<JsonNode> there = cluster.named(name);
        if (there.isPresent() && !isSame(there.get(), config, content)) {
            remarks.obstacle(
                    "config " + config.key(),
                    "a config " + name + " exists and has another content; Swarm cannot change configs",
                    "leave out \"name:\", so that each version gets a name of its own, or change the name");
        }
        return name;
    }

    private boolean isOf(JsonNode object, String key) {
        String label = ClusterObjects.label(object, Planner.KEY_LABEL);
        return label.isEmpty() ? ClusterObjects.name(object).equals(namespace.scoped(key)) : label.equals(key);
    }

    private boolean isSame(JsonNode object, Config config, byte[] content) {
        JsonNode spec = object.path("Spec");
        Map<String, String> labels = new TreeMap<>();
        spec.path("Labels").properties().stream()
                .filter(label -> !label.getKey().equals(Planner.KEY_LABEL))
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return spec.path("Data").asText().equals(Base64.getEncoder().encodeToString(content))
                && spec.path("Templating")
                        .path("Name")
                        .asText()
                        .equals(config.templateDriver().orElse(""))
                && labels.equals(namespace.labels(config.labels()));
    }
}
