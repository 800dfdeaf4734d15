package dev.prodstack.autoscale.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.prodstack.core.scaling.MetricSources.Credentials;
import dev.prodstack.core.scaling.MetricSources.Endpoint;
import dev.prodstack.core.value.HttpAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** An HTTP server on loopback that answers as a test says, and remembers what it was asked. */
public final class ScriptedServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile Function<Asked, Said> script;

    /** What it was asked: the raw path and query, the decoded body, who it was asked by. */
    public record Asked(String target, String body, String authorization) {}

    /** What it says. */
    public record Said(int status, String body) {
        /** What stands in a test. */
        public static Said ok(String body) {
            return new Said(200, body);
        }
    }

    private ScriptedServer(HttpServer server, Function<Asked, Said> script) {
        this.server = server;
        this.script = script;
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public static ScriptedServer start(Function<Asked, Said> script) throws IOException {
        return new ScriptedServer(HttpServer.create(loopback(), 0), script);
    }

    static ScriptedServer secure(SSLContext context, Function<Asked, Said> script) throws IOException {
        HttpsServer server = HttpsServer.create(loopback(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new ScriptedServer(server, script);
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    public void answering(Function<Asked, Said> other) {
        script = other;
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    public String url() {
        return (server instanceof HttpsServer ? "https" : "http") + "://localhost:"
                + server.getAddress().getPort();
    }

    public Endpoint endpoint() {
        return endpoint(Credentials.None.NONE);
    }

    Endpoint endpoint(Credentials credentials) {
        return new Endpoint(HttpAddress.parse(url()), credentials, Optional.empty());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Asked request = new Asked(
                    exchange.getRequestURI().toString(),
                    URLDecoder.decode(body, StandardCharsets.UTF_8),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            asked.add(request);
            Said said = script.apply(request);
            byte[] bytes = said.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(said.status(), bytes.length == 0 ? -1 : bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
