package dev.prodstack.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real Alertmanager with the stack's configuration and arguments, and a receiver that takes Slack's place. */
@Tag("engine")
@Timeout(120)
class AlertmanagerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
    private final int port = Nginx.freePort();
    private final Path directory;
    private final HttpServer slack;
    private final Process alertmanager;

    AlertmanagerTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        slack = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        slack.createContext("/", exchange -> {
            try (exchange) {
                received.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
                exchange.sendResponseHeaders(200, -1);
            }
        });
        slack.start();
        Files.writeString(
                directory.resolve("alertmanager_slack_url"),
                "http://127.0.0.1:" + slack.getAddress().getPort() + "/hook\n");
        Files.copy(StackFiles.DIRECTORY.resolve("alertmanager/messages.tmpl"), directory.resolve("messages.tmpl"));
        Files.writeString(
                directory.resolve("alertmanager.yml"),
                asSwarmFillsItIn()
                        .replace("/run/secrets/", directory + "/")
                        .replaceAll("group_wait: \\d+s", "group_wait: 1s"));
        alertmanager = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }

    /** The configuration with what Swarm takes from the service's environment. */
    static String asSwarmFillsItIn() {
        Map<String, Optional<String>> environment =
                StackFiles.OPERATED.service("alertmanager").environment();
        return Pattern.compile("\\{\\{ env \"(\\w+)\" }}")
                .matcher(StackFiles.text("alertmanager/alertmanager.yml"))
                .replaceAll(found -> environment
                        .getOrDefault(found.group(1), Optional.empty())
                        .orElseThrow());
    }

    private List<String> command() {
        return Stream.of(
                        Stream.of(Programs.find("prometheus-alertmanager", "prometheus-alertmanager")),
                        StackFiles.OPERATED.service("alertmanager").process().command().orElseThrow().stream()
                                .map(word -> word.replace("/etc/alertmanager/", directory + "/")
                                        .replace("=/alertmanager", "=" + directory + "/data")),
                        Stream.of("--web.listen-address=127.0.0.1:" + port))
                .flatMap(words -> words)
                .toList();
    }

    @BeforeEach
    void awaitStart() throws Exception {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30); System.nanoTime() < end; Thread.sleep(50)) {
            assertThat(alertmanager.isAlive()).as(() -> said()).isTrue();
            try {
                if (ask("/-/ready", HttpRequest.BodyPublishers.noBody(), "GET").statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not yet.
            }
        }
        throw new AssertionError("Alertmanager is not ready; it said: " + said());
    }

    @AfterEach
    void stop() {
        alertmanager.destroy();
        alertmanager.onExit().orTimeout(30, TimeUnit.SECONDS).join();
        slack.stop(0);
    }

    private String said() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private HttpResponse<String> ask(String path, HttpRequest.BodyPublisher body, String method) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private void raise(String alert, String severity) throws Exception {
        String body = """
                [{"labels": {"alertname": "%s", "severity": "%s", "service": "backend", "cluster": "shop"},
                  "annotations": {"summary": "10%% of the requests fail", "description": "For five minutes."}}]""".formatted(alert, severity);
        assertThat(ask("/api/v2/alerts", HttpRequest.BodyPublishers.ofString(body), "POST")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void slackIsToldWhatIsWrongAndWhereToLook() throws Exception {
        raise("ErrorRateRaised", "warning");

        JsonNode message =
                Optional.ofNullable(received.poll(60, TimeUnit.SECONDS)).orElseThrow();
        assertThat(message.path("channel").asText()).isEqualTo("#alerts");
        JsonNode attachment = message.path("attachments").path(0);
        assertThat(attachment.path("title").asText()).startsWith("[FIRING:1] shop backend");
        assertThat(attachment.path("text").asText())
                .isEqualTo("*warning*: 10% of the requests fail\nFor five minutes.\n");
        assertThat(attachment.path("title_link").asText())
                .isEqualTo("https://shop.example/grafana/d/prodstack-overview");
    }

    @Test
    void whatIsCriticalSilencesTheWarningAboutTheSame() throws Exception {
        raise("ErrorRateHigh", "critical");
        raise("ErrorRateRaised", "warning");

        JsonNode message =
                Optional.ofNullable(received.poll(60, TimeUnit.SECONDS)).orElseThrow();
        assertThat(message.toString()).contains("*critical*").doesNotContain("*warning*");
        JsonNode alerts = JSON.readTree(
                ask("/api/v2/alerts?inhibited=true&active=false", HttpRequest.BodyPublishers.noBody(), "GET")
                        .body());
        assertThat(alerts.findValuesAsText("alertname")).containsExactly("ErrorRateRaised");
    }
}
