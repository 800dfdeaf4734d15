package dev.prodstack.autoscale.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.prodstack.core.compose.PolicyText;
import dev.prodstack.core.print.JsonText;
import dev.prodstack.core.scaling.ScalingPolicy;
import dev.prodstack.core.yaml.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules are those of the two schemas: what is required, and the ranges. */
class ExportTest {
    private static ScalingPolicy policy(String rest) {
        return PolicyText.read(new SourceText("policy", "min: 2\nmax: 9\n" + rest.replace(';', '\n')));
    }

    private static JsonSchema schema(String name) throws IOException {
        String text = Files.readString(Path.of("src", "test", "resources", "export", name + ".schema.json"));
        return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(text);
    }

    private static JsonNode json(Exported exported) throws Exception {
        return new ObjectMapper().readTree(JsonText.compact(exported.object()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metrics: [{cpu: 70%}]",
                "metrics: [{cpu: {target: 0.5, of: absolute}}, {memory: {target: 80%, of: limit}}]",
                "metrics: [{queue: {queues: [a, b], target: 30, count: ready}}];when_metrics_fail: {replicas: 5}",
                "metrics: [{prometheus: {query: up, target: 3, reading: average}}];tolerance: 0.05",
                "metrics: [{cpu: 70%}];cooldown: {up: 2h, down: 2h}",
                "metrics: [{prometheus: {query: up, target: 0.25}}];tolerance: {up: 0, down: 0.5}",
                "metrics: [{name: each, prometheus: {query: up, target: 3, reading: per-task}}]",
                "metrics: [{queue: {queues: jobs, target: 5, count: published-per-second, virtual_host: mail}}]",
                "metrics: [{memory: {target: 400M, of: absolute}}]",
                "metrics: [{cpu: 70%}];behavior: {scale_down: {select: disabled}}",
                "metrics: [{cpu: 70%}];schedules: [{start: '0 8 * * *', end: '0 18 * * *', min: 4, max: 8}]",
            })
    void objectsKeepTheRules(String rest) throws Exception {
        JsonNode hpa = json(HpaExport.of("my_web", policy(rest)));
        assertThat(schema("hpa").validate(hpa)).isEmpty();
        assertThat(hpa.at("/metadata/name").asText()).isEqualTo("my-web");
        assertThat(hpa.at("/spec/scaleTargetRef/kind").asText()).isEqualTo("Deployment");
        assertThat(hpa.at("/spec/maxReplicas").asInt())
                .isGreaterThanOrEqualTo(hpa.at("/spec/minReplicas").asInt());
        assertThat(hpa.at("/spec/metrics")).isNotEmpty().allSatisfy(ExportTest::checkMetric);
        checkBehavior(hpa.at("/spec/behavior"));

        JsonNode keda = json(KedaExport.of("my_web", policy(rest)));
        assertThat(schema("keda").validate(keda)).isEmpty();
        assertThat(keda.at("/spec/minReplicaCount").asInt())
                .isLessThanOrEqualTo(keda.at("/spec/maxReplicaCount").asInt());
        assertThat(keda.at("/spec/scaleTargetRef/name").asText()).isEqualTo("my-web");
        assertThat(keda.at("/spec/triggers")).isNotEmpty().allSatisfy(trigger -> {
            assertThat(trigger.path("type").asText()).isIn("cpu", "memory", "rabbitmq", "prometheus", "cron");
            assertThat(trigger.path("metadata")).isNotEmpty().allMatch(JsonNode::isTextual);
        });
        checkBehavior(keda.at("/spec/advanced/horizontalPodAutoscalerConfig/behavior"));
    }

    private static void checkMetric(JsonNode metric) {
        String type = metric.path("type").asText();
        assertThat(type).isIn("Resource", "Pods", "External");
        JsonNode target = metric.path(type.toLowerCase(Locale.ROOT)).path("target");
        String key = switch (target.path("type").asText()) {
            case "Utilization" -> "averageUtilization";
            case "AverageValue" -> "averageValue";
            default -> "value";
        };
        assertThat(target.has(key)).isTrue();
        assertThat(target.path("averageUtilization").isMissingNode()
                        || target.path("averageUtilization").isInt())
                .isTrue();
    }

    private static void checkBehavior(JsonNode behavior) {
        for (String direction : List.of("scaleUp", "scaleDown")) {
            JsonNode rules = behavior.path(direction);
            assertThat(rules.path("stabilizationWindowSeconds").asInt(-1)).isBetween(0, 3600);
            assertThat(Set.of("Max", "Min", "Disabled"))
                    .contains(rules.path("selectPolicy").asText());
            assertThat(rules.path("policies")).isNotEmpty().allSatisfy(rate -> {
                assertThat(rate.path("type").asText()).isIn("Pods", "Percent");
                assertThat(rate.path("value").asInt()).isPositive();
                assertThat(rate.path("periodSeconds").asInt()).isBetween(1, 1800);
            });
        }
    }

    @Test
    void whatDoesNotCarryOverIsSaid() {
        String rest = "metrics: [{queue: {queues: [a, b], target: 30}}];when_metrics_fail: {replicas: 5};"
                + "mode: paused;schedules: [{start: '0 8 * * *', end: '0 18 * * *', min: 4, max: 8}]";
        assertThat(String.join("\n", HpaExport.of("web", policy(rest)).warnings()))
                .contains("external metric", "cooldown down", "schedules", "when_metrics_fail", "mode paused");
        assertThat(String.join("\n", KedaExport.of("web", policy(rest)).warnings()))
                .contains("the largest of one trigger each", "cooldown down", "max of the schedule", "mode paused");
    }

    @Test
    void thresholdsAreRefused() {
        assertThatThrownBy(() -> HpaExport.of("web", policy("thresholds: [{cpu: {above: 70%, below: 30%}}]")))
                .hasMessageContaining("write it with metrics and targets");
    }
}
