package dev.prodstack.autoscale.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.autoscale.decision.Decision;
import dev.prodstack.autoscale.decision.Decision.Hold;
import dev.prodstack.autoscale.decision.Decision.Keep;
import dev.prodstack.autoscale.decision.Decision.Scale;
import dev.prodstack.autoscale.decision.Finding.Asked;
import dev.prodstack.autoscale.decision.Finding.NoData;
import dev.prodstack.autoscale.decision.Reason;

/** Decisions as JSON. */
public final class DecisionJson {
    private DecisionJson() {}

    /** The decision with its reasons as codes and in words, and the history to keep. */
    public static ObjectNode write(Decision decision) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("action", action(decision))
                .put("current", decision.current())
                .put("replicas", decision.replicas());
        if (decision instanceof Scale scale) {
            node.put("wanted", scale.wanted());
        } else if (decision instanceof Keep keep) {
            node.put("wanted", keep.wanted());
        }
        ArrayNode reasons = node.putArray("reasons");
        decision.reasons().forEach(reason -> reasons.add(reason(reason)));
        node.set("history", HistoryJson.write(decision.history()));
        return node;
    }

    private static String action(Decision decision) {
        if (decision instanceof Scale) {
            return "scale";
        }
        if (decision instanceof Keep) {
            return "keep";
        }
        return decision instanceof Hold ? "hold" : "inactive";
    }

    private static ObjectNode reason(Reason reason) {
        ObjectNode node =
                JsonNodeFactory.instance.objectNode().put("code", reason.code()).put("text", reason.text());
        if (reason instanceof Asked asked) {
            node.put("metric", asked.metric().name()).put("replicas", asked.replicas());
        } else if (reason instanceof NoData none) {
            node.put("metric", none.metric());
        }
        return node;
    }
}
