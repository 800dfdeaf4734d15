package dev.prodstack.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.prodstack.swarm.cleanup.CleanUpPlan;
import dev.prodstack.swarm.cleanup.CleanUpPlan.Naming;
import dev.prodstack.swarm.cleanup.CleanUpPlan.Volume;
import dev.prodstack.swarm.engine.Deadlines;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineFinder;
import dev.prodstack.swarm.engine.EngineRequest;
import dev.prodstack.swarm.logs.LogLine;
import dev.prodstack.swarm.logs.LogQuery;
import dev.prodstack.swarm.node.NodeOutcome;
import dev.prodstack.swarm.node.NodeOutcome.Ending;
import dev.prodstack.swarm.node.NodePlan;
import dev.prodstack.swarm.node.NodePlan.Affected;
import dev.prodstack.swarm.node.NodePlan.Availability;
import dev.prodstack.swarm.plan.Obstacle;
import dev.prodstack.swarm.plan.Plan;
import dev.prodstack.swarm.progress.DeployOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Certificates, nodes and clean-up, on a real engine. */
@Tag("engine")
@Timeout(300)
class MaintenanceTest {
    /** A task that is told to stop goes on serving while names still lead to it, as a proxy that drains does. */
    private static final String SHOP = """
            services:
              server:
                image: IMAGE
                command:
                  - sh
                  - -c
                  - |
                    mkdir -p /tmp/w && cp /run/secrets/CERT /tmp/w/cert
                    trap 'sleep 4; exit 0' TERM
                    httpd -f -p 8080 -h /tmp/w &
                    wait
                stop_grace_period: 20s
                secrets: [CERT]
                networks: [core]
                healthcheck: {test: [CMD, wget, -q, -O, /dev/null, "http://127.0.0.1:8080/cert"], interval: 1s}
                deploy:
                  replicas: 2
                  endpoint_mode: dnsrr
                  update_config: {parallelism: 1, order: start-first, monitor: 1s}
              client:
                image: IMAGE
                command:
                  - sh
                  - -c
                  - |
                    while true; do
                      for task in $$(nslookup server 127.0.0.11 | sed -n '1,2d; s/^Address[^:]*: *//p'); do
                        answer=$$(printf 'GET /cert HTTP/1.0\\r\\n\\r\\n' | nc -w 5 "$$task" 8080 | tail -n 1)
                        echo "$${answer:-lost}"
                      done
                    done
                init: true
                stop_grace_period: 1s
                depends_on: [server]
                networks: [core]
                deploy: {endpoint_mode: dnsrr}
            networks: {core: {driver: overlay}}
            secrets: {CERT: {external: true}}
            """;

    @TempDir
    private Path directory = Path.of("");

    private LiveStack shop;
    private EngineClient engine;
    private String certificate = "";

    @BeforeEach
    void begin() throws IOException {
        shop = new LiveStack(directory);
        engine = EngineClient.connect(
                new EngineFinder(Map.of(), Path.of("/nonexistent")).at(System.getenv("PRODSTACK_TEST_DOCKER_HOST")),
                new Deadlines(Duration.ofSeconds(10), Duration.ofSeconds(30)));
        certificate = shop.name() + ".cert";
        shop.swarm().createSecret(certificate, "first".getBytes(StandardCharsets.UTF_8));
        shop.deploy(shop());
    }

    private String shop() {
        return SHOP.replace("CERT", certificate);
    }

    @AfterEach
    void end() {
        if (shop == null) {
            return;
        }
        shop.close();
        engine.send(EngineRequest.get("secrets").filtered("name", List.of(certificate)))
                .forEach(secret -> engine.send(
                        EngineRequest.delete("secrets", secret.path("ID").asText())));
        engine.close();
    }

