package dev.prodstack.cli;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a command that runs on answers Prometheus. */
final class LiveEndpoint {
    private LiveEndpoint() {}

    /** A port that nobody listens at. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** A metric's first value, not a number where there is none. */
    static double metric(int port, String name) throws InterruptedException {
        Matcher found = Pattern.compile("^" + name + "\\{[^}]*} (\\S+)$", Pattern.MULTILINE)
                .matcher(metrics(port));
        return found.find() ? Double.parseDouble(found.group(1)) : Double.NaN;
    }

    /** Whether who receives a database's log has stored all that was committed by then. */
    static boolean hasStored(int port, Instant committed) throws InterruptedException {
        double age = metric(port, "prodstack_wal_age_seconds");
        return !Double.isNaN(age)
                && Instant.now().minusMillis((long) (age * 1000)).isAfter(committed);
    }

    /** What Prometheus would read, "" where nothing answers. */
    static String metrics(int port) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "";
        }
    }
}
