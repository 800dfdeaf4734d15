package dev.prodstack.autoscale.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.autoscale.ControllerEvent;
import dev.prodstack.autoscale.ControllerEvent.Kind;
import dev.prodstack.autoscale.ControllerEvent.Looked;
import dev.prodstack.autoscale.ControllerEvent.Role;
import dev.prodstack.autoscale.ControllerEvent.RoleChanged;
import dev.prodstack.autoscale.ControllerEvent.Trouble;
import dev.prodstack.autoscale.Look;
import dev.prodstack.autoscale.ServiceLook;
import dev.prodstack.autoscale.ServiceLook.Outcome;
import dev.prodstack.autoscale.ServiceLook.Plain;
import dev.prodstack.autoscale.decision.Decision;
import dev.prodstack.autoscale.decision.Finding.Blind;
import dev.prodstack.autoscale.decision.Finding.NoData;
import dev.prodstack.autoscale.decision.Gap;
import dev.prodstack.autoscale.decision.History;
import dev.prodstack.autoscale.decision.Restraint.UpdateRunning;
import dev.prodstack.core.scaling.ReplicaRange;
import dev.prodstack.core.scaling.Signal;
import dev.prodstack.core.scaling.Signal.Reading;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

class TelemetryTest {
    private static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");
    private static final Decision UP = new Decision.Scale(5, 8, 9, List.of(), History.empty());
    private static final Decision KEPT = new Decision.Keep(8, 4, List.of(new UpdateRunning(4, 2)), History.empty());
    private static final Decision BLIND = new Decision.Hold(
            8,
            List.of(
                    new NoData("load", new Signal.Query("load", Reading.AVERAGE), Gap.Kind.EMPTY),
                    new Blind(1, OptionalInt.empty(), OptionalInt.empty())),
            History.empty());

    private static ControllerEvent looked(Decision decision, Outcome outcome) {
        ServiceLook look = new ServiceLook("web", TIME, 4, new ReplicaRange(2, 20), decision, outcome);
        return new Looked(new Look("shop", TIME, Duration.ZERO, List.of(look), List.of("api")), Duration.ofMillis(70));
    }

    private static String text(ControllerMetrics metrics) {
        return new String(metrics.text(), StandardCharsets.UTF_8);
    }

    @Test
    void metricsTellOfTheLastLook() {
        ControllerMetrics metrics = new ControllerMetrics();
        metrics.accept(new RoleChanged(TIME, Role.LEADER, "a"));
        metrics.accept(looked(UP, Plain.SCALED));
        metrics.accept(looked(KEPT, Plain.LEFT));
        metrics.accept(looked(UP, Plain.CHANGED_MEANWHILE));
        metrics.accept(new Trouble(TIME, Kind.CLUSTER, "away"));

        assertThat(text(metrics).lines())
                .contains(
                        "prodstack_autoscale_leader 1.0",
                        "prodstack_autoscale_last_look_timestamp_seconds 1.7723664E9",
                        "prodstack_autoscale_look_duration_seconds_bucket{le=\"0.1\"} 3",
                        "prodstack_autoscale_look_duration_seconds_bucket{le=\"0.05\"} 0",
                        "prodstack_autoscale_decisions_total{service=\"web\",verdict=\"scale\"} 2.0",
                        "prodstack_autoscale_decisions_total{service=\"web\",verdict=\"keep\"} 1.0",
                        "prodstack_autoscale_moves_total{direction=\"up\",service=\"web\"} 1.0",
                        "prodstack_autoscale_scale_failures_total{reason=\"ChangedMeanwhile\",service=\"web\"} 1.0",
                        "prodstack_autoscale_replicas_current{service=\"web\"} 5.0",
                        "prodstack_autoscale_replicas_desired{service=\"web\"} 5.0",
                        "prodstack_autoscale_replicas_wanted{service=\"web\"} 9.0",
                        "prodstack_autoscale_replicas_running{service=\"web\"} 4.0",
                        "prodstack_autoscale_replicas_min{service=\"web\"} 2.0",
                        "prodstack_autoscale_replicas_max{service=\"web\"} 20.0",
                        "prodstack_autoscale_held{reason=\"ChangedMeanwhile\",service=\"web\"} 1.0",
                        "prodstack_autoscale_service_missing{service=\"api\"} 1.0",
                        "prodstack_autoscale_errors_total{kind=\"cluster\"} 1.0")
                .as("what held an earlier look is over")
                .noneMatch(line -> line.startsWith("prodstack_autoscale_held{") && line.contains("UpdateInProgress"));
    }

