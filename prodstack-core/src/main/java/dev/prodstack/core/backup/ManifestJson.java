package dev.prodstack.core.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Records of backups as JSON. The form has a number; what is added later without changing what is there keeps it, so
 * that fields that are not known are passed over.
 */
public final class ManifestJson {
    /** The number of the form that is written, and the highest that is read. */
    public static final int FORMAT = 1;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ManifestJson() {}

    /** A record as JSON, on one line. */
    public static String encode(BackupRecord backup) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("format", FORMAT);
        json.put("complete", backup instanceof BackupManifest);
        json.put("stack", backup.stack());
        json.put("id", backup.id());
        json.put("purpose", backup.purpose().name().toLowerCase(Locale.ROOT));
        json.put("begun", backup.begun().toString());
        json.put("ended", backup.ended().toString());
        if (backup instanceof BackupManifest manifest) {
            manifest.release().ifPresent(number -> json.put("release", number));
        }
        ArrayNode parts = json.putArray("parts");
        backup.parts().forEach(part -> encode(part, parts.addObject()));
        if (backup instanceof IncompleteBackup incomplete) {
            ArrayNode failures = json.putArray("failures");
            incomplete
                    .failures()
                    .forEach(failed -> failures.addObject()
                            .put("service", failed.service())
                            .put("source", failed.source())
                            .put("reason", failed.reason()));
        }
        return json.toString();
    }

    private static void encode(BackupPart part, ObjectNode json) {
        json.put("service", part.service());
        json.put("source", part.source());
        json.put("kind", part.kind());
        json.put("node", part.node());
        ArrayNode snapshots = json.putArray("snapshots");
        part.snapshots().forEach(snapshots::add);
        json.put("bytes_read", part.bytesRead());
        json.put("bytes_stored", part.bytesStored());
        json.put("begun", part.begun().toString());
        json.put("ended", part.ended().toString());
        ObjectNode facts = json.putObject("facts");
        part.facts().forEach(facts::put);
        json.put("digest", part.digest());
    }

    /**
     * Reads a record.
     *
     * @throws IllegalArgumentException if it is none, or of a newer form; the message says what is wrong
     */
    public static BackupRecord decode(String text) {
        try {
            return decode(MAPPER.readTree(text));
        } catch (JsonProcessingException | DateTimeException e) {
            throw new IllegalArgumentException("a manifest that cannot be read: " + e.getMessage(), e);
        }
    }

    private static BackupRecord decode(JsonNode json) {
        int format = json.path("format").asInt();
        if (format < 1 || format > FORMAT) {
            throw new IllegalArgumentException("a manifest of the form " + format + ", while this program knows "
                    + FORMAT + ": use the prodstack that wrote it, or a newer one");
        }
        List<BackupPart> parts = new ArrayList<>();
        json.path("parts").forEach(part -> parts.add(part(part)));
        String stack = text(json, "stack");
        String id = text(json, "id");
        BackupRecord.Purpose purpose =
                BackupRecord.Purpose.valueOf(text(json, "purpose").toUpperCase(Locale.ROOT));
        Instant begun = Instant.parse(text(json, "begun"));
        Instant ended = Instant.parse(text(json, "ended"));
        if (json.path("complete").asBoolean()) {
            Optional<Integer> release =
                    json.has("release") ? Optional.of(json.path("release").asInt()) : Optional.empty();
            return new BackupManifest(stack, id, purpose, begun, ended, release, parts);
        }
        List<IncompleteBackup.Failed> failures = new ArrayList<>();
        json.path("failures")
                .forEach(failed -> failures.add(new IncompleteBackup.Failed(
                        text(failed, "service"), text(failed, "source"), text(failed, "reason"))));
        return new IncompleteBackup(stack, id, purpose, begun, ended, parts, failures);
    }

    private static BackupPart part(JsonNode json) {
        List<String> snapshots = new ArrayList<>();
        json.path("snapshots").forEach(id -> snapshots.add(id.asText()));
        Map<String, String> facts = new LinkedHashMap<>();
        json.path("facts")
                .properties()
                .forEach(fact -> facts.put(fact.getKey(), fact.getValue().asText()));
        return new BackupPart(
                text(json, "service"),
                text(json, "source"),
                text(json, "kind"),
                text(json, "node"),
                snapshots,
                json.path("bytes_read").asLong(),
                json.path("bytes_stored").asLong(),
                Instant.parse(text(json, "begun")),
                Instant.parse(text(json, "ended")),
                facts,
                text(json, "digest"));
    }

    private static String text(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("a manifest without \"" + field + "\"");
        }
        return value.textValue();
    }
}
