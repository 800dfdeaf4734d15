package dev.prodstack.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An engine that knows its answers beforehand, by the path without API version and query. */
final class CannedEngine implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Answer> answers = new LinkedHashMap<>();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    CannedEngine() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Answers a path with JSON. */
    CannedEngine on(String path, String json) {
        return on(path, 200, json);
    }

    /** Answers a path with a status and JSON. */
    CannedEngine on(String path, int status, String json) {
        return on(path, status, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /** Answers a path with bytes. */
    CannedEngine on(String path, int status, String type, byte[] body) {
        answers.put(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        });
        return this;
    }

    /** Where it listens, in the form of DOCKER_HOST. */
    String host() {
        return "tcp://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What was asked so far, method and path with query, without the ping. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Api-Version", "1.41");
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/_ping")) {
                exchange.sendResponseHeaders(200, 2);
                exchange.getResponseBody().write(new byte[] {'O', 'K'});
                return;
            }
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            String bare = path.replaceFirst("^/v[0-9.]+/", "");
            answers.getOrDefault(bare, CannedEngine::unknown).to(exchange);
        }
    }

    private static void unknown(HttpExchange exchange) throws IOException {
        byte[] body = ("{\"message\":\"nobody canned "
                        + exchange.getRequestURI().getPath() + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(404, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
