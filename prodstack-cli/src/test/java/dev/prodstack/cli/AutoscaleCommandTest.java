package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
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
