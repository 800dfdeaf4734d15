package dev.prodstack.swarm.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.cluster.ClusterStore;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineRequest;
import dev.prodstack.swarm.problem.EngineException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The store in the swarm, reached through one of its managers. */
public final class SwarmStore implements ClusterStore {
    /** Labels a config with the name of the value that it holds. */
    private static final String NAME_LABEL = "dev.prodstack.store";

    private static final String VALUE_LABEL = "dev.prodstack.value";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int LONGEST = 64;
    private static final String PREFIX = "prodstack.";
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final EngineClient engine;

    /** Through an engine that is a manager. */
    public SwarmStore(EngineClient engine) {
        this.engine = engine;
    }

    @Override
    public Optional<Entry> read(String name) {
        check(name);
        for (JsonNode config : engine.send(EngineRequest.get("configs").labelled(NAME_LABEL + "=" + name))) {
            return Optional.of(new StoredValue(name, config));
        }
        return Optional.empty();
    }

    @Override
    public Optional<Entry> create(String name, byte[] value) {
        check(name);
        check(value);
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        spec.put("Name", configName(name));
        spec.put("Data", base64("see label".getBytes(StandardCharsets.UTF_8)));
        spec.putObject("Labels").put(NAME_LABEL, name).put(VALUE_LABEL, base64(value));
        try {
            engine.send(EngineRequest.post("configs", "create").sending(spec));
        } catch (EngineException e) {
            if (e.status().orElse(0) == CONFLICT) {
                return Optional.empty();
            }
            throw e;
        }
        return read(name).filter(entry -> Arrays.equals(entry.value(), value));
    }

    @Override
    public Optional<Entry> replace(Entry seen, byte[] value) {
        check(value);
        StoredValue before = (StoredValue) seen;
        ObjectNode spec = before.config().path("Spec").deepCopy();
        spec.withObject("/Labels").put(VALUE_LABEL, base64(value));
        String id = before.config().path("ID").asText();
        try {
            engine.send(EngineRequest.post("configs", id, "update")
                    .with("version", before.config().at("/Version/Index").asText())
                    .sending(spec));
            JsonNode after = engine.send(EngineRequest.get("configs", id));
            // Whoever changed it since has read ours, and goes by it.
            Entry entry = new StoredValue(seen.name(), after);
            return Arrays.equals(entry.value(), value) ? Optional.of(entry) : Optional.empty();
        } catch (EngineException e) {
            if (e.status().orElse(0) == NOT_FOUND || e.reason().contains("update out of sequence")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public Instant now() {
        return OffsetDateTime.parse(engine.send(EngineRequest.get("info"))
                        .path("SystemTime")
                        .asText())
                .toInstant();
    }

    /** Configs have names of at most 64 characters that begin and end with a letter or digit. */
    private static String configName(String name) {
        String whole = PREFIX + name.replaceAll("[._-]+$", "0");
        return whole.length() <= LONGEST
                ? whole
                : whole.substring(0, LONGEST - 9) + String.format(Locale.ROOT, "-%08x", name.hashCode());
    }

    private static void check(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("no name for a value: \"" + name + "\"");
        }
    }

    private static void check(byte[] value) {
        if (value.length > MAX_VALUE_SIZE) {
            throw new IllegalArgumentException("a value has at most " + MAX_VALUE_SIZE + " bytes, not " + value.length);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** A config and the value it holds. */
    private record StoredValue(String name, JsonNode config) implements Entry {
        @Override
        public byte[] value() {
            return Base64.getDecoder()
                    .decode(config.path("Spec").path("Labels").path(VALUE_LABEL).asText());
        }

        @Override
        public Instant changedAt() {
            return OffsetDateTime.parse(config.path("UpdatedAt").asText()).toInstant();
        }
    }
}
