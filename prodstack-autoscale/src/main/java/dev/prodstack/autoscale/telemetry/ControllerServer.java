package dev.prodstack.autoscale.telemetry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/**
 * Answers {@code /metrics}, {@code /healthz} (is it alive) and {@code /readyz} (does it do its work, and if not why
 * not).
 */
public final class ControllerServer implements AutoCloseable {
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final String TEXT = "text/plain; charset=utf-8";

    private final HttpServer server;

    private ControllerServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Starts to listen.
     *
     * @param address where; port 0 for any
     * @param alive whether the controller's thread lives
     * @throws IOException if the address cannot be had
     */
    public static ControllerServer start(
            InetSocketAddress address, ControllerMetrics metrics, Readiness readiness, BooleanSupplier alive)
            throws IOException {
        HttpServer server = HttpServer.create(address, 0);
        server.createContext(
                "/metrics", exchange -> answer(exchange, OK, ControllerMetrics.contentType(), metrics.text()));
        server.createContext("/healthz", exchange -> say(exchange, alive.getAsBoolean() ? "" : "its thread has ended"));
        server.createContext(
                "/readyz", exchange -> say(exchange, readiness.obstacle().orElse("")));
        server.start();
        return new ControllerServer(server);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private static void say(HttpExchange exchange, String obstacle) throws IOException {
        String word = obstacle.isEmpty() ? "ok" : obstacle;
        answer(exchange, obstacle.isEmpty() ? OK : UNAVAILABLE, TEXT, (word + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
