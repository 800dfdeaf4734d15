package dev.prodstack.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.stack.ScalingStand.Autoscaling;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real load on real services: requests through nginx, jobs of Celery through RabbitMQ. Limits and loads are small, so
 * that the services are busy and the machine is not. What happened is under {@code target/reports/scaling}.
 */
@Tag("engine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(2400)
class ScalingIT {
    /** In processors: two replicas with a limit of 0.3 each and a target of 50 % bear 0.3 at the target. */
    private static final double LITTLE = 0.1;

    private static final double MUCH = 0.5;
    private static final Duration COOLDOWN = Duration.ofSeconds(90);
    private static final Duration NOISE = Duration.ofMinutes(20);

    private final Path directory;
    private final ScalingStand stand;
    private Autoscaling autoscaling;

    ScalingIT(@TempDir Path directory) throws Exception {
        this.directory = directory;
        stand = new ScalingStand(directory);
    }

    @BeforeAll
    void up() throws Exception {
        stand.up();
        autoscaling = stand.autoscale();
    }

    @AfterAll
    void down() throws Exception {
        stand.down();
    }

    /** Every test begins with the fewest replicas, and with numbers to decide on. */
    @BeforeEach
    void quiet() throws Exception {
        await(() -> stand.wanted("backend") + stand.wanted("worker"), sum -> sum == 3);
        int before = autoscaling.decisions("backend").size();
        await(
                () -> autoscaling.decisions("backend"),
                seen -> seen.size() > before && verdict(seen).equals("keep"));
    }

    private static String verdict(List<JsonNode> decisions) {
        return decisions.get(decisions.size() - 1).path("verdict").asText();
    }

    private static String said(List<JsonNode> decisions) {
        return decisions.get(decisions.size() - 1).toString();
    }

    private static <T> T await(Callable<T> look, Predicate<T> good) throws Exception {
        T seen = look.call();
        for (int i = 0; i < 300 && !good.test(seen); i++) {
            Thread.sleep(1000);
            seen = look.call();
        }
        assertThat(seen).matches(good, "what was waited for");
        return seen;
    }

    private static Instant time(JsonNode line) {
        return Instant.parse(line.path("time").asText());
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1e3;
    }

    /** Looks at the backend for one second. */
    private int look(ScalingTimeline timeline, LoadGenerator load) throws InterruptedException {
        int running = stand.running("backend");
        timeline.add(load.load(), stand.wanted("backend"), running);
        Thread.sleep(1000);
        return running;
    }

    @Test
    @Order(1)
    void loadThroughNginxBringsReplicasAndTheyGoAfterTheCooldown() throws Exception {
        ScalingTimeline timeline = new ScalingTimeline("Load through nginx");
        try (LoadGenerator load = stand.load()) {
            load.set(LITTLE);
            for (int i = 0; i < 40; i++) {
                assertThat(look(timeline, load)).isEqualTo(2);
            }
            Instant crossed = Instant.now();
            load.set(MUCH);
            timeline.note("load above the target");
            await(() -> look(timeline, load), running -> running > 2);
            double more = seconds(crossed, Instant.now());
            timeline.note(String.format(Locale.ROOT, "new replicas run, %.1f s after the load came", more));
            load.set(LITTLE);
            timeline.note("load below the target");
            while (stand.wanted("backend") > 2) {
                look(timeline, load);
            }
            look(timeline, load);
            timeline.note("back at two replicas");
            assertThat(load.failures()).as("of %d requests", load.answered()).isEmpty();
        } finally {
            timeline.write("load");
        }

        List<JsonNode> moves = autoscaling.moves("backend");
        JsonNode down = moves.stream()
                .filter(line ->
                        line.path("replicas").asInt() < line.path("current").asInt())
                .findFirst()
                .orElseThrow();
        JsonNode up = moves.get(moves.indexOf(down) - 1);
        assertThat(Duration.between(time(up), time(down))).isGreaterThanOrEqualTo(COOLDOWN);
        assertThat(autoscaling.decisions("backend"))
                .as("the way down was open before, but for the cooldown")
                .anySatisfy(line -> assertThat(line.toString()).contains("\"Cooldown\""));
    }

    @Test
    @Order(2)
    void takingWorkersAwayLosesNoJob() throws Exception {
        int moves = autoscaling.moves("worker").size();
        Path codes = directory.resolve("codes");
        Process ends = stand.watchEnds("worker", codes);
        ScalingTimeline timeline = new ScalingTimeline("Jobs of Celery");
        timeline.note("2,000 short jobs and 40 of ten seconds are published");
        stand.publish(2000, 0.02);
        stand.publish(40, 10);
        JsonNode queue = stand.queue();
        try {
            while (stand.wanted("worker") > 1
                    || queue.path("messages").asInt(1) > 0
                    || queue.at("/message_stats/ack").asInt() < 2040) {
                timeline.add(queue.path("messages").asInt(), stand.wanted("worker"), stand.running("worker"));
                Thread.sleep(1000);
                queue = stand.queue();
            }
        } finally {
            timeline.note(queue.path("message_stats").toString());
            timeline.write("jobs");
        }

        List<JsonNode> seen = autoscaling.moves("worker");
        List<JsonNode> down = seen.subList(moves, seen.size()).stream()
                .filter(line ->
                        line.path("replicas").asInt() < line.path("current").asInt())
                .toList();
        assertThat(down).isNotEmpty();
        assertThat(down.get(0).toString())
                .as("workers were taken away while there was work in hand")
                .doesNotContain("celery: 0 messages");
        assertThat(queue.at("/message_stats/publish").asInt()).isEqualTo(2040);
        assertThat(queue.at("/message_stats/ack").asInt()).isEqualTo(2040);
        // Jobs are acknowledged when they are done, so with as many acknowledged as published none is lost. A worker
        // that leaves may be sent one more message and hand it back unread: redeliveries say nothing.
        int gone = down.stream()
                .mapToInt(line ->
                        line.path("current").asInt() - line.path("replicas").asInt())
                .sum();
        try {
            assertThat(await(() -> Files.readAllLines(codes), lines -> lines.size() >= gone))
                    .as("workers that were taken away ended by themselves, after the job in hand")
                    .containsOnly("0");
        } finally {
            ends.destroy();
        }
    }

    @Test
    @Order(3)
    void withoutPrometheusNothingMovesAndItIsNamed() throws Exception {
        try (LoadGenerator load = stand.load()) {
            load.set(MUCH);
            await(() -> stand.running("backend"), count -> count > 2);
            int before = stand.wanted("backend");
            stand.set("prometheus", 0);
            await(() -> autoscaling.decisions("backend"), seen -> verdict(seen).equals("hold"));
            load.set(0);
            int count = stand.wanted("backend");
            int held = autoscaling.decisions("backend").size();
            await(() -> autoscaling.decisions("backend"), seen -> seen.size() > held + 6);

            assertThat(stand.wanted("backend")).isEqualTo(count).isGreaterThanOrEqualTo(before);
            assertThat(autoscaling.decisions("backend").subList(held, held + 6))
                    .allSatisfy(line -> assertThat(line.toString())
                            .contains("\"hold\"", "9090")
                            .doesNotContain("\"Scaled\""));
            stand.set("prometheus", 1);
            await(() -> stand.wanted("backend"), its -> its == 2);
        }
    }

    @Test
    @Order(4)
    void withoutRabbitMqNoWorkerIsTakenAwayAndItIsNamed() throws Exception {
        stand.publish(40, 2);
        await(() -> stand.wanted("worker"), count -> count > 1);
        stand.set("rabbitmq", 0);
        await(() -> autoscaling.decisions("worker"), seen -> verdict(seen).equals("hold"));
        int count = stand.wanted("worker");
        int held = autoscaling.decisions("worker").size();
        await(() -> autoscaling.decisions("worker"), seen -> seen.size() > held + 4);

        assertThat(stand.wanted("worker")).isEqualTo(count);
        assertThat(said(autoscaling.decisions("worker"))).contains("15672");
        stand.set("rabbitmq", 1);
        await(() -> stand.wanted("worker"), its -> its == 1);
    }

    /**
     * A load that jumps about every few seconds by 40 % either way, around what three replicas bear at the target, with
     * the window and the cooldown that a policy has where it says nothing of them.
     */
    @Test
    @Order(5)
    void noiseDoesNotMakeItFlap() throws Exception {
        assumeThat(System.getProperty("prodstack.tier")).isEqualTo("full");
        stand.deploy(Map.of("COOLDOWN", "5m", "WINDOW", "5m"));
        ScalingTimeline timeline = new ScalingTimeline("Twenty minutes of noise");
        Random random = new Random(20);
        try (LoadGenerator load = stand.load()) {
            Instant end = Instant.now().plus(NOISE);
            int seconds = 0;
            while (Instant.now().isBefore(end)) {
                if (seconds % 5 == 0) {
                    load.set(0.4 * (0.6 + 0.8 * random.nextDouble()));
                }
                look(timeline, load);
                seconds++;
            }
            timeline.note(autoscaling.moves("backend").size() + " moves since the start, " + timeline.turns()
                    + " turns in this load");
            assertThat(timeline.turns()).isLessThanOrEqualTo(1);
        } finally {
            timeline.write("noise");
        }
    }
}
