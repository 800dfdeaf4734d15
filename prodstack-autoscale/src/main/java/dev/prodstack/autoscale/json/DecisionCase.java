package dev.prodstack.autoscale.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.prodstack.autoscale.decision.Decider;
import dev.prodstack.autoscale.decision.Decision;
import dev.prodstack.autoscale.decision.History;
import dev.prodstack.autoscale.decision.Situation;
import dev.prodstack.core.compose.ComposeException;
import dev.prodstack.core.compose.PolicyText;
import dev.prodstack.core.problem.Problem;
import dev.prodstack.core.scaling.ScalingPolicy;
import dev.prodstack.core.yaml.SourceText;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All that a decision depends on.
 *
 * @param id what to call it; returned with the decision
 * @param policy what is wanted of the service
 * @param situation what was observed
 * @param now the time of the look
 */
public record DecisionCase(Optional<String> id, ScalingPolicy policy, Situation situation, Instant now) {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * Reads a case.
     *
     * @param json one JSON object
     * @throws CaseException if it is none; the message names the place
     */
    public static DecisionCase parse(String json) {
        try {
            JsonNode node = JSON.readTree(json);
            return read(new Field("", node));
        } catch (JsonProcessingException e) {
            String column = e.getLocation() == null
                    ? ""
                    : " at column " + e.getLocation().getColumnNr();
            throw new CaseException("no JSON" + column + ": " + e.getOriginalMessage(), e);
        }
    }

    private static DecisionCase read(Field root) {
        root.object("id", "policy", "now", "current", "existing", "replicas", "measurements", "history");
        Instant now = root.required("now").instant();
        ScalingPolicy policy = policy(root.required("policy"));
        int current = root.required("current").integer(0);
        int existing = root.get("existing").map(field -> field.integer(0)).orElse(current);
        History history = root.get("history")
                .map(field -> field.made(given -> HistoryJson.read(given, now)))
                .orElseGet(History::empty);
        Situation situation = SituationReader.read(root, now, current, existing, history);
        return new DecisionCase(root.get("id").map(Field::text), policy, situation, now);
    }

    private static ScalingPolicy policy(Field field) {
        try {
            return PolicyText.read(
                    new SourceText("policy", field.object(keys(field)).node().toString()));
        } catch (ComposeException e) {
            throw new CaseException(
                    e.problems().stream().map(DecisionCase::told).collect(Collectors.joining("; ")), e);
        }
    }

    /** The policy's reader knows which keys there may be. */
    private static String[] keys(Field field) {
        return field.entries().keySet().toArray(new String[0]);
    }

    private static String told(Problem problem) {
        return "policy" + (problem.path().isEmpty() ? "" : "." + problem.path()) + ": " + problem.message()
                + (problem.fix().isEmpty() ? "" : " (" + problem.fix() + ")");
    }

    /**
     * The decision.
     *
     * @throws CaseException if a measurement does not fit the policy's metric of that name
     */
    public Decision decide() {
        try {
            return Decider.decide(policy, situation, now);
        } catch (IllegalArgumentException e) {
            throw new CaseException("measurements: " + e.getMessage(), e);
        }
    }
}
