package dev.prodstack.backup.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prodstack.backup.http.HttpServer;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.server.Origin;
import dev.prodstack.backup.server.RunningServer;
import dev.prodstack.backup.server.Server;
import dev.prodstack.backup.server.StoredPart;
import dev.prodstack.backup.storage.DirectoryStorage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus that scrapes itself, and back. */
@Tag("engine")
@Timeout(180)
class PrometheusTest {
    private static final Origin ORIGIN = new Origin("shop", "prometheus", "prometheus", "b1");

    @TempDir
    Path directory;

    private final int port = RunningServer.freePort();
    private final PrometheusServer prometheus = new PrometheusServer(new Server("127.0.0.1", port), Optional.empty());

    private RunningServer start(Path data, String... more) throws Exception {
        Path settings = Files.writeString(
                directory.resolve("prometheus.yml"),
                "scrape_configs:\n  - job_name: itself\n    scrape_interval: 200ms\n    scrape_timeout: 200ms\n"
                        + "    static_configs:\n      - targets: ['127.0.0.1:" + port + "']\n");
        List<String> command = new ArrayList<>(List.of(
                RunningServer.program("/usr/bin/prometheus", "prometheus"),
                "--config.file=" + settings,
                "--storage.tsdb.path=" + data,
                "--web.listen-address=127.0.0.1:" + port));
        command.addAll(List.of(more));
        RunningServer server = RunningServer.start(directory, Map.of(), command);
        server.awaitPort(port);
        awaitReady(server);
        return server;
    }

    /** It answers before it has read its log: with 503. */
    private void awaitReady(RunningServer server) throws Exception {
        HttpRequest ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/-/ready"))
                .build();
        int status = 0;
        for (int i = 0; i < 600 && status != 200; i++) {
            status = HttpClient.newHttpClient()
                    .send(ready, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            Thread.sleep(status == 200 ? 0 : 100);
        }
        assertThat(status).as(server::said).isEqualTo(200);
    }

    /** The samples of a span, as text. */
    private String samples(double from, double to) throws Exception {
        String query = "/api/v1/query_range?query=up&step=0.2&start=" + from + "&end=" + to;
        JsonNode answer = new ObjectMapper()
                .readTree(new HttpServer("Prometheus", prometheus.server(), Optional.empty())
                        .ask("read samples", "GET", query, new byte[0]));
        return answer.path("data").path("result").path(0).path("values").toString();
    }

    @Test
    void samplesComeBack() throws Exception {
        Path data = directory.resolve("data");
        try (Repository repository =
                Repository.init(DirectoryStorage.at(directory.resolve("repository")), "secret".toCharArray())) {
            double from;
            double to;
            String before;
            try (RunningServer server = start(data, "--web.enable-admin-api")) {
                from = System.currentTimeMillis() / 1000.0 + 5;
                to = from + 2;
                while (System.currentTimeMillis() / 1000.0 < to + 1) {
                    Thread.sleep(100);
                }
                before = samples(from, to);
                assertThat(before).as(server::said).contains("\"1\"");
                StoredPart part = PrometheusBackup.of(prometheus, data).to(repository, ORIGIN);
                assertThat(part.facts()).containsEntry("blocks", "1");
                assertThat(data.resolve("snapshots")).isEmptyDirectory();
                assertThatThrownBy(() -> PrometheusBackup.of(prometheus, directory.resolve("elsewhere"))
                                .to(repository, ORIGIN))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("is its data directory");
            }
            Path other = directory.resolve("other");
            Files.createDirectories(other.resolve("wal"));
            Files.writeString(other.resolve("wal/00000000"), "rubbish");
            PrometheusRestore.of(repository, repository.snapshots().get(0)).into(other);
            try (RunningServer server = start(other)) {
                assertThat(samples(from, to)).as(server::said).isEqualTo(before);
                assertThatThrownBy(() -> PrometheusBackup.of(prometheus, other).to(repository, ORIGIN))
                        .hasMessageContaining("cannot take a snapshot (it needs --web.enable-admin-api)");
            }
        }
    }
}
