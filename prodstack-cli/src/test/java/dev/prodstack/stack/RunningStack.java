package dev.prodstack.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The reference stack as {@code ./quickstart} brings it up, in a lab of its own. It is changed with the real
 * {@code ./prodstack}, and looked at from outside: with Docker's own command, through nginx, and by asking Prometheus.
 */
final class RunningStack {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration DEADLINE = Duration.ofMinutes(20);

    private final Path lab;
    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();
    private Optional<HttpClient> client = Optional.empty();
    private String address = "";
    private String registry = "";

    /**
     * Starts nothing yet.
     *
     * @param lab where the lab will live; images take gigabytes, and the path of a socket may not be long
     * @param directory for certificate and names of images
     */
    RunningStack(Path lab, Path directory) {
        this.lab = lab;
        this.directory = directory;
        environment.put("PRODSTACK_LAB_STATE", lab.toString());
        environment.put("PRODSTACK_QUICKSTART_DIR", directory.toString());
    }

    /** Runs {@code ./quickstart}. */
    Programs.Ended quickstart(String... options) {
        List<String> command =
                new ArrayList<>(List.of(ROOT.resolve("quickstart").toString()));
        command.addAll(List.of(options));
        return Programs.run(ROOT, command, environment, DEADLINE);
    }

    /** Learns where the stack is that quickstart has brought up. */
    void found() throws Exception {
        Programs.Ended told = Programs.run(
                ROOT, List.of(ROOT.resolve("lab/swarm").toString(), "env"), environment, Duration.ofMinutes(1));
        for (String line : told.output().lines().toList()) {
            String[] parts = line.replaceFirst("^export ", "").split("=", 2);
            switch (parts[0]) {
                case "PRODSTACK_TEST_DOCKER_HOST" -> environment.put("DOCKER_HOST", parts[1]);
                case "PRODSTACK_TEST_REGISTRY" -> registry = parts[1];
                default -> assertThat(parts).hasSize(2);
            }
        }
        address = registry.replaceFirst("\\.1:.*", ".11");
        client = Optional.of(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(Trust.in(directory.resolve("certificate.pem")))
                .build());
    }

    /** Runs {@code ./prodstack} on the files that quickstart takes, and these over them. */
    Programs.Ended prodstack(List<String> arguments, List<Path> overlays) {
        List<String> command = new ArrayList<>(List.of(ROOT.resolve("prodstack").toString()));
        command.addAll(arguments);
        for (String name : List.of("prod", "ops", "single-node")) {
            command.addAll(List.of("-f", "stack/docker-compose." + name + ".yml"));
        }
        overlays.forEach(overlay -> command.addAll(List.of("-f", overlay.toString())));
        Path own = ROOT.resolve("stack/.env.prod");
        command.addAll(List.of(
                "--env-file",
                Files.exists(own) ? own.toString() : "stack/.env.prod.template",
                "--env-file",
                directory.resolve("images.env").toString()));
        return Programs.run(ROOT, command, environment, DEADLINE);
    }

    /** What Docker's own command prints; it must succeed. */
    String docker(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        Programs.Ended ended = Programs.run(ROOT, command, environment, Duration.ofMinutes(3));
        assertThat(ended.code()).as("%s: %s", command, ended.output()).isZero();
        return ended.output();
    }

    /** The running containers of each service, without the stack's name. */
    Map<String, Set<String>> containers() {
        Map<String, Set<String>> found = new TreeMap<>();
        docker("ps", "--no-trunc", "--format", "{{.Label \"com.docker.swarm.service.name\"}} {{.ID}}")
                .lines()
                .filter(line -> line.startsWith("shop_"))
                .map(line -> line.substring("shop_".length()).split(" ", 2))
                .forEach(line ->
                        found.computeIfAbsent(line[0], any -> new TreeSet<>()).add(line[1]));
        return found;
    }

    /** A running container of a service. */
    String container(String service) {
        return Optional.ofNullable(containers().get(service))
                .orElseThrow()
                .iterator()
                .next();
    }

    /** What a command prints in a container of a service. */
    String inside(String service, String... command) {
        List<String> arguments = new ArrayList<>(List.of("exec", container(service)));
        arguments.addAll(List.of(command));
        return docker(arguments.toArray(String[]::new));
    }

    /** Where a path is, through nginx. */
    URI uri(String path) {
        return URI.create("https://" + address + path);
    }

    String address() {
        return address;
    }

    String registry() {
        return registry;
    }

    Path lab() {
        return lab;
    }

    /** A client that trusts the stack's certificate. */
    HttpClient client() {
        return client.orElseThrow();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client().send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** What Prometheus answers at a path of its API. */
    JsonNode prometheus(String path) {
        String answer = inside("prometheus", "wget", "-q", "-O", "-", "http://127.0.0.1:9090/api/v1/" + path);
        try {
            return JSON.readTree(answer).path("data");
        } catch (IOException e) {
            throw new AssertionError(path + ": " + answer, e);
        }
    }

    /** The values Prometheus has for a query now, but those that are no numbers. */
    List<String> values(String query) {
        List<String> values = new ArrayList<>();
        prometheus("query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
                .path("result")
                .forEach(series -> values.add(series.path("value").path(1).asText()));
        values.remove("NaN");
        return values;
    }

    /** Clients that ask for the page and for the API all the time. */
    Hammer hammer() {
        return new Hammer(client(), List.of(uri("/"), uri("/api/products"), uri("/api/info")));
    }
}
