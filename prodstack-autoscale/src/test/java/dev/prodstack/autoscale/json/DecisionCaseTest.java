package dev.prodstack.autoscale.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.autoscale.decision.History;
import dev.prodstack.autoscale.decision.History.Move;
import dev.prodstack.autoscale.decision.History.Recommendation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionCaseTest {
    private static final String CASE = """
            {"now": "2026-11-23T10:00:00Z", "policy": {"min": 1, "max": 20, "metrics": [{"cpu": "50%"}]},
             "current": 3, "replicas": [@replicas], "measurements": {"cpu": @cpu}, "history": @history}""";
    private static final String READY =
            "{\"count\":3,\"started\":-3600,\"ready\":true,\"since\":-3600,\"containers\":[{\"reservation\":{\"cpus\":1}}]}";

    private static String json(String replicas, String cpu, String history) {
        return CASE.replace("@replicas", replicas.isEmpty() ? READY : replicas)
                .replace("@cpu", cpu)
                .replace("@history", history);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"samples":[0.5,0.5,0.5]}                                      | keep  | 3
            {"samples":[1,1,1]}                                            | scale | 6
            {"samples":[1,1,[0.5,0.5]]}                                    | scale | 6
            {"samples":[{"value":1,"at":-59},1,1]}                         | scale | 6
            {"samples":[{"value":1,"at":"2026-11-23T09:00:00Z"},null,"NaN"]} | hold  | 3
            {"samples":[1,1,null]}                                         | scale | 4
            {"samples":[0.1,0.1,null]}                                     | keep  | 3
            {"failed":"no answer"}                                         | hold  | 3
            """)
    void samplesAreReadAsWritten(String cpu, String action, int replicas) {
        var decision = DecisionJson.write(
                DecisionCase.parse(json("", cpu, "\"unknown\"")).decide());
        assertThat(decision.path("action").asText()).isEqualTo(action);
        assertThat(decision.path("replicas").asInt()).isEqualTo(replicas);
        assertThat(decision.path("reasons")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"samples":[1,1]}            | {}               | measurements.cpu.samples: expected one item for each of the 3 replicas
            {"samples":[1,1,"many"]}     | {}               | measurements.cpu.samples[2]: expected a number
            {"total":[1],"failed":"x"}   | {}               | measurements.cpu: expected one of failed, total and samples
            {"total":[1]}                | {}               | measurements: the metric cpu is measured for each replica
            {"samples":[1,1,1],"x":1}    | {}               | measurements.cpu: there is no "x" here
            {"samples":[1,1,1]}          | {"moves":[{}]}   | history.moves[0]: at is missing
            {"samples":[1,1,1]}          | {"blindLooks":-1} | history.blindLooks: expected a whole number of at least 0
            {"samples":[1,1,1]}          | "lost"           | history: expected an object
            """)
    void whatIsWrongIsNamedWithItsPlace(String cpu, String history, String message) {
        assertThatThrownBy(() -> DecisionCase.parse(json("", cpu, history)).decide())
                .isInstanceOf(CaseException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void everyProblemOfAPolicyIsNamed() {
        assertThatThrownBy(() -> DecisionCase.parse(
                        json("", "{\"samples\":[1,1,1]}", "{}").replace("\"max\": 20", "\"max\": 0, \"step\": 2")))
                .hasMessageContaining("policy.max")
                .hasMessageContaining("policy.step");
    }

    @Test
    void twiceTheSameKeyIsNoCase() {
        assertThatThrownBy(() -> DecisionCase.parse("{\"now\": 1, \"now\": 2}")).hasMessageContaining("Duplicate");
    }

    @Test
    void aHistoryIsReadAsItWasWritten() {
        Instant time = Instant.parse("2026-11-23T10:00:00.123456789Z");
        History full = History.empty()
                .withRecommendations(List.of(new Recommendation(time, 7)))
                .withMoves(List.of(new Move(time, -3)))
                .withBlindLooks(2)
                .withLooks(Optional.of(time.minusSeconds(5)), Optional.of(time));
        for (History history : List.of(History.unknown(), History.empty(), full)) {
            assertThat(HistoryJson.read(HistoryJson.write(history))).isEqualTo(history);
        }
    }
}
