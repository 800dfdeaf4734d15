package dev.prodstack.backup.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.blob.DamagedException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The list of a directory.
 *
 * @param nodes in the order of their names
 */
public record Tree(List<Node> nodes) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Sorts the nodes. */
    public Tree {
        nodes = nodes.stream().sorted(Comparator.comparing(Node::name)).toList();
    }

    /** The node of a name. */
    public Optional<Node> find(NodeName name) {
        return nodes.stream().filter(node -> node.name().equals(name)).findAny();
    }

    /** As it is stored. */
    public byte[] encode() {
        GoJson json = new GoJson().raw("{\"nodes\":[");
        for (int i = 0; i < nodes.size(); i++) {
            encode(i == 0 ? json : json.raw(","), nodes.get(i));
        }
        return json.raw("]}\n").bytes();
    }

    private static void encode(GoJson json, Node node) {
        json.raw("{\"name\":").text(GoQuote.quote(node.name().bytes()));
        json.raw(",\"type\":").text(node.kind().word());
        number(json, "mode", Integer.toUnsignedLong(node.mode()));
        json.raw(",\"mtime\":").time(node.modified());
        json.raw(",\"atime\":").time(node.accessed());
        json.raw(",\"ctime\":").time(node.changed());
        json.raw(",\"uid\":" + Integer.toUnsignedString(node.uid()));
        json.raw(",\"gid\":" + Integer.toUnsignedString(node.gid()));
        text(json, "user", node.user());
        text(json, "group", node.group());
        number(json, "inode", node.inode());
        number(json, "device_id", node.deviceId());
        number(json, "size", node.size());
        number(json, "links", node.links());
        node.target().ifPresent(target -> target(json, target));
        if (!node.attributes().isEmpty()) {
            attributes(json, node.attributes());
        }
        if (!node.generic().isEmpty()) {
            json.raw(",\"generic_attributes\":" + node.generic());
        }
        number(json, "device", node.device());
        json.raw(",\"content\":" + node.content().map(Tree::ids).orElse("null"));
        node.subtree().ifPresent(tree -> json.raw(",\"subtree\":\"" + tree + "\""));
        text(json, "error", node.error());
        json.raw("}");
    }

    private static void target(GoJson json, NodeName target) {
        text(json, "linktarget", target.toString());
        if (!Utf8.valid(target.bytes())) {
            text(json, "linktarget_raw", Base64.getEncoder().encodeToString(target.bytes()));
        }
    }

    private static void attributes(GoJson json, List<ExtendedAttribute> attributes) {
        String separator = ",\"extended_attributes\":[";
        for (ExtendedAttribute attribute : attributes) {
            json.raw(separator + "{\"name\":").text(attribute.name()).raw(",\"value\":");
            json.text(Base64.getEncoder().encodeToString(attribute.value())).raw("}");
            separator = ",";
        }
        json.raw("]");
    }

    private static String ids(List<ContentId> ids) {
        return ids.isEmpty()
                ? "[]"
                : ids.stream().map(ContentId::toString).collect(Collectors.joining("\",\"", "[\"", "\"]"));
    }

    private static void number(GoJson json, String field, long value) {
        if (value != 0) {
            json.raw(",\"" + field + "\":" + Long.toUnsignedString(value));
        }
    }

    private static void text(GoJson json, String field, String value) {
        if (!value.isEmpty()) {
            json.raw(",\"" + field + "\":").text(value);
        }
    }

    /** Reads what anybody stored. */
    public static Tree decode(byte[] content) throws DamagedException {
        try {
            JsonNode nodes = JSON.readTree(content).path("nodes");
            List<Node> read = new ArrayList<>();
            for (JsonNode node : nodes) {
                read.add(decode(node));
            }
            return new Tree(read);
        } catch (DamagedException e) {
            throw e;
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw new DamagedException("is no tree: " + e.getMessage(), e);
        }
    }

    private static Node decode(JsonNode json) throws IOException {
        String word = json.path("type").asText();
        NodeKind kind = NodeKind.of(word)
                .orElseThrow(() -> new DamagedException("has a node of unknown type \"" + word + "\""));
        Optional<NodeName> target = json.hasNonNull("linktarget_raw")
                ? Optional.of(NodeName.of(bytes(json.get("linktarget_raw"))))
                : Optional.ofNullable(json.get("linktarget")).map(text -> NodeName.of(text.asText()));
        List<ExtendedAttribute> attributes = new ArrayList<>();
        for (JsonNode attribute : json.path("extended_attributes")) {
            byte[] value = attribute.hasNonNull("value") ? bytes(attribute.get("value")) : new byte[0];
            attributes.add(new ExtendedAttribute(attribute.path("name").asText(), value));
        }
        Optional<List<ContentId>> content = Optional.empty();
        if (json.path("content").isArray()) {
            List<ContentId> ids = new ArrayList<>();
            json.get("content").forEach(id -> ids.add(ContentId.parse(id.asText())));
            content = Optional.of(ids);
        }
        return new Node(
                NodeName.of(GoQuote.unquote(json.path("name").asText())),
                kind,
                (int) json.path("mode").asLong(),
                time(json, "mtime"),
                time(json, "atime"),
                time(json, "ctime"),
                (int) json.path("uid").asLong(),
                (int) json.path("gid").asLong(),
                json.path("user").asText(""),
                json.path("group").asText(""),
                unsigned(json.path("inode")),
                unsigned(json.path("device_id")),
                json.path("size").asLong(),
                json.path("links").asLong(),
                target,
                attributes,
                unsigned(json.path("device")),
                content,
                Optional.ofNullable(json.get("subtree")).map(id -> ContentId.parse(id.asText())),
                json.path("generic_attributes").isObject()
                        ? json.path("generic_attributes").toString()
                        : "",
                json.path("error").asText(""));
    }

    private static byte[] bytes(JsonNode base64) throws IOException {
        if (!base64.isTextual()) {
            throw new DamagedException("has " + base64.getNodeType() + " where base64 should be");
        }
        return base64.binaryValue();
    }

    private static long unsigned(JsonNode number) {
        return number.isBigInteger() ? number.bigIntegerValue().longValue() : number.asLong();
    }

    private static OffsetDateTime time(JsonNode json, String field) {
        return OffsetDateTime.parse(json.path(field).asText("0001-01-01T00:00:00Z"));
    }
}
