package dev.prodstack.autoscale.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.prodstack.autoscale.decision.History;
import dev.prodstack.autoscale.decision.History.Move;
import dev.prodstack.autoscale.decision.History.Recommendation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Histories as JSON; what is written can be read without a loss. */
public final class HistoryJson {
    private static final String UNKNOWN = "unknown";

    private HistoryJson() {}

    /** The string {@code "unknown"}, or an object with all there is, its times as instants. */
    public static JsonNode write(History history) {
        if (history.equals(History.unknown())) {
            return TextNode.valueOf(UNKNOWN);
        }
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode recommendations = node.putArray("recommendations");
        history.recommendations()
                .forEach(its -> recommendations
                        .addObject()
                        .put("at", its.at().toString())
                        .put("replicas", its.replicas()));
        ArrayNode moves = node.putArray("moves");
        history.moves()
                .forEach(its -> moves.addObject().put("at", its.at().toString()).put("change", its.change()));
        node.put("blindLooks", history.blindLooks());
        history.firstLook().ifPresent(time -> node.put("firstLook", time.toString()));
        history.lastLook().ifPresent(time -> node.put("lastLook", time.toString()));
        return node;
    }

    /**
     * Reads what {@link #write} has written.
     *
     * @throws CaseException if it is none
     */
    public static History read(JsonNode node) {
        return new Field("history", node).made(field -> read(field, Instant.EPOCH));
    }

    static History read(Field field, Instant now) {
        if (field.node().isTextual() && field.text().equals(UNKNOWN)) {
            return History.unknown();
        }
        field.object("recommendations", "moves", "blindLooks", "firstLook", "lastLook");
        return History.empty()
                .withRecommendations(items(field, "recommendations").stream()
                        .map(item -> recommendation(item, now))
                        .toList())
                .withMoves(items(field, "moves").stream()
                        .map(item -> item.made(its -> move(its, now)))
                        .toList())
                .withBlindLooks(
                        field.get("blindLooks").map(count -> count.integer(0)).orElse(0))
                .withLooks(time(field, "firstLook", now), time(field, "lastLook", now));
    }

    private static List<Field> items(Field field, String key) {
        return field.get(key).map(Field::items).orElse(List.of());
    }

    private static Recommendation recommendation(Field field, Instant now) {
        field.object("at", "replicas");
        return new Recommendation(
                field.required("at").time(now), field.required("replicas").integer(0));
    }

    private static Move move(Field field, Instant now) {
        field.object("at", "change");
        return new Move(field.required("at").time(now), field.required("change").integer(Integer.MIN_VALUE));
    }

    private static Optional<Instant> time(Field field, String key, Instant now) {
        return field.get(key).map(its -> its.time(now));
    }
}
