package dev.prodstack.swarm.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.swarm.status.TaskStatus.Health;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosisTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final JsonNode NODE = json("{\"ID\": \"n\", \"Description\": {\"Hostname\": \"n1\"}}");

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static JsonNode service(String mode, String counts, String update) {
        return json("""
                {'ID': 's', 'UpdatedAt': '2026-11-24T11:00:00Z', 'UpdateStatus': %s, 'ServiceStatus': %s,
                 'Spec': {'Name': 'shop_web', 'Mode': %s,
                          'TaskTemplate': {'ContainerSpec': {'Image': 'shop/web:1'}}}}
                """.formatted(update, counts, mode));
    }

    private static JsonNode task(String id, int slot, String state, String desired, String at, String more) {
        return json("""
                {'ID': '%s', 'ServiceID': 's', 'NodeID': 'n', 'Slot': %d, 'DesiredState': '%s',
                 'Status': {'State': '%s', 'Timestamp': '2026-11-24T%sZ' %s}}
                """.formatted(id, slot, desired, state, at, more.isEmpty() ? "" : ", " + more));
    }

    private static ServiceStatus diagnose(JsonNode service, Map<String, JsonNode> containers, JsonNode... tasks) {
        Facts facts =
                new Facts("shop", NOW, Map.of("shop_web", service), List.of(tasks), Map.of("n", NODE), containers);
        StackStatus status = Diagnosis.of(facts);
        assertThat(status.services()).hasSize(1);
        return status.services().get(0);
    }

    private static JsonNode replicated(int running, int wanted) {
        return service(
                "{'Replicated': {'Replicas': " + wanted + "}}",
                "{'RunningTasks': " + running + ", 'DesiredTasks': " + wanted + "}",
                "null");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'Replicated': {'Replicas': 2}} | {'RunningTasks': 2, 'DesiredTasks': 2} | null                           | RUNNING",
                "{'Replicated': {'Replicas': 2}} | {'RunningTasks': 3, 'DesiredTasks': 2} | {'State': 'completed'}         | RUNNING",
                "{'Replicated': {'Replicas': 2}} | {'RunningTasks': 1, 'DesiredTasks': 2} | {'State': 'completed'}         | SHORT",
                "{'Replicated': {'Replicas': 0}} | {'RunningTasks': 0, 'DesiredTasks': 0} | null                           | STOPPED",
                "{'Replicated': {'Replicas': 2}} | {'RunningTasks': 2, 'DesiredTasks': 2} | {'State': 'updating'}          | UPDATING",
                "{'Replicated': {'Replicas': 2}} | {'RunningTasks': 2, 'DesiredTasks': 2} | {'State': 'paused'}            | PAUSED",
                "{'Replicated': {'Replicas': 2}} | {'RunningTasks': 2, 'DesiredTasks': 2} | {'State': 'rollback_started'}  | ROLLING_BACK",
                "{'Replicated': {'Replicas': 2}} | {'RunningTasks': 2, 'DesiredTasks': 2} | {'State': 'rollback_paused'}   | PAUSED",
                "{'Replicated': {'Replicas': 2}} | {'RunningTasks': 2, 'DesiredTasks': 2} | {'State': 'rollback_completed'}| RUNNING",
                "{'Global': {}}                  | {'RunningTasks': 2, 'DesiredTasks': 3} | null                           | SHORT",
                "{'ReplicatedJob': {'MaxConcurrent': 1, 'TotalCompletions': 3}} | {'RunningTasks': 1, 'DesiredTasks': 1, 'CompletedTasks': 2} | null | WORKING",
                "{'ReplicatedJob': {'MaxConcurrent': 1, 'TotalCompletions': 3}} | {'RunningTasks': 0, 'DesiredTasks': 0, 'CompletedTasks': 3} | null | COMPLETE",
                "{'GlobalJob': {}}               | {'RunningTasks': 0, 'DesiredTasks': 0, 'CompletedTasks': 2} | null      | COMPLETE",
            })
    void oneWordSaysHowAServiceIs(String mode, String counts, String update, Standing standing) {
        assertThat(diagnose(service(mode, counts, update), Map.of()).standing()).isEqualTo(standing);
    }

    @Test
    void whatABackupOrRestoreStoppedIsNotAsWanted() {
        JsonNode stopped = service(
                "{'Replicated': {'Replicas': 0}}", "{'RunningTasks': 0, 'DesiredTasks': 0}", "{'State': 'completed'}");
        ((ObjectNode) stopped.path("Spec")).putObject("Labels").put("dev.prodstack.stopped.replicas", "2");

        ServiceStatus status = diagnose(stopped, Map.of());

        assertThat(status.standing()).isEqualTo(Standing.SUSPENDED);
        assertThat(status.troubles())
                .singleElement()
                .extracting(Trouble::reason)
                .asString()
                .contains("a restore has stopped it", "--resume");
    }

    @Test
    void onlyAnUpdateThatIsOverAndEnoughTasksAreAsWanted() {
        assertThat(List.of(Standing.values()).stream().filter(Standing::asWanted))
                .containsExactly(Standing.RUNNING, Standing.STOPPED, Standing.COMPLETE, Standing.WORKING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "failed   | shutdown | 'Err': 'task: non-zero exit (3)'                                     | exit code 3",
                "failed   | shutdown | 'Err': 'task: non-zero exit (137): dockerexec: unhealthy container'  | its health check failed, so it was ended",
                "rejected | shutdown | 'Err': 'No such image: shop/web:1'                                   | No such image: shop/web:1",
                "failed   | shutdown | 'Err': 'starting container failed:\\n  no such file'                 | starting container failed: no such file",
                "failed   | shutdown | 'Message': 'started'                                                 | failed",
                "pending  | running  | 'Err': 'no suitable node (insufficient resources on 2 nodes)'        | no suitable node (insufficient resources on 2 nodes)",
                "preparing| running  | 'Message': 'preparing'                                               | its image is still being pulled, or its volumes made",
                "starting | running  | 'Message': 'starting'                                                | no health check went well yet",
            })
    void whyATaskDoesNotRunIsSaid(String state, String desired, String status, String reason) {
        assertThat(diagnose(replicated(0, 1), Map.of(), task("t", 1, state, desired, "11:59:00", status))
                        .troubles())
                .extracting(Trouble::task, Trouble::tasks, Trouble::state, Trouble::reason)
                .containsExactly(tuple("web.1@n1", 1, state, reason));
    }

    @Test
    void tasksOnTheirWayAreGivenSomeTime() {
        assertThat(diagnose(
                                replicated(0, 1),
                                Map.of(),
                                task("t", 1, "starting", "running", "11:59:45", "'Message': 'starting'"))
                        .troubles())
                .isEmpty();
    }

    @Test
    void theSameReasonIsToldOnceWithTheLatestTask() {
        ServiceStatus service = diagnose(
                replicated(0, 2),
                Map.of(),
                task("a", 1, "failed", "shutdown", "11:50:00", "'Err': 'task: non-zero exit (1)'"),
                task("b", 2, "failed", "shutdown", "11:58:00", "'Err': 'task: non-zero exit (1)'"),
                task("c", 2, "rejected", "shutdown", "11:59:00", "'Err': 'No such image'"));
        assertThat(service.troubles())
                .extracting(Trouble::task, Trouble::tasks, Trouble::reason)
                .containsExactly(tuple("web.2@n1", 1, "No such image"), tuple("web.2@n1", 2, "exit code 1"));
    }

    @ParameterizedTest
    @CsvSource({"1, 11:50:00, 1", "1, 11:40:00, 0", "0, 11:40:00, 1", "0, 05:00:00, 0"})
    void oldFailuresAreToldWhileTheServiceIsNotWell(int running, String at, int troubles) {
        assertThat(diagnose(
                                replicated(running, 1),
                                Map.of(),
                                task("a", 1, "failed", "shutdown", at, "'Err': 'task: non-zero exit (1)'"))
                        .troubles())
                .hasSize(troubles);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "running  | {'Status': 'Up 3 minutes (healthy)'}              | HEALTHY",
                "running  | {'Status': 'Up 3 minutes (unhealthy)'}            | UNHEALTHY",
                "starting | {'Status': 'Up 3 seconds (health: starting)'}     | STARTING",
                "running  | {'Status': 'Up 3 minutes'}                        | UNKNOWN",
                "running  | {'State': {'Health': {'Status': 'unhealthy'}}}    | UNHEALTHY",
                "starting | {'State': {'Health': {'Status': 'starting'}}}     | STARTING",
            })
    void aContainerOfThisNodeSaysItself(String state, String container, Health health) {
        ServiceStatus service = diagnose(
                replicated(1, 1), Map.of("t", json(container)), task("t", 1, state, "running", "11:59:00", ""));
        assertThat(service.tasks()).extracting(TaskStatus::health).containsExactly(health);
        assertThat(service.standing()).isEqualTo(health == Health.UNHEALTHY ? Standing.SHORT : Standing.RUNNING);
    }

    @Test
    void whatTheHealthCheckPrintedLastIsToldAndMemoryThatRanOut() {
        JsonNode sick = json("""
                {'State': {'Health': {'Status': 'unhealthy', 'Log': [
                  {'ExitCode': 1, 'Output': 'older'}, {'ExitCode': 1, 'Output': 'refused\\nby db\\n'},
                  {'ExitCode': 1, 'Output': ''}]}}}
                """);
        JsonNode full = json("{'State': {'OOMKilled': true}}");
        ServiceStatus service = diagnose(
                replicated(1, 2),
                Map.of("sick", sick, "full", full),
                task("sick", 1, "running", "running", "11:58:00", ""),
                task("full", 2, "failed", "shutdown", "11:59:00", "'Err': 'task: non-zero exit (137)'"));
        assertThat(service.troubles())
                .extracting(Trouble::reason, Trouble::healthOutput)
                .containsExactly(
                        tuple("exit code 137, out of memory", List.of()),
                        tuple("its health check fails", List.of("refused", "by db")));
    }

    @Test
    void tasksStandInTheOrderOfTheirSlotsAndThoseOfTheOldVersionAreLeftOut() {
        ServiceStatus service = diagnose(
                replicated(2, 2),
                Map.of(),
                task("a", 10, "running", "running", "11:00:00", ""),
                task("b", 2, "running", "running", "11:00:00", ""),
                task("c", 2, "shutdown", "shutdown", "10:59:00", ""));
        assertThat(service.tasks()).extracting(TaskStatus::name).containsExactly("web.2", "web.10");
    }
}
