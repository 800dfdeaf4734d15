package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A Prometheus that measures nothing, and evaluates what it is asked. */
final class LivePrometheus implements AutoCloseable {
    private final Process process;
    private final String address;

    private LivePrometheus(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /** Starts it, and waits until it is ready. */
    static LivePrometheus start(Path directory) throws IOException, InterruptedException {
        String address = "127.0.0.1:" + LiveEndpoint.freePort();
        Path configuration = Files.writeString(directory.resolve("prometheus.yml"), "global: {}\n");
        Path log = directory.resolve("prometheus.log");
        Process process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + directory.resolve("prometheus"),
                        "--web.listen-address=" + address)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        LivePrometheus started = new LivePrometheus(process, address);
        for (int i = 0; i < 300 && !started.ready(); i++) {
            assertThat(process.isAlive()).as(() -> "see " + log).isTrue();
            Thread.sleep(100);
        }
        return started;
    }

    private boolean ready() throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url() + "/-/ready")).build();
        try {
            return HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Where it answers. */
    String url() {
        return "http://" + address;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
        process.destroyForcibly();
    }
}
