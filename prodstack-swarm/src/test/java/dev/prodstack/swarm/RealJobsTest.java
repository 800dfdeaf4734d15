package dev.prodstack.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.core.cluster.ClusterJobs;
import dev.prodstack.core.cluster.JobOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs on a real engine, such as {@code lab/swarm} brings up. */
@Tag("engine")
@Timeout(120)
class RealJobsTest {
    private final String name = "t" + Long.toString(System.nanoTime(), 36);
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private String host = "";
    private String image = "";
    private Swarm swarm;
    private ClusterJobs jobs;

    @BeforeEach
    void connect() {
        host = LabVariable.of("PRODSTACK_TEST_DOCKER_HOST");
        image = LabVariable.of("PRODSTACK_TEST_IMAGE");
        swarm = Swarm.connect(Connection.fromEnvironment().to(host));
        jobs = swarm.jobs();
    }

    @AfterEach
    void clean() {
        thread.shutdownNow();
        if (swarm != null) {
            jobs.end(name, Set.of("trial"));
            swarm.close();
        }
    }

    private JobOrder order(String script) {
        return new JobOrder(
                name,
                "trial",
                image,
                List.of("sh", "-c", script),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                "",
                List.of(),
                Duration.ofMinutes(2));
    }

    private String running() throws Exception {
        Process docker = new ProcessBuilder(
                        "docker", "-H", host, "ps", "--quiet", "--filter", "name=prodstack-" + name + "-")
                .redirectErrorStream(true)
                .start();
        String output = new String(docker.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(docker.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void whoIsInterruptedLeavesNothingRunning() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Future<?> job = thread.submit(() -> {
            try {
                jobs.run(order("echo begun; exec sleep 600"), line -> begun.countDown());
            } finally {
                interrupted.complete(Thread.currentThread().isInterrupted());
            }
        });
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(running()).isNotEmpty();

        job.cancel(true);

        assertThat(interrupted.get(60, TimeUnit.SECONDS)).isTrue();
        assertThat(running()).isEmpty();
    }

    @Test
    void whatIsEndedByAnotherStopsForWhoWaitsForIt() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Future<?> job = thread.submit(() -> jobs.run(order("echo begun; exec sleep 600"), line -> begun.countDown()));
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();

        assertThat(jobs.end(name, Set.of("another"))).isZero();
        assertThat(jobs.end(name, Set.of("trial"))).isEqualTo(1);

        assertThat(running()).isEmpty();
        job.cancel(true);
        assertThatThrownBy(job::get).isInstanceOfAny(CancellationException.class, ExecutionException.class);
    }
}
