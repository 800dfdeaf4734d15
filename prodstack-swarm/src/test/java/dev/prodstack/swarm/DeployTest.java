package dev.prodstack.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.core.compose.ComposeFile;
import dev.prodstack.swarm.plan.Change.CreateConfig;
import dev.prodstack.swarm.plan.Change.CreateSecret;
import dev.prodstack.swarm.plan.Change.Remove;
import dev.prodstack.swarm.plan.Obstacle;
import dev.prodstack.swarm.plan.Plan;
import dev.prodstack.swarm.plan.PlanOptions;
import dev.prodstack.swarm.plan.PlanOptions.ImageResolution;
import dev.prodstack.swarm.plan.PlanOptions.Orphans;
import dev.prodstack.swarm.plan.ReplicaChoice;
import dev.prodstack.swarm.plan.TaskEffect;
import dev.prodstack.swarm.progress.DeployEvent;
import dev.prodstack.swarm.progress.DeployEvent.Begun;
import dev.prodstack.swarm.progress.DeployEvent.Settled;
import dev.prodstack.swarm.progress.DeployOptions;
import dev.prodstack.swarm.progress.DeployOptions.OnFailure;
import dev.prodstack.swarm.progress.DeployOutcome;
import dev.prodstack.swarm.progress.DeployOutcome.Ending;
import dev.prodstack.swarm.progress.ServiceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plans and deploys against a real engine, such as {@code lab/swarm} brings up. */
@Tag("engine")
@Timeout(240)
class DeployTest {
    private static final String SHOP = """
            services:
              web:
                image: IMAGE
                command: [sh, -c, "mkdir -p /tmp/w && cp /conf /tmp/w/index.html && exec httpd -f -p 8080 -h /tmp/w"]
                stop_grace_period: 1s
                healthcheck:
                  test: [CMD, wget, -q, -O, /dev/null, "http://127.0.0.1:8080/PAGE"]
                  interval: 1s
                  timeout: 1s
                  retries: 2
                configs: [conf]
                secrets: [password]
                networks: [core]
                deploy:
                  replicas: 2
                  endpoint_mode: dnsrr
                  update_config: {parallelism: 2, order: start-first, failure_action: rollback, monitor: 4s}
              job:
                image: IMAGE
                command: [sleep, "1000"]
                stop_grace_period: 1s
                depends_on: [web]
                networks: [core]
                deploy: {endpoint_mode: dnsrr}
            networks:
              core: {driver: overlay}
            configs:
              conf: {content: CONTENT}
            secrets:
              password: {file: ./password}
            """;

    @TempDir
    private Path directory = Path.of("");

    private final String name = "t" + Long.toString(System.nanoTime(), 36);
    private final List<DeployEvent> events = new ArrayList<>();
    private String host = "";
    private String image = "";

    @BeforeEach
    void findTheEngine() throws IOException {
        host = LabVariable.of("PRODSTACK_TEST_DOCKER_HOST");
        image = LabVariable.of("PRODSTACK_TEST_IMAGE");
        Path password = Files.writeString(directory.resolve("password"), "first");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    }

    private interface Body {
        void run(Swarm swarm) throws IOException;
    }

    /** Whatever happens, the stack is gone at the end, and so is all it had. */
    private void onSwarm(Body body) throws IOException {
        try (Swarm swarm = Swarm.connect(Connection.fromEnvironment().to(host))) {
            try {
                body.run(swarm);
            } finally {
                DeployOutcome removed = swarm.apply(swarm.planRemoval(name), events::add);
                assertThat(removed.ending()).isEqualTo(Ending.DONE);
                assertThat(swarm.planRemoval(name).isEmpty()).isTrue();
            }
        }
    }

    private Plan plan(Swarm swarm, String text) throws IOException {
        return plan(swarm, text, PlanOptions.standard());
    }

    private Plan plan(Swarm swarm, String text, PlanOptions options) throws IOException {
        Path file = directory.resolve("compose.yml");
        Files.writeString(file, "name: " + name + "\n" + text.replace("IMAGE", image));
        return swarm.plan(ComposeFile.load(file).stack(), options);
    }

