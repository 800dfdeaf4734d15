package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Load on a small stack of a real engine: an HTTP server of two tasks, and this machine's Redis in an image. */
@Tag("engine")
@Timeout(600)
class RealLoadcheckTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LIBRARY = Pattern.compile("(/\\S+)\\s+\\(0x");

    private static final String STACK = """
            name: NAME
            x-common: &common
              image: IMAGE
              init: true
              stop_grace_period: 1s
              networks: [core]
            services:
              backend:
                <<: *common
                entrypoint: [sh, -c, "mkdir -p /www && echo hello > /www/index.html && exec httpd -f -p 8000 -h /www"]
                deploy: {replicas: 2, endpoint_mode: dnsrr, resources: {limits: {cpus: "0.5"}}}
              redis:
                <<: *common
                entrypoint: [redis-server, --save, "", --protected-mode, "no"]
                deploy: {endpoint_mode: dnsrr}
            networks: {core: {driver: overlay}}
            """;

    private final String name = "load" + Long.toString(System.nanoTime(), 36);

    @TempDir
    private Path directory = Path.of("");

    private String host = "";
    private String image = "";

    @BeforeEach
    void up() throws Exception {
        String base = LabVariable.of("PRODSTACK_TEST_IMAGE");
        host = LabVariable.of("PRODSTACK_TEST_DOCKER_HOST");
        String jobs = JobImage.build(directory, host, base, LabVariable.of("PRODSTACK_TEST_REGISTRY"));
        image = jobs + "-load";
        Path context = Files.createDirectories(directory.resolve("programs"));
        for (String program : List.of("wrk", "redis-server", "redis-cli", "redis-benchmark")) {
            Path found = Stream.of(System.getenv("PATH").split(":", -1))
                    .map(place -> Path.of(place, program))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("needs " + program + ", which ./verify installs"));
            copy(found, context.resolve("root/bin").resolve(program));
            Matcher library = LIBRARY.matcher(JobImage.run("ldd", found.toString()));
            while (library.find()) {
                copy(Path.of(library.group(1)), context.resolve("root" + library.group(1)));
            }
        }
        Files.writeString(context.resolve("Dockerfile"), "FROM " + jobs + "\nCOPY root /\n");
        JobImage.run("docker", "-H", host, "build", "-q", "-t", image, context.toString());
        JobImage.run("docker", "-H", host, "push", "-q", image);
        Files.writeString(
                directory.resolve("compose.yaml"), STACK.replace("NAME", name).replace("IMAGE", image));
        CommandRun.Outcome deployed = prodstack("deploy");
        assertThat(deployed.code()).as(deployed.err()).isZero();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.resolveSibling("."));
        if (!Files.exists(to)) {
            Files.copy(from.toRealPath(), to);
        }
    }

    @AfterEach
    void down() throws Exception {
        if (!image.isEmpty()) {
            prodstack("rm", "--confirm", name);
            docker("image", "rm", "--force", image, image.replaceFirst("-load$", ""));
        }
    }

    private CommandRun.Outcome prodstack(String... arguments) {
        return CommandRun.in(directory)
                .env("DOCKER_HOST", host)
                .env("PRODSTACK_IMAGE", image)
                .run(arguments);
    }

    private String docker(String... arguments) throws IOException, InterruptedException {
        String[] command = Stream.concat(Stream.of("docker", "-H", host), Stream.of(arguments))
                .toArray(String[]::new);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said.strip();
    }

    private String redis(String... command) throws IOException, InterruptedException {
        String container = docker("ps", "-q", "-f", "label=com.docker.swarm.service.name=" + name + "_redis");
        return docker(Stream.concat(
                        Stream.of("exec", container.lines().findFirst().orElse("none"), "redis-cli"),
                        Stream.of(command))
                .toArray(String[]::new));
    }

    private String jobs() throws IOException, InterruptedException {
        return docker("service", "ls", "-q", "-f", "label=dev.prodstack.run=" + name);
    }

    private static String[] check(String only, String... more) {
        return Stream.concat(
                        Stream.of(
                                "loadcheck",
                                "--only",
                                only,
                                "--set",
                                "backend.target=http:8000/index.html",
                                "--set",
                                "redis.secret=",
                                "--promise",
                                "redis=100"),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    @Test
    void measuresHoldsAgainstPromisesAndLeavesNothing() throws Exception {
        CommandRun.Outcome held =
                prodstack(check("backend,redis", "--promise", "backend=1", "--for", "2s", "-o", "json"));

        assertThat(held.code()).as(held.err() + held.out()).isZero();
        JsonNode checks = JSON.readTree(held.out()).path("checks");
        assertThat(checks.findValuesAsText("check")).containsExactly("redis", "backend");
        assertThat(checks.findValuesAsText("result")).containsOnly("held");
        assertThat(checks.path(1).path("measured").asDouble()).isGreaterThan(1);
        assertThat(checks.path(1).path("detail").asText()).contains("to 2 tasks");
        assertThat(checks.path(1).path("shares").asText()).contains("2 of 2 backend, limit 0.5 CPU");
        assertThat(redis("dbsize")).isEqualTo("0");
        assertThat(redis("info", "commandstats")).contains("cmdstat_set:", "cmdstat_get:");
        assertThat(jobs()).isEmpty();

        CommandRun.Outcome missed = prodstack(check("backend", "--promise", "backend=100000000", "--for", "1s"));
        assertThat(missed.code()).isEqualTo(9);
        assertThat(missed.out()).contains("missed");

        CommandRun.Outcome refused = prodstack(
                check("backend", "--promise", "backend=1", "--for", "1s", "--set", "backend.target=http:8000/none"));
        assertThat(refused.code()).as("answers of 404 are failures").isEqualTo(9);
        CommandRun.Outcome unknown = prodstack(check("backend", "--for", "1s", "--set", "backend.target=http:8001/"));
        assertThat(unknown.code()).as(unknown.out()).isEqualTo(1);
        assertThat(unknown.out()).contains("not measured: wrk failed");
    }

    @Test
    void anInterruptionRemovesWhatItLeft() throws Exception {
        // There is work for as long as the promise would take, and for longer if it is not held.
        String[] endless = Stream.of(check("redis", "--for", "10m", "--image", image))
                .map(word -> word.replace("redis=100", "redis=100000"))
                .toArray(String[]::new);
        LiveProcess running = LiveProcess.start(directory, host, endless);
        for (int i = 0; i < 1200 && !redis("dbsize").matches("[1-9]\\d*"); i++) {
            assertThat(running.endsWithin(50)).isFalse();
        }
        assertThat(redis("dbsize")).matches("[1-9]\\d*");

        running.interrupt();
        assertThat(running.ended().code()).isEqualTo(130);
        assertThat(jobs()).isEmpty();
        for (int i = 0; i < 300 && !redis("dbsize").equals("0"); i++) {
            Thread.sleep(100);
        }
        assertThat(redis("dbsize")).as("long before the keys expire").isEqualTo("0");
    }
}
