package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutoscaleCommandTest {
    private static final String STACK = """
            name: shop
            services:
              web:
                image: web
                deploy: {resources: {reservations: {cpus: "0.5"}}}
                x-prodstack: {autoscale: {min: 1, max: 4, metrics: [{cpu: 50%}]}}
              db: {image: db}
            """;
    private static final String GOOD = "{\"id\":\"a\",\"now\":\"2026-11-23T10:00:00Z\",\"current\":9,"
            + "\"policy\":{\"min\":1,\"max\":4,\"metrics\":[{\"cpu\":\"50%\"}]}}";

    @TempDir
    Path directory;

    @Test
    void linesThatAreNoCasesAreNamedAndTheOthersDecided() {
        CommandRun.Outcome outcome =
                CommandRun.in(directory).input("{}\n" + GOOD + "\n\nnope\n").run("autoscale", "decide");
        assertThat(outcome.out().lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains(
                                "\"action\":\"scale\"",
                                "\"replicas\":4",
                                "TooManyReplicas",
                                "\"id\":\"a\"",
                                "\"line\":2"));
        assertThat(outcome.err()).contains("<stdin>:1: now is missing", "<stdin>:4: no JSON", "2 lines");
        assertThat(outcome.code()).isEqualTo(1);
    }

    @Test
    void aPolicyIsReplayedBesideAnother() throws Exception {
        CommandRun.Outcome outcome = CommandRun.in(directory)
                .file("compose.yaml", STACK)
                .file("other.yml", "min: 2\nmax: 4\nmetrics: [{cpu: 60%}]\n")
                .file("load.csv", "0,10\n600,40\n1200,10\n3600,10\n")
                .run(
                        "autoscale",
                        "simulate",
                        "web",
                        "--policy",
                        "other.yml",
                        "--trace",
                        "load.csv",
                        "--report",
                        "r.html");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).contains("web ", "other.yml ", "oracle ", "fixed min ", "fixed max ");
        assertThat(Files.readString(directory.resolve("r.html")))
                .contains("<svg", "</html>", "load.csv")
                .doesNotContain("http://", "https://", "<script", "NaN");
    }

    @Test
    void whereTheLoadComesFromHasToBeSaidOnce() throws Exception {
        CommandRun run = CommandRun.in(directory).file("compose.yaml", STACK);
        assertThat(run.run("autoscale", "simulate", "web"))
                .satisfies(outcome -> assertThat(outcome.err()).contains("a load is missing", "--from-prometheus"))
                .satisfies(outcome -> assertThat(outcome.code()).isEqualTo(2));
        assertThat(CommandRun.in(directory)
                        .run("autoscale", "simulate", "web", "--trace", "a", "--from-prometheus", "http://x")
                        .err())
                .contains("not from both");
        assertThat(CommandRun.in(directory)
                        .run("autoscale", "simulate", "web", "--from-prometheus", "http://x")
                        .err())
                .contains("--query is missing");
        assertThat(CommandRun.in(directory)
                        .run("autoscale", "simulate", "web", "--from-prometheus", "stack", "--query", "x")
                        .err())
                .contains("the stack's file names no Prometheus");
    }

    /** Twenty minutes, of which the third is not known: a stand-in for Prometheus answers. */
    @Test
    void aPolicyIsReplayedOnWhatPrometheusRecorded() throws Exception {
        HttpServer prometheus = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        prometheus.createContext("/api/v1/query_range", exchange -> {
            try (exchange) {
                String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                long start = (long) Double.parseDouble(form.replaceFirst(".*start=([0-9.E]+)&.*", "$1"));
                String values = IntStream.range(0, 20)
                        .filter(minute -> minute != 2)
                        .mapToObj(minute -> "[" + (start + 60L * minute) + ", \"" + (minute < 10 ? 10 : 40) + "\"]")
                        .collect(Collectors.joining(","));
                byte[] body = ("{\"status\": \"success\", \"data\": {\"resultType\": \"matrix\", \"result\": "
                                + "[{\"metric\": {}, \"values\": [" + values + "]}]}}")
                        .getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        prometheus.start();
        try {
            CommandRun.Outcome outcome = CommandRun.in(directory)
                    .file("compose.yaml", STACK)
                    .run(
                            "autoscale",
                            "simulate",
                            "web",
                            "--from-prometheus",
                            "http://127.0.0.1:" + prometheus.getAddress().getPort(),
                            "--query",
                            "sum(rate(requests[5m]))",
                            "--until",
                            "2026-11-23T10:00:00Z",
                            "--span",
                            "19m",
                            "-o",
                            "json");
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out()).contains("\"start\": \"2026-11-23T09:41:00Z\"", "\"mean\": 25", "\"peak\": 40");
        } finally {
            prometheus.stop(0);
        }
    }

    @Test
    void objectsStandBelowTheirWarnings() throws Exception {
        CommandRun.Outcome outcome =
                CommandRun.in(directory).file("compose.yaml", STACK).run("autoscale", "export", "--to", "hpa");
        assertThat(outcome.out()).startsWith("# warning: ").contains("\nkind: HorizontalPodAutoscaler\n");
        assertThat(outcome.code()).isZero();
    }

    @Test
    void aServiceWithoutAPolicyIsSaid() throws Exception {
        CommandRun.Outcome outcome =
                CommandRun.in(directory).file("compose.yaml", STACK).run("autoscale", "export", "--to", "keda", "db");
        assertThat(outcome.err()).contains("the service db has no scaling policy", "services with a policy: web");
        assertThat(outcome.code()).isEqualTo(2);
    }
}
