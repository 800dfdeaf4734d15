package dev.prodstack.autoscale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.autoscale.decision.History;
import dev.prodstack.autoscale.json.CaseException;
import dev.prodstack.autoscale.json.HistoryJson;
import dev.prodstack.core.scaling.ReplicaRange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A memory as bytes: JSON, packed by gzip. Histories are as in decisions' JSON; other times are milliseconds since
 * 1970.
 */
final class MemoryText {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FORMAT = 2;
    private static final int MOST_BYTES = 16 << 20;

    private MemoryText() {}

    static byte[] write(Memory memory) {
        ObjectNode root = JSON.createObjectNode().put("format", FORMAT);
        root.put("time", memory.time().toEpochMilli());
        root.put("interval", memory.interval().toMillis());
        ObjectNode services = root.putObject("services");
        memory.services().forEach((name, its) -> services.set(name, service(its)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
            JSON.writeValue(packed, root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static ObjectNode service(Memory.OfService memory) {
        ObjectNode node = JSON.createObjectNode().put("count", memory.count());
        node.set("history", HistoryJson.write(memory.history()));
        node.set("account", account(memory.account()));
        return node;
    }

    private static ObjectNode account(Account account) {
        ObjectNode node = JSON.createObjectNode();
        node.put("current", account.current())
                .put("replicas", account.replicas())
                .put("wanted", account.wanted())
                .put("running", account.running())
                .put("min", account.bounds().min())
                .put("max", account.bounds().max())
                .put("verdict", account.verdict().word())
                .put("since", account.since().toEpochMilli())
                .put("outcome", account.outcome());
        ArrayNode steps = node.putArray("steps");
        account.steps()
                .forEach(step -> steps.addObject().put("code", step.code()).put("text", step.text()));
        return node;
    }

    /**
     * Reads a memory.
     *
     * @return nothing if it is of a format that is not known here, or damaged: it is then as good as lost
     */
    static Optional<Memory> read(byte[] bytes) {
        try (GZIPInputStream packed = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            JsonNode root = JSON.readTree(packed.readNBytes(MOST_BYTES));
            if (root.path("format").asInt() != FORMAT) {
                return Optional.empty();
            }
            Map<String, Memory.OfService> services = new TreeMap<>();
            root.path("services").properties().forEach(its -> services.put(its.getKey(), service(its.getValue())));
            return Optional.of(new Memory(
                    time(root.path("time")),
                    Duration.ofMillis(root.path("interval").asLong()),
                    services));
        } catch (IOException | IllegalArgumentException | CaseException e) {
            return Optional.empty();
        }
    }

    private static Memory.OfService service(JsonNode node) {
        History history = HistoryJson.read(node.path("history"));
        return new Memory.OfService(node.path("count").asInt(), history, account(node.path("account")));
    }

    private static Account account(JsonNode node) {
        List<Account.Step> steps = new ArrayList<>();
        node.path("steps")
                .forEach(step -> steps.add(new Account.Step(
                        step.path("code").asText(), step.path("text").asText())));
        return new Account(
                node.path("current").asInt(),
                node.path("replicas").asInt(),
                node.path("wanted").asInt(),
                node.path("running").asInt(),
                new ReplicaRange(node.path("min").asInt(), node.path("max").asInt()),
                Account.Verdict.valueOf(node.path("verdict").asText().toUpperCase(Locale.ROOT)),
                time(node.path("since")),
                node.path("outcome").asText(),
                steps);
    }

    private static Instant time(JsonNode millis) {
        return Instant.ofEpochMilli(millis.asLong());
    }
}
