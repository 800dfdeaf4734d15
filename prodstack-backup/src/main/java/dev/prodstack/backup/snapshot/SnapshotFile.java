package dev.prodstack.backup.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.blob.DamagedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The JSON of a snapshot. */
public final class SnapshotFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SnapshotFile() {}

    /** As it is stored, before it is sealed. */
    public static byte[] encode(Snapshot snapshot) {
        ObjectNode json = JSON.createObjectNode();
        json.put("time", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(snapshot.time()));
        snapshot.parent().ifPresent(id -> json.put("parent", id.toString()));
        json.put("tree", snapshot.tree().toString());
        snapshot.paths().forEach(json.putArray("paths")::add);
        json.put("hostname", snapshot.hostname());
        json.put("username", snapshot.username());
        json.put("uid", Integer.toUnsignedLong(snapshot.uid()));
        json.put("gid", Integer.toUnsignedLong(snapshot.gid()));
        if (!snapshot.excludes().isEmpty()) {
            snapshot.excludes().forEach(json.putArray("excludes")::add);
        }
        if (!snapshot.tags().isEmpty()) {
            snapshot.tags().forEach(json.putArray("tags")::add);
        }
        snapshot.original().ifPresent(id -> json.put("original", id.toString()));
        if (!snapshot.programVersion().isEmpty()) {
            json.put("program_version", snapshot.programVersion());
        }
        snapshot.summary().ifPresent(summary -> SummaryJson.write(summary, json.putObject("summary")));
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Reads what anybody stored. */
    public static Snapshot decode(byte[] content) throws DamagedException {
        try {
            JsonNode json = JSON.readTree(content);
            return new Snapshot(
                    OffsetDateTime.parse(json.path("time").asText()),
                    id(json, "parent"),
                    ContentId.parse(json.path("tree").asText()),
                    texts(json.path("paths")),
                    json.path("hostname").asText(""),
                    json.path("username").asText(""),
                    (int) json.path("uid").asLong(),
                    (int) json.path("gid").asLong(),
                    texts(json.path("excludes")),
                    texts(json.path("tags")),
                    id(json, "original"),
                    json.path("program_version").asText(""),
                    SummaryJson.read(json.path("summary")));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw new DamagedException("is no snapshot: " + e.getMessage(), e);
        }
    }

    private static Optional<ContentId> id(JsonNode json, String field) {
        return json.hasNonNull(field)
                ? Optional.of(ContentId.parse(json.get(field).asText()))
                : Optional.empty();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
