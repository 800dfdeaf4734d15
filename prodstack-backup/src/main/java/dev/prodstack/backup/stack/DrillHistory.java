package dev.prodstack.backup.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.cluster.ClusterStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The reports of a stack's last drills, kept in the cluster: one JSON object a line, the oldest first. */
public final class DrillHistory {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST = 24;
    private static final int MOST_BYTES = ClusterStore.MAX_VALUE_SIZE * 3 / 4;
    private static final int LONGEST = 1000;

    private DrillHistory() {}

    private static String name(String stack) {
        return ClusterStore.nameFor("drills.", stack);
    }

    /**
     * The reports, the oldest first.
     *
     * @throws dev.prodstack.core.cluster.ClusterException if the cluster cannot be asked
     */
    public static List<DrillReport> read(ClusterStore store, String stack) {
        return lines(store.read(name(stack)).map(ClusterStore.Entry::value)).stream()
                .flatMap(line -> decode(line).stream())
                .toList();
    }

    static void add(ClusterStore store, DrillReport report) {
        store.update(name(report.stack()), before -> {
            List<String> lines = new ArrayList<>(lines(before));
            lines.add(encode(report));
            int from = Math.max(0, lines.size() - MOST);
            while (bytes(lines.subList(from, lines.size())).length > MOST_BYTES) {
                from++;
            }
            return bytes(lines.subList(from, lines.size()));
        });
    }

    private static byte[] bytes(List<String> lines) {
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> lines(Optional<byte[]> value) {
        return value.map(bytes -> new String(bytes, StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.isBlank())
                        .toList())
                .orElse(List.of());
    }

    /** A report as JSON, on one line. */
    public static String encode(DrillReport report) {
        ObjectNode json = JSON.createObjectNode();
        json.put("stack", report.stack());
        json.put("backup", report.backup());
        json.put("backup_begun", report.of().toString());
        json.put("begun", report.begun().toString());
        json.put("good", report.good());
        json.put("problem", cut(report.problem()));
        json.put("rto_millis", report.recoveryTime().toMillis());
        json.put("rpo_millis", report.recoveryPoint().toMillis());
        json.put("took_millis", report.took().toMillis());
        json.put("deploy_millis", report.deploy().toMillis());
        json.put("restore_millis", report.restore().toMillis());
        json.put("bytes", report.bytes());
        ArrayNode checks = json.putArray("checks");
        report.checks()
                .forEach(check -> checks.addObject()
                        .put("name", check.name())
                        .put("problem", cut(check.problem()))
                        .put("text", cut(check.text()))
                        .put("millis", check.took().toMillis()));
        return json.toString();
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + " ..." : text;
    }

    /** One of another version may have other fields: what cannot be read does not count. */
    private static Optional<DrillReport> decode(String line) {
        try {
            JsonNode json = JSON.readTree(line);
            List<DrillReport.Check> checks = new ArrayList<>();
            json.path("checks")
                    .forEach(check -> checks.add(new DrillReport.Check(
                            check.path("name").asText(),
                            check.path("problem").asText(),
                            check.path("text").asText(),
                            Duration.ofMillis(check.path("millis").asLong()))));
            return Optional.of(new DrillReport(
                    json.path("stack").asText(),
                    json.path("backup").asText(),
                    Instant.parse(json.path("backup_begun").asText()),
                    Instant.parse(json.path("begun").asText()),
                    Duration.ofMillis(json.path("took_millis").asLong()),
                    Duration.ofMillis(json.path("deploy_millis").asLong()),
                    Duration.ofMillis(json.path("restore_millis").asLong()),
                    json.path("bytes").asLong(),
                    checks,
                    json.path("problem").asText()));
        } catch (JsonProcessingException | DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