    private static String shop(String content, String page) {
        return SHOP.replace("CONTENT", content).replace("PAGE", page);
    }

    private DeployOutcome apply(Swarm swarm, Plan plan) {
        assertThat(plan.obstacles()).isEmpty();
        events.clear();
        return swarm.apply(plan, DeployOptions.standard().within(Duration.ofSeconds(90)), events::add);
    }

    private void deployed(Swarm swarm) throws IOException {
        assertThat(apply(swarm, plan(swarm, shop("one", "index.html"))).ending())
                .isEqualTo(Ending.DONE);
    }

    @Test
    void startsServicesInTheOrderInWhichTheyNeedEachOtherAndThenHasNothingToDo() throws IOException {
        onSwarm(swarm -> {
            deployed(swarm);

            assertThat(events.stream().filter(event -> event instanceof Settled || event instanceof Begun))
                    .extracting(DeployTest::word)
                    .containsExactly("web begun", "web settled", "job begun", "job settled");
            Plan again = plan(swarm, shop("one", "index.html"));
            assertThat(again.changes()).isEmpty();
            assertThat(again.unchanged()).hasSize(2);
            assertThat(swarm.status(name).services()).hasSize(2);
        });
    }

    private static String word(DeployEvent event) {
        return event instanceof Settled settled
                ? settled.service() + " settled"
                : event instanceof Begun begun ? begun.service() + " begun" : "";
    }

    @Test
    void leadsServicesToNewVersionsOfConfigsAndSecrets() throws IOException {
        onSwarm(swarm -> {
            deployed(swarm);
            Files.writeString(directory.resolve("password"), "second");

            Plan plan = plan(swarm, shop("two", "index.html"));

            assertThat(plan.changes()).hasAtLeastOneElementOfType(CreateConfig.class);
            assertThat(plan.changes()).hasAtLeastOneElementOfType(CreateSecret.class);
            assertThat(plan.toString()).doesNotContain("second");
            assertThat(plan.updatedServices()).singleElement().satisfies(update -> {
                assertThat(update.key()).isEqualTo("web");
                assertThat(update.differences())
                        .extracting(difference -> difference.label())
                        .containsExactlyInAnyOrder("config conf", "secret password");
                assertThat(update.effect()).isInstanceOf(TaskEffect.Replace.class);
            });
            assertThat(apply(swarm, plan).ending()).isEqualTo(Ending.DONE);
            assertThat(plan(swarm, shop("two", "index.html")).changes()).isEmpty();
        });
    }

    @Test
    void goesBackIfAServiceNeverGetsHealthyAndSaysWhy() throws IOException {
        onSwarm(swarm -> {
            deployed(swarm);

            DeployOutcome outcome = apply(swarm, plan(swarm, shop("two", "missing.html")));

            assertThat(outcome.ending()).isEqualTo(Ending.ROLLED_BACK);
            assertThat(outcome.failures()).singleElement().satisfies(failure -> {
                assertThat(failure.service()).isEqualTo("web");
                assertThat(failure.tasks()).isNotEmpty();
                assertThat(failure.healthOutput())
                        .hasValueSatisfying(text -> assertThat(text).contains("404"));
            });
            assertThat(plan(swarm, shop("one", "index.html")).changes())
                    .as("what ran before runs again, and nothing is left of the attempt")
                    .isEmpty();
        });
    }

    @Test
    void leavesWhatFailedIfAsked() throws IOException {
        onSwarm(swarm -> {
            Plan plan = plan(swarm, """
                    services:
                      broken:
                        image: IMAGE
                        command: [sh, -c, "echo I cannot start; exit 3"]
                        deploy: {restart_policy: {condition: none}}
                    """);

            DeployOutcome outcome = swarm.apply(plan, DeployOptions.standard().onFailure(OnFailure.LEAVE), events::add);

            assertThat(outcome.ending()).isEqualTo(Ending.LEFT);
            ServiceFailure failure = outcome.failures().get(0);
            assertThat(failure.log()).contains("I cannot start");
            assertThat(failure.tasks().get(0).exitCode()).contains(3);
            assertThat(swarm.stacks()).contains(name);
        });
    }

