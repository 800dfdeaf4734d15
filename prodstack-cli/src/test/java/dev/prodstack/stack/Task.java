package dev.prodstack.stack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A task behind nginx. It answers with its name and path, with the headers it was sent where the path asks for them,
 * and with headers of its own that nginx is to replace.
 */
final class Task implements AutoCloseable {
    private final String name;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    Task(String name, String address, int port) throws IOException {
        this.name = name;
        server = HttpServer.create(new InetSocketAddress(address, port), 200);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            byte[] body = (path.endsWith("/headers")
                            ? new TreeMap<>(exchange.getRequestHeaders()).toString()
                            : name + " " + path + (path.endsWith("/large") ? " and more".repeat(1000) : ""))
                    .getBytes(StandardCharsets.UTF_8);
            var headers = exchange.getResponseHeaders();
            headers.set("Content-Type", "text/plain");
            headers.set("X-Frame-Options", "SAMEORIGIN");
            headers.set("X-Powered-By", "something old");
            exchange.sendResponseHeaders(path.endsWith("/missing") ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
