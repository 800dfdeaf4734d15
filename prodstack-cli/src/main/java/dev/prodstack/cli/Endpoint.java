package dev.prodstack.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.prodstack.cli.outcome.Failure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Where a command that runs on answers Prometheus ({@code /metrics}) and health checks ({@code /healthz}). */
final class Endpoint implements AutoCloseable {
    private final HttpServer server;

    private Endpoint(HttpServer server) {
        this.server = server;
    }

    /**
     * Begins to answer.
     *
     * @param metrics the metrics as text
     * @param trouble what is wrong; empty if nothing is
     * @throws Failure if nothing can listen there
     */
    static Endpoint at(int port, Supplier<String> metrics, Supplier<String> trouble) {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(port), 0);
        } catch (IOException e) {
            throw Failure.failed(
                    "nothing can listen at port " + port + ": " + e.getMessage(), "choose another with --listen", e);
        }
        server.createContext("/metrics", exchange -> answer(exchange, 200, metrics.get()));
        server.createContext("/healthz", exchange -> {
            String wrong = trouble.get();
            answer(exchange, wrong.isEmpty() ? 200 : 503, wrong.isEmpty() ? "ok\n" : wrong + "\n");
        });
        server.start();
        return new Endpoint(server);
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
