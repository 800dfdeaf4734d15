package dev.prodstack.autoscale.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The table of cases, {@code decide/cases.jsonl}: each rule at its border, with the decision it is to lead to. It is in
 * the format that {@code prodstack autoscale decide} reads, and the schema in {@code docs/} describes that format.
 */
class DecideFormatTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path CASES = Path.of("src", "test", "resources", "decide", "cases.jsonl");
    private static final Path DOCS = Path.of("..", "docs");
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(text(DOCS.resolve("autoscale-decide.schema.json")));

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<JsonNode> table() {
        return text(CASES).lines().map(DecideFormatTest::json).toList();
    }

    private static JsonNode decide(JsonNode given) {
        return DecisionJson.write(DecisionCase.parse(given.toString()).decide());
    }

    private static List<String> codes(JsonNode decision) {
        List<String> codes = new ArrayList<>();
        decision.path("reasons").forEach(reason -> codes.add(reason.path("code").asText()));
        return codes;
    }

    @TestFactory
    Stream<DynamicTest> eachCaseIsDecidedAsTheTableSays() {
        return table().stream()
                .map(row -> DynamicTest.dynamicTest(row.at("/case/id").asText(), () -> isDecided(row)));
    }

    private static void isDecided(JsonNode row) {
        assertThat(SCHEMA.validate(row.path("case"))).isEmpty();
        JsonNode decision = decide(row.path("case"));
        JsonNode expected = row.path("expect");
        assertThat(decision.path("action")).as(decision.toString()).isEqualTo(expected.path("action"));
        assertThat(decision.path("replicas")).as(decision.toString()).isEqualTo(expected.path("replicas"));
        if (expected.has("wanted")) {
            assertThat(decision.path("wanted")).as(decision.toString()).isEqualTo(expected.path("wanted"));
        }
        expected.path("codes").forEach(code -> assertThat(codes(decision)).contains(code.asText()));
    }

    @Test
    void theTableHasMoreThanOneHundredAndTwentyCasesAndEveryReason() {
        Set<String> names = new TreeSet<>();
        Set<String> reasons = new TreeSet<>();
        for (JsonNode row : table()) {
            names.add(row.at("/case/id").asText());
            reasons.addAll(codes(decide(row.path("case"))));
        }
        assertThat(names).hasSizeGreaterThanOrEqualTo(120).hasSameSizeAs(table());
        assertThat(reasons)
                .containsOnly(
                        "AboveThreshold",
                        "BelowThreshold",
                        "BetweenThresholds",
                        "ClockWentBack",
                        "Cooldown",
                        "DesiredWithinRange",
                        "DirectionUncertain",
                        "DryRun",
                        "FailedGetExternalMetric",
                        "FailedGetPodsMetric",
                        "FailedGetResourceMetric",
                        "Fallback",
                        "MetricAsked",
                        "MetricsMissing",
                        "Paused",
                        "ScaleDownLimit",
                        "ScaleDownStabilized",
                        "ScaleUpLimit",
                        "ScaleUpStabilized",
                        "ScalingDisabled",
                        "StepShortened",
                        "TooFewReplicas",
                        "TooManyReplicas",
                        "UpdateInProgress",
                        "WithinTolerance");
    }

    @Test
    void theExamplesOfTheGuideAreOfTheFormat() {
        Matcher block = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL)
                .matcher(text(DOCS.resolve("AUTOSCALING_STRATEGY.md")));
        int found = 0;
        while (block.find()) {
            JsonNode example = json(block.group(1));
            assertThat(SCHEMA.validate(example)).isEmpty();
            assertThat(decide(example).path("reasons")).isNotEmpty();
            found++;
        }
        assertThat(found).isPositive();
    }

    /** What the schema forbids the reader refuses as well: neither is wider than the other where it matters. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"current\": 1, \"policy\": {\"min\": 1, \"max\": 2, \"metrics\": [{\"cpu\": \"50%\"}]}}",
                "{\"now\": \"soon\", \"current\": 1, \"policy\": {\"min\": 1, \"max\": 2, \"metrics\": [{\"cpu\": \"50%\"}]}}",
                "{\"now\": \"2026-11-23T10:00:00Z\", \"current\": -1, \"policy\": {\"min\": 1, \"max\": 2, \"metrics\": [{\"cpu\": 50}]}}",
                "{\"now\": \"2026-11-23T10:00:00Z\", \"current\": 1, \"policy\": {\"min\": 1, \"max\": 2}}",
                "{\"now\": \"2026-11-23T10:00:00Z\", \"current\": 1, \"policy\": {\"min\": 1, \"max\": 2, \"metrics\": []}}",
                "{\"now\": \"2026-11-23T10:00:00Z\", \"current\": 1, \"policy\": {\"min\": 1, \"max\": 2, \"metrics\": [{\"cpu\": 50}], \"step\": 1}}",
                "{\"now\": \"2026-11-23T10:00:00Z\", \"current\": 1, \"policy\": {\"min\": 1, \"max\": 2, \"metrics\": [{\"cpu\": 50}]}, \"replicas\": [{\"ready\": true}]}",
                "{\"now\": \"2026-11-23T10:00:00Z\", \"current\": 1, \"policy\": {\"min\": 1, \"max\": 2, \"metrics\": [{\"cpu\": 50}]}, \"replicas\": [{\"state\": \"well\"}]}",
                "{\"now\": \"2026-11-23T10:00:00Z\", \"current\": 1, \"policy\": {\"min\": 1, \"max\": 2, \"metrics\": [{\"cpu\": 50}]}, \"measurements\": {\"cpu\": {}}}",
                "{\"now\": \"2026-11-23T10:00:00Z\", \"current\": 1, \"policy\": {\"min\": 1, \"max\": 2, \"metrics\": [{\"cpu\": 50}]}, \"history\": \"lost\"}",
                "{\"now\": \"2026-11-23T10:00:00Z\", \"current\": 1, \"policy\": {\"min\": 1, \"max\": 2, \"metrics\": [{\"cpu\": 50}]}, \"history\": {\"moves\": [{}]}}"
            })
    void whatIsNotOfTheFormatIsRefused(String text) {
        assertThat(SCHEMA.validate(json(text))).isNotEmpty();
        assertThatThrownBy(() -> DecisionCase.parse(text)).isInstanceOf(CaseException.class);
    }
}
