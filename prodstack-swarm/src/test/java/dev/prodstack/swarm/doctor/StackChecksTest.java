package dev.prodstack.swarm.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prodstack.core.compose.ComposeFile;
import dev.prodstack.core.compose.ComposeSource;
import dev.prodstack.core.stack.Stack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StackChecksTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private List<Finding> look(String service, String volumes) throws Exception {
        Path file = Files.writeString(
                directory.resolve("compose.yml"),
                "name: shop\nservices: {web: {image: web, " + service + "}}\nvolumes: " + volumes + "\n");
        Stack stack = ComposeFile.load(ComposeSource.of(file)).stack();
        JsonNode node = JSON.readTree("""
                {"ID": "n", "Spec": {"Role": "manager", "Labels": {"disk": "ssd"}},
                 "Description": {"Hostname": "n1", "Platform": {"OS": "linux"}}}
                """);
        JsonNode other = JSON.readTree("""
                {"Spec": {"Name": "blog_web", "Labels": {"com.docker.stack.namespace": "blog"}},
                 "Endpoint": {"Ports": [{"PublishedPort": 80, "Protocol": "tcp"}]}}
                """);
        JsonNode own = JSON.readTree("""
                {"Spec": {"Name": "shop_web", "Labels": {"com.docker.stack.namespace": "shop"}},
                 "Endpoint": {"Ports": [{"PublishedPort": 443, "Protocol": "tcp"}]}}
                """);
        JsonNode info = JSON.readTree("{\"Plugins\": {\"Volume\": [\"local\", \"nfs\"]}}");
        return StackChecks.look(
                new Facts("1.41", false, info, Instant.EPOCH, List.of(node), List.of(other, own), Optional.empty()),
                stack);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deploy: {placement: {constraints: [node.labels.disk==ssd]}}                    | ok",
                "deploy: {placement: {constraints: [node.labels.disk == hdd]}}                  | error",
                "deploy: {placement: {constraints: [node.labels.zone==a]}}                      | error",
                "deploy: {placement: {constraints: [node.labels.disk!=ssd]}}                    | error",
                "deploy: {placement: {constraints: [node.role==manager, node.hostname==n1]}}    | ok",
                "deploy: {placement: {constraints: [node.role==worker]}}                        | error",
                "deploy: {placement: {constraints: [engine.labels.unknown==x]}}                 | ok",
                "'ports: [\"80:80\"]'                                                           | error",
                "'ports: [\"80:80/udp\"]'                                                       | ok",
                "'ports: [\"443:443\"]'                                                         | ok",
                "'ports: [\"80\"]'                                                              | ok",
            })
    void whatAServiceNeedsIsThereOrNot(String service, String verdict) throws Exception {
        assertThat(look(service, "{}")).singleElement().satisfies(finding -> {
            assertThat(finding.verdict()).hasToString(verdict);
            assertThat(finding.fix().isEmpty()).isEqualTo(verdict.equals("ok"));
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{data: {}}                              | ok",
                "{data: {driver: nfs}}                   | ok",
                "{data: {driver: 'nfs:latest'}}          | ok",
                "{data: {driver: rexray}}                | warning",
                "{data: {external: true, name: other}}   | ok",
            })
    void volumesNeedTheirDrivers(String volumes, String verdict) throws Exception {
        assertThat(look("tty: false", volumes))
                .singleElement()
                .satisfies(finding -> assertThat(finding.verdict()).hasToString(verdict));
    }

    @Test
    void aMissingLabelComesWithTheCommandThatAddsIt() throws Exception {
        assertThat(look("deploy: {placement: {constraints: [node.labels.disk == hdd]}}", "{}"))
                .singleElement()
                .satisfies(
                        finding -> assertThat(finding.fix()).isEqualTo("docker node update --label-add disk=hdd NODE"));
    }
}
