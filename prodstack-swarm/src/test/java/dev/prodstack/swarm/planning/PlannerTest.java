package dev.prodstack.swarm.planning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.swarm.engine.Trees;
import dev.prodstack.swarm.plan.Change;
import dev.prodstack.swarm.plan.Obstacle;
import dev.prodstack.swarm.plan.Plan;
import dev.prodstack.swarm.plan.PlanOptions;
import dev.prodstack.swarm.planning.Wishes.ServiceWish;
import dev.prodstack.swarm.state.StackState;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static ObjectNode tree(String json) throws IOException {
        return (ObjectNode) JSON.readTree(json.replace('\'', '"'));
    }

    private static Plan plan(String there, String wished) throws IOException {
        JsonNode service = tree("{'ID': 'x', 'Version': {'Index': 7}, 'Spec': {'Name': 'shop_web', " + there + "}}");
        ServiceWish wish = new ServiceWish(
                "web", tree("{'Name': 'shop_web', " + wished + "}"), Optional.empty(), List.of(), Optional.empty());
        return Planner.plan(
                new Wishes("shop", Map.of(), List.of(), List.of(), List.of(wish), Map.of(), Set.of()),
                new StackState("shop", Map.of("shop_web", service), Map.of(), Map.of(), Map.of()),
                PlanOptions.standard());
    }

    @Test
    void anotherModeStandsInTheWay() throws IOException {
        String replicated = "'Mode': {'Replicated': {'Replicas': 2}}";
        String global = "'Mode': {'Global': {}}";

        assertThat(plan(replicated, global).obstacles())
                .extracting(Obstacle::toString)
                .singleElement()
                .asString()
                .contains("service web", "replicated and is to be global", "docker service rm shop_web");
        assertThat(plan(global, replicated).obstacles()).hasSize(1);
        assertThat(plan(global, global).obstacles()).isEmpty();
        assertThat(plan(replicated, "'Mode': {'Replicated': {'Replicas': 3}}").obstacles())
                .isEmpty();
    }

    @Test
    void whatABackupStoppedIsStartedAsItWas() throws IOException {
        String labels = "'dev.prodstack.replicas': '2', 'dev.prodstack.stopped.replicas': '3',"
                + " 'dev.prodstack.stopped.nodes': 'n', 'dev.prodstack.stopped.for': '%s'";
        String stopped = "'Labels': {" + labels.formatted("backup") + "}, 'Mode': {'Replicated': {'Replicas': 0}}";
        String wished = "'Mode': {'Replicated': {'Replicas': 2}}";

        Plan plan = plan(stopped, wished);

        assertThat(plan.obstacles()).isEmpty();
        assertThat(plan.warnings()).singleElement().asString().contains("service web", "started again");
        assertThat(plan.changes()).singleElement().isInstanceOfSatisfying(Change.UpdateService.class, change -> {
            JsonNode after = Trees.json(change.spec());
            assertThat(after.at("/Mode/Replicated/Replicas").asInt())
                    .as("somebody had scaled it to that")
                    .isEqualTo(3);
            assertThat(after.path("Labels").toString()).doesNotContain("stopped");
        });
        assertThat(plan(stopped.replace("'backup'", "'restore'"), wished).obstacles())
                .singleElement()
                .asString()
                .contains("service web", "half restored", "--resume", "--undo");
    }

    @Test
    void modesOfFilesAreShownAsPeopleWriteThem() throws IOException {
        String spec = "'Mode': {'Replicated': {'Replicas': 1}}, 'TaskTemplate': {'ContainerSpec': {'Configs': ["
                + "{'ConfigName': 'c', 'File': {'Name': '/etc/c', 'UID': '0', 'GID': '0', 'Mode': %d}}]}}";

        assertThat(Differences.between(tree("{" + spec.formatted(0444) + "}"), tree("{" + spec.formatted(0640) + "}")))
                .singleElement()
                .satisfies(difference -> {
                    assertThat(difference.before()).contains("0444");
                    assertThat(difference.after()).contains("0640");
                });
    }
}
