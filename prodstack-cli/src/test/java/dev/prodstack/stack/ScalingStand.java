package dev.prodstack.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prodstack.cli.LabVariable;
import dev.prodstack.core.cluster.ScalableService;
import dev.prodstack.core.cluster.ServiceTask;
import dev.prodstack.core.compose.ComposeFile;
import dev.prodstack.core.compose.ComposeSource;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.swarm.Connection;
import dev.prodstack.swarm.Swarm;
import dev.prodstack.swarm.progress.DeployOutcome.Ending;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The scaled part of the reference stack on a real engine such as {@code lab/swarm} brings up: nginx, backend, worker,
 * RabbitMQ, Prometheus and the node's agent, with the stack's images and configurations and small limits, and
 * {@code autoscale run} as a process beside them.
 */
final class ScalingStand {
    static final String NAME = "scaling";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path COMPOSE = Path.of("src/test/resources/dev/prodstack/stack/scaling/compose.yml");
    private static final String PASSWORD = "scaled-and-sound";

    private final Path directory;
    private final String host;
    private final String registry;
    private final String node;
    private final Swarm swarm;
    private final HttpClient client;
    private final List<Process> autoscalers = new ArrayList<>();

    ScalingStand(Path directory) throws Exception {
        this.directory = directory;
        host = LabVariable.of("PRODSTACK_TEST_DOCKER_HOST");
        registry = LabVariable.of("PRODSTACK_TEST_REGISTRY");
        node = registry.replaceFirst("\\.1:.*", ".11");
        swarm = Swarm.connect(Connection.fromEnvironment().to(host));
        makeSecrets();
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(Trust.in(directory.resolve("tls_certificate")))
                .build();
    }

    private void makeSecrets() throws IOException {
        Files.writeString(directory.resolve("rabbitmq_password"), PASSWORD);
        Programs.Ended made = Programs.run(
                Programs.find("openssl", "openssl"),
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=shop.example",
                "-addext",
                "subjectAltName=IP:" + node,
                "-keyout",
                directory.resolve("tls_key").toString(),
                "-out",
                directory.resolve("tls_certificate").toString());
        assertThat(made.code()).as(made.output()).isZero();
    }

    /** Builds the images, or finds them built, and deploys. */
    void up() throws IOException {
        Path images = images();
        Programs.Ended built = Programs.run(
                ROOT,
                List.of(
                        ROOT.resolve("stack/images/build").toString(),
                        "--push",
                        registry,
                        "--env-file",
                        images.toString(),
                        "backend",
                        "worker",
                        "rabbitmq",
                        "nginx",
                        "prometheus",
                        "agent"),
                Map.of("DOCKER_HOST", host),
                Duration.ofMinutes(15));
        assertThat(built.code()).as(built.output()).isZero();
        deploy(Map.of());
    }

    private Path images() {
        return directory.resolve("images.env");
    }

    /** Deploys with these values for the policy's variables. */
    void deploy(Map<String, String> policy) throws IOException {
        Map<String, String> environment = new HashMap<>(policy);
        environment.put("NODE", node);
        environment.put("ENGINE_SOCKET", host.replaceFirst("^unix://", ""));
        environment.put("STACK", ROOT.resolve("stack").toString());
        environment.put("SECRETS", directory.toString());
        Stack stack = ComposeFile.load(ComposeSource.of(COMPOSE)
                        .named(NAME)
                        .withEnvFiles(List.of(images()))
                        .withEnvironment(environment))
                .stack();
        assertThat(swarm.apply(swarm.plan(stack), event -> {}).ending()).isEqualTo(Ending.DONE);
    }

    /** A running autoscaler, with the lines it printed. */
    record Autoscaling(Process process, Path out) {
        List<JsonNode> lines() {
            try (Stream<String> lines = Files.lines(out)) {
                List<JsonNode> read = new ArrayList<>();
                // The last line may be half there.
                for (String line : lines.filter(its -> its.endsWith("}")).toList()) {
                    read.add(JSON.readTree(line));
                }
                return read;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        /** The decisions about a service, in their order. */
        List<JsonNode> decisions(String service) {
            return lines().stream()
                    .filter(line -> line.path("service").asText().equals(service))
                    .toList();
        }

        /** The moves of a service, in their order. */
        List<JsonNode> moves(String service) {
            return decisions(service).stream()
                    .filter(line -> line.path("outcome").asText().equals("Scaled"))
                    .toList();
        }
    }

    /** Starts {@code prodstack autoscale run}. */
    Autoscaling autoscale() throws IOException {
        Path out = Files.createTempFile(directory, "autoscaler", ".jsonl");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.prodstack.cli.Main",
                        "autoscale",
                        "run",
                        "-n",
                        NAME,
                        "-H",
                        host,
                        "--secrets",
                        directory.toString(),
                        "--listen",
                        "127.0.0.1:0",
                        "--every-decision")
                .redirectOutput(out.toFile())
                .redirectError(directory.resolve("autoscaler.err").toFile())
                .start();
        autoscalers.add(process);
        return new Autoscaling(process, out);
    }

    /** How many replicas a service is set to. */
    int wanted(String service) {
        return service(service).replicas();
    }

    /** How many of its tasks run, and are healthy. */
    int running(String service) {
        return (int) service(service).tasks().stream()
                .filter(task -> task.state() == ServiceTask.State.RUNNING)
                .count();
    }

    private ScalableService service(String name) {
        return Optional.ofNullable(swarm.scalableServices().read(NAME).get(name))
                .orElseThrow();
    }

    /** Sets a service to a count, as an operator would. */
    void set(String service, int replicas) {
        docker("service", "scale", "--detach", NAME + "_" + service + "=" + replicas);
    }

    String docker(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        Programs.Ended ended = Programs.run(ROOT, command, Map.of("DOCKER_HOST", host), Duration.ofMinutes(3));
        assertThat(ended.code()).as("%s: %s", command, ended.output()).isZero();
        return ended.output();
    }

    LoadGenerator load() {
        return new LoadGenerator(client, URI.create("https://" + node));
    }

    /** Lets the backend publish jobs that take their time. */
    void publish(int count, double seconds) throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(
                                URI.create("https://" + node + "/api/demo/jobs?count=" + count + "&seconds=" + seconds))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    /** Writes down, until the process is ended, how each container of a service ends: its exit code, one a line. */
    Process watchEnds(String service, Path codes) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        "docker",
                        "events",
                        "--filter",
                        "type=container",
                        "--filter",
                        "event=die",
                        "--filter",
                        "label=com.docker.swarm.service.name=" + NAME + "_" + service,
                        "--format",
                        "{{.Actor.Attributes.exitCode}}")
                .redirectErrorStream(true)
                .redirectOutput(codes.toFile());
        builder.environment().put("DOCKER_HOST", host);
        return builder.start();
    }

    /** What RabbitMQ tells of the workers' queue; nothing while it does not answer. */
    JsonNode queue() throws Exception {
        String login = Base64.getEncoder().encodeToString(("shop:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://" + node + ":15672/api/queues/%2F/celery"))
                                .header("Authorization", "Basic " + login)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return JSON.readTree(answer.body());
    }

    /** Ends the autoscalers and removes the stack. */
    void down() throws Exception {
        for (Process process : autoscalers) {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
        assertThat(swarm.apply(swarm.planRemoval(NAME), event -> {}).ending()).isEqualTo(Ending.DONE);
        swarm.close();
    }
}