    @Test
    void aMetricWithoutDataIsNamed() {
        ControllerMetrics metrics = new ControllerMetrics();
        metrics.accept(looked(BLIND, Plain.LEFT));

        assertThat(text(metrics).lines())
                .contains(
                        "prodstack_autoscale_metric_missing{metric=\"load\",service=\"web\"} 1.0",
                        "prodstack_autoscale_held{reason=\"MetricsMissing\",service=\"web\"} 1.0");
    }

    @Test
    void whatIsCountedBeginsAtZero() {
        ControllerMetrics metrics = new ControllerMetrics();
        metrics.accept(looked(KEPT, Plain.LEFT));

        assertThat(text(metrics).lines())
                .contains(
                        "prodstack_autoscale_errors_total{kind=\"cluster\"} 0.0",
                        "prodstack_autoscale_moves_total{direction=\"down\",service=\"web\"} 0.0",
                        "prodstack_autoscale_scale_failures_total{reason=\"UpdateStuck\",service=\"web\"} 0.0");
    }

    @Test
    void aStandbyTellsOfNoService() {
        ControllerMetrics metrics = new ControllerMetrics();
        metrics.accept(looked(UP, Plain.SCALED));
        metrics.accept(new RoleChanged(TIME, Role.STANDBY, "b"));

        assertThat(text(metrics)).contains("prodstack_autoscale_leader 0.0").doesNotContain("replicas_current{");
    }

    @Test
    void theLogHasEachMoveAndEachChange() {
        List<String> lines = new ArrayList<>();
        DecisionLog log = new DecisionLog(DecisionLog.Detail.CHANGES, lines::add);
        log.accept(looked(UP, Plain.SCALED));
        log.accept(looked(UP, Plain.SCALED));
        log.accept(looked(KEPT, Plain.LEFT));
        log.accept(looked(KEPT, Plain.LEFT));
        log.accept(new Trouble(TIME, Kind.NOT_ALONE, "another"));

        assertThat(lines)
                .containsExactly(
                        "{\"time\":\"2026-03-01T12:00:00Z\",\"event\":\"decision\",\"stack\":\"shop\",\"service\":\"web\","
                                + "\"verdict\":\"scale\",\"outcome\":\"Scaled\",\"current\":5,\"replicas\":8,\"wanted\":9,"
                                + "\"running\":4,\"min\":2,\"max\":20,\"reasons\":[]}",
                        "{\"time\":\"2026-03-01T12:00:00Z\",\"event\":\"missing\",\"stack\":\"shop\",\"service\":\"api\"}",
                        lines.get(0),
                        "{\"time\":\"2026-03-01T12:00:00Z\",\"event\":\"decision\",\"stack\":\"shop\",\"service\":\"web\","
                                + "\"verdict\":\"keep\",\"outcome\":\"Left\",\"current\":8,\"replicas\":8,\"wanted\":4,"
                                + "\"running\":4,\"min\":2,\"max\":20,\"reasons\":[{\"code\":\"UpdateInProgress\",\"text\":"
                                + "\"update in progress: down to 4 waits while 2 replicas are being replaced\"}]}",
                        "{\"time\":\"2026-03-01T12:00:00Z\",\"event\":\"trouble\",\"kind\":\"not-alone\",\"why\":\"another\"}");
    }

    @Test
    void readinessSaysWhatKeepsItFromItsWork() throws Exception {
        ControllerMetrics metrics = new ControllerMetrics();
        Readiness readiness = new Readiness();
        boolean[] alive = {true};
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (ControllerServer server = ControllerServer.start(any, metrics, readiness, () -> alive[0])) {
            assertThat(get(server, "/readyz")).isEqualTo("503 it has just started\n");
            readiness.accept(new RoleChanged(TIME, Role.STANDBY, "b"));
            assertThat(get(server, "/readyz")).isEqualTo("200 ok\n");
            readiness.accept(new Trouble(TIME, Kind.CLUSTER, "no engine"));
            assertThat(get(server, "/readyz")).isEqualTo("503 no engine\n");
            readiness.accept(looked(KEPT, Plain.LEFT));
            assertThat(get(server, "/readyz")).isEqualTo("200 ok\n");
            assertThat(get(server, "/healthz")).isEqualTo("200 ok\n");
            alive[0] = false;
            assertThat(get(server, "/healthz")).isEqualTo("503 its thread has ended\n");
            assertThat(get(server, "/metrics")).startsWith("200 ").contains("prodstack_autoscale_leader 0.0");
        }
    }

    private static String get(ControllerServer server, String path) throws IOException {
        Request request = new Request.Builder()
                .url("http://localhost:" + server.address().getPort() + path)
                .build();
        try (Response answer = new OkHttpClient().newCall(request).execute()) {
            return answer.code() + " " + answer.body().string();
        }
    }
}
