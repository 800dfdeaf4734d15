package dev.prodstack.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.core.cluster.ClusterStore;
import dev.prodstack.core.cluster.ScalableService;
import dev.prodstack.core.cluster.ScalableServices;
import dev.prodstack.core.cluster.ScalableServices.Outcome;
import dev.prodstack.core.cluster.ServiceTask;
import dev.prodstack.core.compose.ComposeFile;
import dev.prodstack.core.compose.ScalingText;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.core.value.ByteSize;
import dev.prodstack.swarm.progress.DeployOutcome.Ending;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The ports that the autoscaler stands on, against a real engine, such as {@code lab/swarm} brings up. */
@Tag("engine")
@Timeout(240)
class RealScaleTest {
    private static final String SHOP = """
            services:
              web:
                image: IMAGE
                command: [sleep, "1000"]
                init: true
                stop_grace_period: 1s
                environment: {GREETING: "$$5"}
                deploy:
                  replicas: 2
                  endpoint_mode: dnsrr
                  resources: {reservations: {memory: 8M}}
                  update_config: {parallelism: 1, order: start-first, monitor: 20s}
                x-prodstack:
                  autoscale:
                    min: 1
                    max: 9
                    metrics:
                      - prometheus: {query: 'sum(x{y="$$a"})', target: 100}
            x-prodstack:
              autoscale: {interval: 1s, prometheus: "http://localhost:1"}
            """;

    @TempDir
    private Path directory = Path.of("");

    private final String name = "t" + Long.toString(System.nanoTime(), 36);
    private String image = "";
    private Swarm swarm;

    @BeforeEach
    void connect() {
        image = LabVariable.of("PRODSTACK_TEST_IMAGE");
        swarm = Swarm.connect(Connection.fromEnvironment().to(LabVariable.of("PRODSTACK_TEST_DOCKER_HOST")));
    }

    @AfterEach
    void remove() {
        if (swarm != null) {
            assertThat(swarm.apply(swarm.planRemoval(name), event -> {}).ending())
                    .isEqualTo(Ending.DONE);
            swarm.close();
        }
    }

