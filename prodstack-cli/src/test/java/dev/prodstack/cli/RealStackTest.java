package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands that go with a deploy, on one small stack on a real engine, such as {@code lab/swarm} brings up. */
@Tag("engine")
@Timeout(300)
class RealStackTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = "correct horse battery staple";
    private static final String TOKEN = "a token that was given in a file";
    private static final String STACK = """
            name: NAME
            services:
              web:
                image: IMAGE
                command: [sh, -c, "mkdir -p /tmp/w && cp /site /tmp/w/index.html && exec httpd -f -p 8080 -h /tmp/w"]
                stop_grace_period: 1s
                healthcheck:
                  test: [CMD, wget, -q, -O, /dev/null, "http://127.0.0.1:8080/"]
                  interval: 1s
                  timeout: 1s
                  retries: 3
                environment: {VERSION: "${VERSION:-1}"}
                configs: [{source: site, target: /site}, notes]
                secrets: [password, token]
                volumes: MOUNTS
                ports: [{target: 8080, published: 18080, mode: host}]
                deploy:
                  endpoint_mode: dnsrr
                  update_config: {order: stop-first, monitor: 3s}
            configs:
              site: {external: true, name: NAME-site}
              notes: {content: "twelve bytes"}
            secrets:
              password: {file: ./password}
              token: {external: true, name: NAME-token}
            volumes: VOLUMES
            """;

    @TempDir
    private Path directory = Path.of("");

    private final String name = "t" + Long.toString(System.nanoTime(), 36);
    private final StringBuilder said = new StringBuilder();
    private final List<String> relayed = Collections.synchronizedList(new ArrayList<>());
    private HttpServer relay;
    private String host = "";
    private String image = "";

    @BeforeEach
    void findTheEngine() throws IOException {
        host = LabVariable.of("PRODSTACK_TEST_DOCKER_HOST");
        image = LabVariable.of("PRODSTACK_TEST_IMAGE");
        privately("password", PASSWORD);
        privately("token", TOKEN);
        Files.writeString(directory.resolve("site.html"), "<h1>${TITLE}</h1> ${host} $1\n");
        write("[\"data:/data\"]", "{data: {}}");
        relay = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        relay.createContext("/api/7/envelope/", exchange -> {
            relayed.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        relay.start();
    }

    @AfterEach
    void removeEverything() throws Exception {
        if (relay == null) {
            return;
        }
        relay.stop(0);
        prodstack("rm", "--confirm", name);
        docker("container", "rm", "--force", name + "-holder");
        docker("config", "rm", name + "-site");
        docker("secret", "rm", name + "-token");
        for (int i = 0;
                i < 60 && docker("volume", "ls", "-q", "-f", "name=" + name).contains(name);
                i++) {
            docker("volume", "rm", name + "_data");
            Thread.sleep(500);
        }
    }

    private void privately(String file, String content) throws IOException {
        Path path = Files.writeString(directory.resolve(file), content);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    }

    private void write(String mounts, String volumes) throws IOException {
        Files.writeString(
                directory.resolve("compose.yaml"),
                STACK.replace("NAME", name)
                        .replace("IMAGE", image)
                        .replace("MOUNTS", mounts)
                        .replace("VOLUMES", volumes));
    }

    /** Runs a command; all it says is kept. */
    private CommandRun.Outcome prodstack(String... arguments) {
        CommandRun.Outcome outcome = CommandRun.in(directory)
                .env("DOCKER_HOST", host)
                .env("TITLE", "Tea")
                .env(
                        "PRODSTACK_RELAY_DSN",
                        "http://key@127.0.0.1:" + relay.getAddress().getPort() + "/7")
                .run(arguments);
        said.append(outcome.out()).append(outcome.err());
        return outcome;
    }

    private void succeeds(String... arguments) {
        CommandRun.Outcome outcome = prodstack(arguments);
        assertThat(outcome.code()).as(outcome.out() + outcome.err()).isZero();
    }

    private void fails(int code, String message, String... arguments) {
        CommandRun.Outcome outcome = prodstack(arguments);
        assertThat(outcome.out() + outcome.err()).contains(message);
        assertThat(outcome.code()).isEqualTo(code);
    }

    /** What Docker's own command prints, or that it failed. */
    private String docker(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("docker", "--host", host));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream output = process.getInputStream()) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aStackFromItsFirstConfigToItsLastVolume() throws Exception {
        configsComeFromTemplates();
        secretsComeFromFilesOrChance();
        aDeployTellsWhatItStoresAndServes();
        aVolumeGoesOnlyByItsName();
        theTrailHasEveryChange();
        noSecretWasSaidOrStoredInTheOpen();
    }

    private void configsComeFromTemplates() throws Exception {
        fails(1, "prodstack init-configs --from " + name + "-site=FILE", "deploy");
        fails(1, "no template for " + name + "-site; nothing was created", "init-configs");
        fails(2, "the stack has no external config nosuch", "init-configs", "--from", "nosuch=site.html");
        succeeds("init-configs", "--dry-run", "--from", name + "-site=site.html");
        assertThat(docker("config", "ls")).doesNotContain(name + "-site");

        succeeds("init-configs", "--from", name + "-site=site.html");

        assertThat(docker("config", "inspect", "--format", "{{printf \"%s\" .Spec.Data}}", name + "-site"))
                .startsWith("<h1>Tea</h1> ${host} $1");
        assertThat(prodstack("init-configs", "-o", "json").out()).contains("exists, kept");
    }

    private void secretsComeFromFilesOrChance() {
        fails(1, "prodstack init-secrets", "deploy");
        assertThat(prodstack("init-secrets", "--dry-run", "--from-directory", ".")
                        .out())
                .as("by its key in the file, or its name in the cluster")
                .contains("would be created, from its file");
        succeeds("init-secrets", "--from", name + "-token=token");
        assertThat(prodstack("init-secrets").out()).contains("exists, kept");
    }

    private void aDeployTellsWhatItStoresAndServes() throws Exception {
        JsonNode plan = JSON.readTree(prodstack("plan", "-o", "json").out());
        assertThat(plan.path("storedBytes").asInt()).isEqualTo(12);
        assertThat(plan.path("obstacles")).isEmpty();
        succeeds("deploy");
        succeeds("health-check");
        succeeds("health-check", "-o", "json");
        String page = "http://" + address() + ":18080/";
        succeeds("health-check", "--url", page);
        fails(1, "404", "health-check", "--url", page + "missing");
        succeeds("status", "-o", "json");
        succeeds("logs");
        succeeds("doctor", "-o", "json");
        succeeds("config");
    }

    /** That of the lab's first node, beside its registry. */
    private static String address() {
        return LabVariable.of("PRODSTACK_TEST_REGISTRY").replaceFirst("\\.1:.*", ".11");
    }

    private void aVolumeGoesOnlyByItsName() throws Exception {
        fails(1, "it is still in the file", "plan", "--prune-volume", "data");
        write("[]", "{}");
        succeeds("deploy", "--prune");
        assertThat(docker("volume", "ls", "--quiet")).contains(name + "_data");

        docker("container", "create", "--name", name + "-holder", "--volume", name + "_data:/held", image);
        fails(1, "volume " + name + "_data cannot be removed", "deploy", "--prune-volume", "data");
        JsonNode releases = JSON.readTree(prodstack("releases", "-o", "json").out());
        assertThat(releases.get(releases.size() - 1).path("outcome").asText())
                .as("what runs is what was wanted")
                .isEqualTo("done");
        docker("container", "rm", name + "-holder");

        succeeds("deploy", "--prune-volume", "data");

        assertThat(docker("volume", "ls", "--quiet")).doesNotContain(name + "_data");
        fails(1, "no such volume of the stack", "plan", "--prune-volume", "data");
    }

    private void theTrailHasEveryChange() throws Exception {
        succeeds("restart", "web");
        succeeds("audit", "-n", name);
        List<JsonNode> entries = new ArrayList<>();
        for (String line : prodstack("audit", "-n", name, "-o", "json").out().split("\n", -1)) {
            if (!line.isEmpty()) {
                entries.add(JSON.readTree(line));
            }
        }
        assertThat(entries)
                .extracting(entry -> entry.path("command").asText())
                .containsExactly("init-configs", "init-secrets", "deploy", "deploy", "deploy", "deploy", "restart");
        assertThat(entries)
                .extracting(entry -> entry.path("outcome").asText())
                .containsExactly("done", "done", "done", "done", "failed", "done", "done");
        assertThat(relayed).hasSameSizeAs(entries);
        for (int i = 0; i < relayed.size(); i++) {
            JsonNode event = JSON.readTree(relayed.get(i).lines().toList().get(2));
            assertThat(event.path("event_id")).isEqualTo(entries.get(i).path("id"));
            assertThat(event.path("message").path("formatted").asText())
                    .startsWith(entries.get(i).path("command").asText() + " of " + name + ": "
                            + entries.get(i).path("outcome").asText());
        }
    }

    private void noSecretWasSaidOrStoredInTheOpen() throws Exception {
        StringBuilder open = new StringBuilder(said);
        relayed.forEach(open::append);
        for (String kind : List.of("config", "secret", "service")) {
            String[] ids = docker(kind, "ls", "--quiet").strip().split("\\s+");
            List<String> inspect = new ArrayList<>(List.of(kind, "inspect"));
            inspect.addAll(List.of(ids));
            open.append(docker(inspect.toArray(String[]::new)));
        }
        String encodedPassword = Base64.getEncoder().encodeToString(PASSWORD.getBytes(StandardCharsets.UTF_8));
        assertThat(open.toString())
                .contains(name + "-token")
                .doesNotContain(PASSWORD)
                .doesNotContain(TOKEN)
                .doesNotContain(encodedPassword);
    }
}