    private List<String> answers() {
        LogQuery query = LogQuery.EVERYTHING.of(List.of("client"));
        try (Stream<?> lines = shop.swarm().logs(shop.name(), query)) {
            return lines.filter(LogLine.class::isInstance)
                    .map(line -> ((LogLine) line).text())
                    .filter(text -> !text.isEmpty())
                    .toList();
        }
    }

    @Test
    void aCertificateIsRotatedWithoutALostRequestAndStays() throws IOException {
        Path file = Files.writeString(directory.resolve("new.pem"), "second");
        Plan plan = shop.swarm().planRotation(shop.name(), Map.of(certificate, file.toString()));
        assertThat(plan.updatedServices())
                .singleElement()
                .satisfies(update -> assertThat(update.key()).isEqualTo("server"));

        assertThat(shop.apply(plan).ending()).isEqualTo(DeployOutcome.Ending.DONE);

        List<String> answers = answers();
        while (!answers.get(answers.size() - 1).equals("second")) {
            answers = answers();
        }
        assertThat(answers).contains("first", "second").doesNotContain("lost");
        assertThat(answers.size()).isGreaterThan(20);
        assertThat(shop.plan(shop()).changes())
                .as("a later deploy uses the newest version")
                .isEmpty();
        assertThat(shop.swarm()
                        .planRollback(shop.swarm().releases(shop.name()).get(0))
                        .changes())
                .as("and so does a rollback")
                .isEmpty();
        assertThat(shop.swarm().cleanUp().plan().secrets())
                .as("what may be gone back to is kept")
                .noneMatch(secret -> secret.of().equals(certificate));
    }

    @Test
    void aSecretThatNobodyUsesIsNotRotated() {
        Plan plan = shop.swarm().planRotation(shop.name(), Map.of("nowhere", "/nonexistent"));
        assertThat(plan.obstacles()).extracting(Obstacle::message).containsExactly("there is no such external secret");
    }

    @Test
    void aNodeThatIsDrainedSaysWhatHasNowhereToGo() {
        String node = shop.swarm().nodes().names().get(0);
        NodePlan drain = shop.swarm().nodes().plan(node, Availability.DRAIN).orElseThrow();
        assertThat(drain.affected())
                .extracting(Affected::service)
                .contains(shop.name() + "_client", shop.name() + "_server");
        assertThat(drain.warnings()).isNotEmpty();
        try {
            NodeOutcome outcome = shop.swarm().nodes().apply(drain, Duration.ofMinutes(2), line -> {});
            assertThat(outcome.ending()).isEqualTo(Ending.NOWHERE_TO_GO);
            assertThat(outcome.message()).contains("has nowhere to go: no suitable node");
        } finally {
            NodePlan back = shop.swarm().nodes().plan(node, Availability.ACTIVE).orElseThrow();
            assertThat(shop.swarm()
                            .nodes()
                            .apply(back, Duration.ofMinutes(1), line -> {})
                            .ending())
                    .isEqualTo(Ending.DONE);
        }
        assertThat(shop.swarm().nodes().plan("nowhere", Availability.DRAIN)).isEmpty();
    }

    @Test
    void whatIsUsedIsNotCleanedUpAndWhatIsNamedOnlyIfMeant() {
        String volume = shop.name() + "-unused";
        engine.send(EngineRequest.post("volumes", "create")
                .sending(JsonNodeFactory.instance.objectNode().put("Name", volume)));

        CleanUpPlan plan = shop.swarm().cleanUp().plan();

        Volume unused = new Volume(volume, Naming.NAMED);
        assertThat(plan.volumes()).contains(unused);
        assertThat(plan.withoutNamedVolumes().volumes()).doesNotContain(unused);
        assertThat(plan.images()).noneMatch(image -> image.name().contains("/lab/busybox"));
        assertThat(shop.swarm().cleanUp().apply(new CleanUpPlan(plan.node(), List.of(), List.of(unused), List.of())))
                .isEmpty();
        assertThat(shop.swarm().cleanUp().plan().volumes()).doesNotContain(unused);
    }
}
