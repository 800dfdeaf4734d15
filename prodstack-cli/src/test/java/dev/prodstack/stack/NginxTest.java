package dev.prodstack.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A real nginx with the stack's configuration, asked over the network: what a client gets to see. */
@Tag("engine")
@Timeout(120)
class NginxTest {
    private static final String BACKEND = "127.83.0.1";
    private static final String FRONTEND = "127.83.1.1";

    private final DnsServer dns = new DnsServer();
    private final Nginx nginx;
    private final Task backend;
    private final Task frontend;
    private final HttpClient client;

    NginxTest(@TempDir Path directory) throws Exception {
        nginx = new Nginx(directory, dns.port());
        backend = new Task("backend", BACKEND, nginx.services());
        frontend = new Task("frontend", FRONTEND, nginx.services());
        client = nginx.client();
        dns.set("tasks.backend", BACKEND);
        dns.set("tasks.frontend", FRONTEND);
    }

    @AfterEach
    void stop() throws Exception {
        nginx.close();
        backend.close();
        frontend.close();
        dns.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(nginx.https(path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void theConfigurationIsRightWithoutAWarning() {
        Programs.Ended check = nginx.check();

        assertThat(check.output()).contains("test is successful").doesNotContain("[warn]");
        assertThat(check.code()).isZero();
    }

    @Test
    void httpIsSentToHttps() throws Exception {
        HttpResponse<String> response = send(nginx.http("/basket?item=7"));

        assertThat(response.statusCode()).isEqualTo(301);
        assertThat(response.headers().firstValue("Location")).contains("https://127.0.0.1/basket?item=7");
    }

    @ParameterizedTest
    @CsvSource({
        "/,                   frontend /",
        "/health/else,        frontend /health/else",
        "/metrics,            frontend /metrics",
        "/stub_status,        frontend /stub_status",
        "/api/items,          backend /api/items",
        "/api/auth/login,     backend /api/auth/login",
        "/api/1.5/envelope/,  backend /api/1.5/envelope/",
    })
    void eachPathHasItsService(String path, String answer) throws Exception {
        assertThat(get(path).body()).isEqualTo(answer);
    }

    @Test
    void theRelayAndGrafanaHaveTheirPaths() throws Exception {
        dns.set("tasks.sentry-relay", BACKEND);
        dns.set("tasks.grafana", BACKEND);

        assertThat(get("/api/42/envelope/").body()).isEqualTo("backend /api/42/envelope/");
        assertThat(get("/grafana/login").body()).isEqualTo("backend /grafana/login");
        dns.set("tasks.backend", FRONTEND);
        awaitAnswer("/api/items", "frontend /api/items");
        assertThat(get("/api/42/envelope/").body()).isEqualTo("backend /api/42/envelope/");
    }

    @Test
    void healthIsAnsweredOnEachPort() throws Exception {
        assertThat(send(nginx.http("/health")).body()).isEqualTo("ok\n");
        assertThat(send(nginx.inside("/health")).body()).isEqualTo("ok\n");
        assertThat(get("/health").body()).isEqualTo("ok\n");
    }

    @Test
    void theStatusIsToldInsideOnly() throws Exception {
        assertThat(send(nginx.inside("/stub_status")).body()).startsWith("Active connections: ");
        assertThat(send(nginx.inside("/")).statusCode()).isEqualTo(404);
    }

    @Test
    void theStatusIsRefusedToPublicAddresses() {
        Programs.Ended asked = nginx.askFromAPublicAddress("/stub_status");

        assertThat(asked.output()).contains("403 Forbidden").doesNotContain("Active connections");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/missing", "/api/items", "/grafana/unreachable", "/health"})
    void browsersAreToldOnceWhatTheyMayDo(String path) throws Exception {
        var headers = get(path).headers();

        assertThat(headers.allValues("Strict-Transport-Security"))
                .containsExactly("max-age=63072000; includeSubDomains");
        assertThat(headers.allValues("X-Frame-Options")).containsExactly("DENY");
        assertThat(headers.allValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(headers.allValues("Referrer-Policy")).containsExactly("strict-origin-when-cross-origin");
        assertThat(headers.allValues("Content-Security-Policy"))
                .singleElement()
                .satisfies(policy ->
                        assertThat(policy).startsWith("default-src 'self'; ").contains("frame-ancestors 'none'"));
        assertThat(headers.allValues("X-Powered-By")).isEmpty();
        assertThat(headers.firstValue("Server")).contains("nginx");
    }

    @Test
    void tasksLearnWhoAskedAndHow() throws Exception {
        assertThat(send(nginx.https("/api/headers").header("X-Forwarded-For", "6.6.6.6"))
                        .body())
                .contains("X-forwarded-for=[127.0.0.1]", "X-real-ip=[127.0.0.1]", "X-forwarded-proto=[https]")
                .contains("X-request-id=[");
    }

    @ParameterizedTest
    @CsvSource({"h2c, false", "websocket, true", "WebSocket, true"})
    void noUpgradePassesButWebSockets(String protocol, boolean passes) throws Exception {
        String answer = nginx.raw("GET /api/headers HTTP/1.1\r\nHost: shop\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                + "Upgrade: " + protocol + "\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n");

        assertThat(answer).contains("Host=[shop]");
        assertThat(answer.contains("Upgrade=[websocket]")).isEqualTo(passes);
        assertThat(answer).doesNotContain("[h2c]");
    }

    @Test
    void longTextIsCompressedAndShortIsNot() throws Exception {
        assertThat(send(nginx.https("/large").header("Accept-Encoding", "gzip"))
                        .headers()
                        .firstValue("Content-Encoding"))
                .contains("gzip");
        assertThat(send(nginx.https("/small").header("Accept-Encoding", "gzip"))
                        .headers()
                        .firstValue("Content-Encoding"))
                .isEmpty();
    }

    @Test
    void http2IsSpoken() throws Exception {
        assertThat(get("/").version()).isEqualTo(HttpClient.Version.HTTP_2);
    }

    @ParameterizedTest
    @CsvSource({"-tls1_2, TLSv1.2", "-tls1_3, TLSv1.3"})
    void newTlsIsSpoken(String option, String version) {
        assertThat(nginx.tls(option).output())
                .contains("New, " + version + ", Cipher is ")
                .doesNotContain("Cipher is (NONE)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1", "-tls1_1"})
    void oldTlsIsRefused(String option) {
        assertThat(nginx.tls(option, "-cipher", "ALL:@SECLEVEL=0").output())
                .contains("alert protocol version")
                .contains("Cipher is (NONE)");
    }

    /** No forward secrecy; CBC. */
    @ParameterizedTest
    @ValueSource(strings = {"AES128-GCM-SHA256", "ECDHE-RSA-AES128-SHA256"})
    void weakCiphersAreRefused(String cipher) {
        assertThat(nginx.tls("-tls1_2", "-cipher", cipher + ":@SECLEVEL=0").output())
                .contains("alert handshake failure")
                .contains("Cipher is (NONE)");
    }

    /** Asks faster than the limit, until the limit is felt: so many requests would take a minute and more below it. */
    @ParameterizedTest
    @CsvSource({"/api/items, 5000", "/api/auth/login, 500", "/ws/chat, 1000"})
    void whoAsksTooOftenIsTurnedAway(String path, int requests) throws Exception {
        Set<Integer> seen = new TreeSet<>();
        for (int i = 0; i < requests && !seen.contains(429); i++) {
            seen.add(get(path).statusCode());
        }

        assertThat(seen).containsExactly(200, 429);
        assertThat(get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void webSocketsPass() throws Exception {
        try (WebSocketTask task = new WebSocketTask("127.83.2.1", nginx.services())) {
            task.start();
            dns.set("tasks.backend", "127.83.2.1");
            CompletableFuture<String> echo = new CompletableFuture<>();
            WebSocket socket = client.newWebSocketBuilder()
                    .buildAsync(
                            URI.create("wss"
                                    + nginx.https("/ws/chat")
                                            .build()
                                            .uri()
                                            .toString()
                                            .substring(5)),
                            new WebSocket.Listener() {
                                @Override
                                public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                                    echo.complete(text.toString());
                                    return CompletableFuture.completedFuture(last);
                                }
                            })
                    .get(30, TimeUnit.SECONDS);
            socket.sendText("through nginx", true).get(30, TimeUnit.SECONDS);

            assertThat(echo.get(30, TimeUnit.SECONDS)).isEqualTo("through nginx");
            socket.abort();
        }
    }

    private void awaitAnswer(String path, String answer) throws Exception {
        String seen = "";
        for (int i = 0; i < 100 && !seen.equals(answer); i++) {
            Thread.sleep(100);
            seen = get(path).body();
        }
        assertThat(seen).isEqualTo(answer);
    }
}
