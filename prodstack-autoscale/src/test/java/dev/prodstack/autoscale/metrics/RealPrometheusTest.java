package dev.prodstack.autoscale.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.autoscale.decision.Measurement;
import dev.prodstack.autoscale.decision.Measurement.Failed;
import dev.prodstack.autoscale.decision.Measurement.Total;
import dev.prodstack.autoscale.metrics.PrometheusHistory.UnreadableHistory;
import dev.prodstack.autoscale.metrics.ScriptedServer.Said;
import dev.prodstack.core.scaling.MetricSources;
import dev.prodstack.core.scaling.MetricSources.Credentials;
import dev.prodstack.core.scaling.MetricSources.Endpoint;
import dev.prodstack.core.scaling.Signal;
import dev.prodstack.core.scaling.Signal.Basis;
import dev.prodstack.core.scaling.Signal.Reading;
import dev.prodstack.core.scaling.Signal.Resource;
import dev.prodstack.core.value.HttpAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus that scrapes what the test tells it once a second, and has a day of history. */
@Tag("engine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class RealPrometheusTest {
    private final Instant day = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofDays(2));
    private static final int MINUTES = 24 * 60;
    private static final long NO_SAMPLE = Long.MIN_VALUE;
    private static final String TASK = "{container_label_com_docker_swarm_service_name=\"shop_web\",cpu=\"total\","
            + "container_label_com_docker_swarm_task_id=\"%s\"} %s\n";

    private final Path directory;
    private final long began = System.nanoTime();
    private final ScriptedServer tasks;
    private final Server prometheus;
    private final Endpoint endpoint;

    RealPrometheusTest(@TempDir Path directory) throws Exception {
        this.directory = directory;
        String program = Server.program("/usr/bin/prometheus", "prometheus");
        makeHistory();
        tasks = ScriptedServer.start(asked -> Said.ok(told()));
        int port = Server.freePort();
        Path file = Files.writeString(
                directory.resolve("prometheus.yml"),
                "scrape_configs:\n  - job_name: swarm\n    scrape_interval: 1s\n    static_configs: [{targets: ['"
                        + tasks.endpoint().address().uri().getAuthority() + "']}]\n");
        prometheus = Server.start(
                directory,
                Map.of(),
                List.of(
                        program,
                        "--config.file=" + file,
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--storage.tsdb.retention.time=10d",
                        "--web.listen-address=127.0.0.1:" + port));
        HttpAddress address = HttpAddress.parse("http://127.0.0.1:" + port);
        endpoint = new Endpoint(address, Credentials.None.NONE, Optional.empty());
    }

    /** Two tasks: one uses half a processor, one a quarter, of which nobody says what memory it has. */
    private String told() {
        double seconds = (System.nanoTime() - began) / 1e9;
        return "# TYPE container_cpu_usage_seconds_total counter\n"
                + line("container_cpu_usage_seconds_total", "t1", 0.5 * seconds)
                + line("container_cpu_usage_seconds_total", "t2", 0.25 * seconds)
                + "# TYPE container_memory_working_set_bytes gauge\n"
                + line("container_memory_working_set_bytes", "t1", 4e6)
                + "# TYPE broken gauge\nbroken NaN\n# TYPE load gauge\nload 42\n";
    }

    private static String line(String name, String task, double value) {
        return name + TASK.formatted(task, String.format(Locale.ROOT, "%.3f", value));
    }

    /** A number for each minute of a day, but for an hour from noon; of another name two series. */
    private void makeHistory() throws Exception {
        StringBuilder text = new StringBuilder("# TYPE requests gauge\n");
        for (int i = 0; i < MINUTES; i++) {
            if (i < 720 || i >= 780) {
                text.append("requests ")
                        .append(i)
                        .append(' ')
                        .append(day.getEpochSecond() + 60L * i)
                        .append('\n');
            }
        }
        text.append("# TYPE split gauge\n");
        text.append("split{a=\"1\"} 1 ").append(day.getEpochSecond()).append('\n');
        text.append("split{a=\"2\"} 1 ").append(day.getEpochSecond()).append("\n# EOF\n");
        Path file = Files.writeString(directory.resolve("history.txt"), text);
        Process made = new ProcessBuilder(
                        Server.program("/usr/bin/promtool", "prometheus"),
                        "tsdb",
                        "create-blocks-from",
                        "openmetrics",
                        file.toString(),
                        directory.resolve("data").toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("promtool.log").toFile())
                .start();
        assertThat(made.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(made.exitValue())
                .as(Files.readString(directory.resolve("promtool.log")))
                .isZero();
    }

    @BeforeAll
    void awaitThreeScrapes() throws Exception {
        prometheus.awaitAnswer(endpoint.address() + "/-/ready");
        Question question = query("count_over_time(load[1m])", Reading.VALUE);
        while (!(ask(question) instanceof Total total)
                || total.samples().isEmpty()
                || total.samples().get(0).value() < 3) {
            Thread.sleep(200);
        }
    }

    @AfterAll
    void stop() {
        prometheus.close();
        tasks.close();
    }

    private static Question query(String promql, Reading reading) {
        return new Question("shop_web", new Signal.Query(promql, reading), List.of("t1", "t2"));
    }

    private Measurement ask(Question question) {
        MetricSources sources = new MetricSources(Duration.ofSeconds(15), Optional.of(endpoint), Optional.empty());
        Patience patience = new Patience(Duration.ofSeconds(20), Duration.ofSeconds(15), 2);
        try (MetricReader reader = MetricReader.of(sources, new Secrets(directory), patience)) {
            return Objects.requireNonNull(
                    reader.read(List.of(question), Instant.now()).get(question));
        }
    }

    /** What three tasks use, in thousandths; of the third nobody tells anything. */
    private List<Long> usage(Resource resource) {
        Signal signal = new Signal.Utilization(resource, Basis.LIMIT);
        String told =
                ask(new Question("shop_web", signal, List.of("t1", "t2", "t3"))).toString();
        assertThat(told).matches("PerReplica\\[.*]");
        return Stream.of(told.replaceAll("[^-0-9,]", "").split(",", -1))
                .map(Long::valueOf)
                .toList();
    }

    @Test
    void whatTasksUseIsToldByTask() {
        List<Long> cpu = usage(Resource.CPU);

        assertThat(cpu.get(0)).isBetween(450L, 550L);
        assertThat(cpu.get(1)).isBetween(200L, 300L);
        assertThat(cpu.get(2)).isEqualTo(NO_SAMPLE);
    }

    @Test
    void halfOfTheSeriesIsHalfOfTheSamples() {
        assertThat(usage(Resource.MEMORY)).containsExactly(4_000_000_000L, NO_SAMPLE, NO_SAMPLE);
    }

    @Test
    void queriesAreAnswered() {
        assertThat(ask(query("load", Reading.VALUE)))
                .isInstanceOfSatisfying(
                        Total.class,
                        total -> assertThat(total.samples())
                                .singleElement()
                                .satisfies(sample -> assertThat(sample.value()).isEqualTo(42)));
        assertThat(ask(query("absent_one", Reading.VALUE)))
                .isInstanceOfSatisfying(
                        Total.class, total -> assertThat(total.samples()).isEmpty());
        assertThat(ask(query("broken", Reading.VALUE)))
                .isInstanceOfSatisfying(
                        Total.class,
                        total -> assertThat(total.samples().get(0).value()).isNaN());
        assertThat(ask(query("load[", Reading.VALUE)))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.why()).contains("refuses the query", "parse error"));
    }

    @Test
    void aSpanIsReadInStepsWithItsGaps() {
        Duration step = Duration.ofMinutes(10);
        try (PrometheusHistory history = history()) {
            double[] read =
                    history.read("requests", day, day.plus(Duration.ofHours(24)).minusSeconds(60), step);

            assertThat(read).hasSize(144);
            assertThat(read[0]).isZero();
            assertThat(read[71]).isEqualTo(710);
            assertThat(read[75]).as("nothing was recorded from noon to one").isNaN();
            assertThat(read[143]).isEqualTo(1430);
        }
    }

    @Test
    void aLongSpanIsReadInSeveralAnswers() {
        try (PrometheusHistory history = history()) {
            double[] read = history.read("requests", day, day.plus(Duration.ofHours(11)), Duration.ofSeconds(2));

            assertThat(read).hasSize(19_801).doesNotContain(Double.NaN);
            assertThat(read[10_000]).isEqualTo(333);
            assertThat(read[19_800]).isEqualTo(660);
        }
    }

    @Test
    void severalSeriesAreNoLoad() {
        try (PrometheusHistory history = history()) {
            assertThatThrownBy(() -> history.read("split", day, day.plusSeconds(60), Duration.ofSeconds(60)))
                    .isInstanceOf(UnreadableHistory.class)
                    .hasMessageContaining("2 series; expected one: sum them up");
            assertThatThrownBy(() -> history.read("sum(", day, day.plusSeconds(60), Duration.ofSeconds(60)))
                    .isInstanceOf(UnreadableHistory.class)
                    .hasMessageContaining("parse error");
            assertThat(history.read("nothing", day, day.plusSeconds(60), Duration.ofSeconds(60)))
                    .containsOnly(Double.NaN);
        }
    }

    private PrometheusHistory history() {
        return new PrometheusHistory(
                endpoint, new Secrets(directory), new Patience(Duration.ofSeconds(40), Duration.ofSeconds(30), 2));
    }
}