    private Stack stack(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("compose.yml"), "name: " + name + "\n" + text);
        return ComposeFile.load(file).stack();
    }

    private Stack deploy(String text) throws IOException {
        Stack stack = stack(text);
        assertThat(swarm.apply(swarm.plan(stack), event -> {}).ending()).isEqualTo(Ending.DONE);
        return stack;
    }

    private ScalableService web() {
        return Objects.requireNonNull(swarm.scalableServices().read(name).get("web"));
    }

    @Test
    void aServiceIsSeenWithItsTasksAndScaled() throws Exception {
        Stack stack = deploy(SHOP.replace("IMAGE", image));
        ScalableServices services = swarm.scalableServices();

        ScalableService seen = web();

        assertThat(seen.name()).isEqualTo(name + "_web");
        assertThat(seen.replicas()).isEqualTo(2);
        assertThat(seen.update()).isEmpty();
        assertThat(seen.tasks()).hasSize(2).allSatisfy(task -> {
            assertThat(task.state()).isEqualTo(ServiceTask.State.RUNNING);
            assertThat(task.phase()).isEqualTo(ServiceTask.Phase.CURRENT);
            assertThat(task.reserved().memory()).contains(new ByteSize(8 << 20));
            assertThat(task.limit().memory()).isEmpty();
        });
        assertThat(seen.tasks()).extracting(ServiceTask::slot).containsExactlyInAnyOrder(1, 2);
        assertThat(services.scale(seen, 4)).isEqualTo(Outcome.DONE);
        assertThat(web().replicas()).isEqualTo(4);
        assertThat(services.scale(seen, 3)).as("with what was seen before").isEqualTo(Outcome.CHANGED_MEANWHILE);
        assertThat(web().replicas()).isEqualTo(4);

        Map<String, String> policies = services.policies(name);
        Stack left = ScalingText.read("policy", Objects.requireNonNull(policies.get("web")));
        assertThat(policies).hasSize(1);
        assertThat(Objects.requireNonNull(left.services().get("web"))
                        .operations()
                        .autoscale())
                .isEqualTo(Objects.requireNonNull(stack.services().get("web"))
                        .operations()
                        .autoscale());
        assertThat(left.operations().metricSources())
                .isEqualTo(stack.operations().metricSources());
        assertThat(swarm.plan(stack).isEmpty()).as("nothing is left to deploy").isTrue();
    }

    @Test
    void anOperatorsChangeIsNeverOverwritten() throws Exception {
        deploy(SHOP.replace("IMAGE", image));
        ScalableServices services = swarm.scalableServices();
        for (int i = 0; i < 5; i++) {
            ScalableService seen = web();
            int operator = 3 + i;
            assertThat(swarm.apply(swarm.planScale(name, Map.of("web", (long) operator)), event -> {})
                            .ending())
                    .isEqualTo(Ending.DONE);
            assertThat(services.scale(seen, 9)).isEqualTo(Outcome.CHANGED_MEANWHILE);
            assertThat(web().replicas()).isEqualTo(operator);
        }
    }

    @Test
    void ofTwoWhoScaleAtOnceOneDoes() throws Exception {
        deploy(SHOP.replace("IMAGE", image));
        ScalableService seen = web();
        List<CompletableFuture<Outcome>> both = IntStream.of(3, 4)
                .mapToObj(count -> CompletableFuture.supplyAsync(
                        () -> swarm.scalableServices().scale(seen, count)))
                .toList();

        assertThat(both.stream().map(CompletableFuture::join))
                .containsExactlyInAnyOrder(Outcome.DONE, Outcome.CHANGED_MEANWHILE);
    }

    @Test
    void anUpdateUnderWayIsSeenWithTheTasksOfBothVersions() throws Exception {
        deploy(SHOP.replace("IMAGE", image));
        CompletableFuture<Ending> update = CompletableFuture.supplyAsync(() -> {
            try {
                return swarm.apply(swarm.plan(stack(SHOP.replace("IMAGE", image).replace("$$5", "6"))), event -> {})
                        .ending();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        boolean seen = false;
        while (!update.isDone()) {
            ScalableService service = web();
            List<ServiceTask.Phase> phases =
                    service.tasks().stream().map(ServiceTask::phase).distinct().toList();
            seen |= service.update().map(its -> its.state()).equals(Optional.of(ScalableService.State.UPDATING))
                    && phases.contains(ServiceTask.Phase.INCOMING)
                    && phases.contains(ServiceTask.Phase.OUTGOING);
            Thread.sleep(100);
        }

        assertThat(update.join()).isEqualTo(Ending.DONE);
        assertThat(seen).isTrue();
        assertThat(web().update()).isEmpty();
    }

    @Test
    void aDeployGoesOnWhereTheAutoscalerMovedSinceItsPlan() throws Exception {
        deploy(SHOP.replace("IMAGE", image));
        var plan = swarm.plan(
                stack(SHOP.replace("IMAGE", image).replace("$$5", "6").replace("20s", "1s")));
        assertThat(swarm.scalableServices().scale(web(), 3)).isEqualTo(Outcome.DONE);

        assertThat(swarm.apply(plan, event -> {}).ending()).isEqualTo(Ending.DONE);
        assertThat(web().replicas()).as("as the autoscaler left it").isEqualTo(3);
    }

    @Test
    void aValueIsChangedByCompareAndSwap() {
        ClusterStore store = swarm.store();
        String entry = name + ".value-";
        byte[] one = "one".getBytes(StandardCharsets.UTF_8);
        byte[] large = new byte[ClusterStore.MAX_VALUE_SIZE];
        large[17] = 1;

        assertThat(store.read(entry)).isEmpty();
        ClusterStore.Entry first = store.create(entry, one).orElseThrow();
        assertThat(store.create(entry, large)).as("there is one").isEmpty();
        ClusterStore.Entry second = store.replace(first, large).orElseThrow();
        assertThat(store.replace(first, one)).as("changed since").isEmpty();
        ClusterStore.Entry again = store.replace(second, large).orElseThrow();
        assertThat(store.replace(second, one)).as("renewed since").isEmpty();

        assertThat(store.read(entry).orElseThrow().value()).isEqualTo(large);
        assertThat(first.value()).isEqualTo(one);
        assertThat(again.changedAt()).isAfter(first.changedAt());
        assertThat(Duration.between(again.changedAt(), store.now())).isBetween(Duration.ZERO, Duration.ofMinutes(2));
    }
}