    @Test
    void removesAFirstAttemptThatFailsOrComesTooLate() throws IOException {
        onSwarm(swarm -> {
            Plan plan = plan(swarm, shop("one", "missing.html"));

            DeployOutcome outcome =
                    swarm.apply(plan, DeployOptions.standard().within(Duration.ofSeconds(4)), events::add);

            assertThat(outcome.ending()).isEqualTo(Ending.ROLLED_BACK);
            assertThat(outcome.message()).contains("the deadline of 4 s passed while waiting for web");
            assertThat(swarm.planRemoval(name).isEmpty()).isTrue();
        });
    }

    @Test
    void saysEverythingThatStandsInTheWayBeforeItChangesAnything() throws IOException {
        onSwarm(swarm -> {
            Plan plan = plan(swarm, """
                    services:
                      web:
                        image: IMAGE-which-is-not-there
                        secrets: [outside, lost]
                        configs: [far]
                        networks: [beyond]
                    networks:
                      beyond: {external: true}
                    configs:
                      far: {external: true}
                    secrets:
                      outside: {external: true}
                      lost: {file: ./lost}
                    """);

            assertThat(plan.obstacles())
                    .extracting(Obstacle::subject)
                    .containsExactlyInAnyOrder(
                            "secret outside",
                            "secret lost",
                            "config far",
                            "network beyond",
                            "image " + image + "-which-is-not-there");
            assertThat(swarm.planRemoval(name).isEmpty()).isTrue();
        });
    }

    @Test
    void keepsWhatSomebodyScaledUntilTheFileSaysAnotherNumber() throws IOException {
        onSwarm(swarm -> {
            deployed(swarm);
            assertThat(apply(swarm, swarm.planScale(name, Map.of("web", 3L))).ending())
                    .isEqualTo(Ending.DONE);

            Plan same = plan(swarm, shop("one", "index.html"));
            assertThat(same.changes()).isEmpty();
            assertThat(same.unchanged()).extracting(Plan.Unchanged::replicas).contains(new ReplicaChoice.Scaled(3, 2));

            Plan other = plan(swarm, shop("one", "index.html").replace("replicas: 2", "replicas: 1"));
            assertThat(other.updatedServices())
                    .singleElement()
                    .satisfies(update -> assertThat(update.effect()).isEqualTo(new TaskEffect.Scale(3, 1)));
            assertThat(apply(swarm, other).ending()).isEqualTo(Ending.DONE);
        });
    }

    @Test
    void restartsAndPrunes() throws IOException {
        onSwarm(swarm -> {
            deployed(swarm);
            assertThat(apply(swarm, swarm.planRestart(name, List.of("web"))).ending())
                    .isEqualTo(Ending.DONE);
            assertThat(plan(swarm, shop("one", "index.html")).changes())
                    .as("a restart is no change to the file")
                    .isEmpty();

            String less = shop("one", "index.html").replaceAll("(?s)  job:.*?networks:\n  core", "networks:\n  core");
            assertThat(plan(swarm, less).warnings())
                    .extracting(Obstacle::subject)
                    .containsExactly("service " + name + "_job");
            Plan pruned = plan(swarm, less, new PlanOptions(ImageResolution.ALWAYS, Orphans.REMOVE));
            assertThat(pruned.changes()).singleElement().isInstanceOf(Remove.class);
            assertThat(apply(swarm, pruned).ending()).isEqualTo(Ending.DONE);
            assertThat(swarm.status(name).services()).hasSize(1);
        });
    }

    @Test
    void aServiceThatIsNotThereIsAnObstacle() throws IOException {
        onSwarm(swarm -> {
            deployed(swarm);
            assertThat(swarm.planScale(name, Map.of("wbe", 3L)).obstacles())
                    .singleElement()
                    .satisfies(obstacle -> assertThat(obstacle.fix()).isEqualTo("it has job, web"));
        });
    }
}
