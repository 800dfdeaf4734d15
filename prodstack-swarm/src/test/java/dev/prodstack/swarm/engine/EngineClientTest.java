package dev.prodstack.swarm.engine;

import static dev.prodstack.swarm.engine.ScriptedEngine.http;
import static dev.prodstack.swarm.engine.ScriptedEngine.json;
import static dev.prodstack.swarm.engine.ScriptedEngine.pong;
import static dev.prodstack.swarm.engine.ScriptedEngine.saying;
import static dev.prodstack.swarm.engine.ScriptedEngine.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.swarm.engine.ScriptedEngine.Heard;
import dev.prodstack.swarm.engine.ScriptedEngine.Script;
import dev.prodstack.swarm.problem.EngineException;
import dev.prodstack.swarm.problem.EngineException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class EngineClientTest {
    private static final Deadlines PATIENT = new Deadlines(Duration.ofSeconds(20), Duration.ofSeconds(20));
    private static final Deadlines HASTY = new Deadlines(Duration.ofSeconds(2), Duration.ofSeconds(2));
    private static final EngineRequest SERVICES = EngineRequest.get("services");

    @ParameterizedTest
    @CsvSource({"1.41, 1.41", "1.45, 1.45", "1.51, 1.51", "1.52, 1.51", "1.100, 1.51", "2.0, 1.51"})
    void agreesOnTheNewestVersionThatBothSpeak(String engines, String agreed) throws IOException {
        try (ScriptedEngine engine = ScriptedEngine.onSocket((request, in, out) ->
                        write(out, ScriptedEngine.isPing(request) ? pong(engines) : json("200 OK", "[]")));
                EngineClient client = EngineClient.connect(engine.endpoint(), PATIENT)) {
            assertThat(client.version()).hasToString(agreed);
            client.send(SERVICES);
            assertThat(engine.heard())
                    .extracting(Heard::line)
                    .containsExactly("GET /v" + agreed + "/services HTTP/1.1");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1.40 | speaks API 1.40; prodstack speaks 1.41 and newer (upgrade it to Docker 20.10 or newer)
            0.9  | speaks API 0.9; prodstack speaks 1.41 and newer
            ''   | does not say which Docker API it speaks
            one  | does not say which Docker API it speaks
            """)
    void saysWhichVersionItCannotSpeak(String engines, String expected) throws IOException {
        try (ScriptedEngine engine = ScriptedEngine.onSocket((request, in, out) -> write(out, pong(engines)))) {
            assertThatThrownBy(() -> EngineClient.connect(engine.endpoint(), PATIENT))
                    .isInstanceOfSatisfying(
                            EngineException.class, e -> assertThat(e.kind()).isEqualTo(Kind.GARBLED))
                    .hasMessageContaining(expected)
                    .hasMessageContaining(engine.address().toString());
        }
    }

    @Test
    void aWebServerIsNoEngine() throws IOException {
        try (ScriptedEngine engine = ScriptedEngine.onPort(
                (request, in, out) -> write(out, http("404 Not Found", "text/html", "<h1>Not\nFound</h1>")))) {
            assertThatThrownBy(() -> EngineClient.connect(engine.endpoint(), PATIENT))
                    .hasMessage("GET /_ping: 404 <h1>Not Found</h1>");
        }
    }

    @Test
    void treesComeAndGoUnchanged() throws IOException {
        String tree = "{\"ID\":\"x\",\"New\":{\"Field\":[1,2.50,null,true,\"ü\"]},\"Index\":18446744073709551615}";
        try (ScriptedEngine engine = ScriptedEngine.onPort(saying(json("201 Created", tree)));
                EngineClient client = EngineClient.connect(engine.endpoint(), PATIENT)) {
            JsonNode read = client.send(SERVICES);
            client.send(EngineRequest.post("services", "a b", "update").sending(read));

            assertThat(engine.heard().get(1).line()).isEqualTo("POST /v1.41/services/a%20b/update HTTP/1.1");
            assertThat(engine.heard().get(1).headers()).containsEntry("content-type", "application/json");
            assertThat(engine.heard().get(1).body()).isEqualTo(tree);
        }
    }

    @Test
    void anEmptyAnswerIsAMissingNode() throws IOException {
        try (ScriptedEngine engine = ScriptedEngine.onSocket(saying("HTTP/1.1 204 No Content\r\n\r\n"));
                EngineClient client = EngineClient.connect(engine.endpoint(), PATIENT)) {
            assertThat(client.send(EngineRequest.delete("services", "x")).isMissingNode())
                    .isTrue();
            assertThat(engine.heard().get(0).headers()).doesNotContainKeys("content-length", "transfer-encoding");
        }
    }

    @Test
    void aBasePathComesFirst() throws IOException {
        try (ScriptedEngine engine = ScriptedEngine.onPort((request, in, out) -> write(out, pong("1.41")))) {
            int port = ((EngineAddress.Network) engine.address()).port();
            EngineAddress proxied = new EngineAddress.Network("127.0.0.1", port, "/docker", Optional.empty());
            EngineClient.connect(new EngineEndpoint(proxied, "a test"), PATIENT).close();

            assertThat(engine.heard()).extracting(Heard::line).containsExactly("GET /docker/_ping HTTP/1.1");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            404 Not Found    | {"message":"service web not found"}            | 404 service web not found
            409 Conflict     | {"message":"rpc error: update out of sequence"} | 409 rpc error: update out of sequence (something else changed it in the meantime; try again)
            403 Forbidden    | {"message":"denied"}                           | 403 denied (see what the engine's authorization plugin, or the proxy before its socket, allows)
            400 Bad Request  | {"message":"client version 1.51 is too old. Minimum supported API version is 1.60"} | 400 client version 1.51 is too old. Minimum supported API version is 1.60 (this prodstack speaks API 1.41 to 1.51; use a newer one)
            400 Bad Request  | Client sent an HTTP request to an HTTPS server. | 400 Client sent an HTTP request to an HTTPS server. (set DOCKER_TLS_VERIFY=1, and DOCKER_CERT_PATH to the directory with ca.pem, cert.pem and key.pem)
            500 Server Error | {"message":"  "}                               | 500 {"message":" "}
            500 Server Error | ''                                             | 500 without a word
            500 Server Error | {"other":1                                     | 500 {"other":1
            502 Bad Gateway  | <html>                                         | 502 <html>
            """)
    void whatTheEngineRefusesIsSaid(String status, String body, String expected) throws IOException {
        try (ScriptedEngine engine = ScriptedEngine.onSocket(saying(json(status, body)));
                EngineClient client = EngineClient.connect(engine.endpoint(), PATIENT)) {
            EngineException refusal = catchThrowableOfType(EngineException.class, () -> client.send(SERVICES));
            assertThat(refusal).hasMessage("GET /v1.41/services: " + expected);
            assertThat(refusal.kind()).isEqualTo(Kind.REFUSED);
            assertThat(refusal.status()).hasValue(Integer.parseInt(status.substring(0, 3)));
            assertThat(refusal.request()).isEqualTo("GET /v1.41/services");

            assertThatThrownBy(() -> client.objects(SERVICES)).hasMessage(refusal.getMessage());
        }
    }

    @Test
    void longRefusalsAreCut() throws IOException {
        try (ScriptedEngine engine = ScriptedEngine.onSocket(saying(json("500 Oh", "x".repeat(100_000))));
                EngineClient client = EngineClient.connect(engine.endpoint(), PATIENT)) {
            assertThatThrownBy(() -> client.send(SERVICES))
                    .hasMessage("GET /v1.41/services: 500 " + "x".repeat(300) + "...");
        }
    }

    /** A service that is created twice conflicts with itself; the transport would try once more on 503. */
    @Test
    void aChangeIsSentOnce() throws IOException {
        try (ScriptedEngine engine = ScriptedEngine.onPort(saying(json("503 Busy", "{\"message\":\"no leader\"}")));
                EngineClient client = EngineClient.connect(engine.endpoint(), PATIENT)) {
            EngineRequest create = EngineRequest.post("services", "create").sending(Json.parse("{}"));
            assertThatThrownBy(() -> client.send(create)).hasMessageContaining("503 no leader");
            assertThat(engine.heard()).hasSize(1);
        }
    }

    /** As when the engine is started again. */
    @Test
    void whoAwaitsAnEngineThatIsAwayIsAnsweredOnceItIsBack() throws Exception {
        Script script = (request, in, out) -> {
            write(out, ScriptedEngine.isPing(request) ? pong("1.41") : json("201 Created", "{\"ID\":\"new\"}"));
            throw new IOException("hang up");
        };
        EngineRequest create = EngineRequest.post("services", "create").sending(Json.parse("{}"));
        ServerSocket before = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        int port = before.getLocalPort();
        EngineClient client;
        try (ScriptedEngine first = ScriptedEngine.onPort(before, Optional.empty(), script)) {
            client = EngineClient.connect(first.endpoint(), PATIENT);
        }
        try (client) {
            // The connection that it had breaks first.
            assertThatThrownBy(() -> client.send(SERVICES)).isInstanceOf(EngineException.class);
            assertThatThrownBy(() -> client.send(create))
                    .isInstanceOfSatisfying(
                            EngineException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE));
            CompletableFuture<JsonNode> answer = CompletableFuture.supplyAsync(
                    () -> client.awaiting(Duration.ofMinutes(1)).send(create));
            ServerSocket after = new ServerSocket(port, 10, InetAddress.getLoopbackAddress());
            try (ScriptedEngine second = ScriptedEngine.onPort(after, Optional.empty(), script)) {
                assertThat(answer.get(1, TimeUnit.MINUTES).path("ID").asText()).isEqualTo("new");
                assertThat(second.heard()).hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":", "<html></html>", "[] []"})
    void whatIsNoJsonIsSaid(String body) throws IOException {
        try (ScriptedEngine engine = ScriptedEngine.onSocket(saying(http("200 OK", "text/html", body)));
                EngineClient client = EngineClient.connect(engine.endpoint(), PATIENT)) {
            assertThatThrownBy(() -> client.send(SERVICES))
                    .hasMessage("GET /v1.41/services: expected JSON, not text/html: " + body
                            + " (see whether a Docker engine listens there)");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n[",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[1,2]\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nno number\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n"
            })
    void aBrokenAnswerIsSaid(String answer) throws IOException {
        Script script = (request, in, out) -> {
            write(out, ScriptedEngine.isPing(request) ? pong("1.41") : answer);
            if (!ScriptedEngine.isPing(request)) {
                throw new IOException("hang up");
            }
        };
        try (ScriptedEngine engine = ScriptedEngine.onSocket(script);
                EngineClient client = EngineClient.connect(engine.endpoint(), PATIENT)) {
            assertThatThrownBy(() -> client.send(SERVICES))
                    .isInstanceOfSatisfying(
                            EngineException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNANSWERED))
                    .hasMessageContaining("the connection to " + engine.endpoint() + " broke: ");
        }
    }

    @Test
    void aSocketThatIsNotThereIsSaid(@TempDir Path directory) {
        EngineEndpoint nowhere =
                new EngineEndpoint(new EngineAddress.LocalSocket(directory.resolve("no.sock")), "DOCKER_HOST");

        assertThatThrownBy(() -> EngineClient.connect(nowhere, PATIENT))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE))
                .hasMessage("GET /_ping: no engine at unix://" + directory.resolve("no.sock")
                        + " (from DOCKER_HOST): No such file or directory"
                        + " (start the engine, or say with DOCKER_HOST or DOCKER_CONTEXT where it is)");
    }

    @Test
    void aSocketWithoutAnEngineIsSaid(@TempDir Path directory) throws IOException {
        Path socket = directory.resolve("left.sock");
        try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(socket));
        }
        EngineEndpoint endpoint = new EngineEndpoint(new EngineAddress.LocalSocket(socket), "a test");

        assertThatThrownBy(() -> EngineClient.connect(endpoint, PATIENT))
                .hasMessageContaining("Connection refused")
                .hasMessageContaining("start the engine");
    }

    @Test
    void aPortWithoutAnEngineIsSaid() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        EngineEndpoint endpoint =
                new EngineEndpoint(new EngineAddress.Network("127.0.0.1", port, "", Optional.empty()), "DOCKER_HOST");

        assertThatThrownBy(() -> EngineClient.connect(endpoint, PATIENT))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE))
                .hasMessageContaining("no engine at http://127.0.0.1:" + port + " (from DOCKER_HOST)")
                .hasMessageContaining("see whether the engine runs and listens there");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAnswerThatDoesNotComeIsGivenUp(boolean overSocket) throws Exception {
        CountDownLatch hungUp = new CountDownLatch(1);
        Script silent = (request, in, out) -> {
            if (ScriptedEngine.isPing(request)) {
                write(out, pong("1.41"));
            } else {
                write(out, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n[");
                if (in.read() < 0) {
                    hungUp.countDown();
                }
            }
        };
        try (ScriptedEngine engine = overSocket ? ScriptedEngine.onSocket(silent) : ScriptedEngine.onPort(silent);
                EngineClient client = EngineClient.connect(engine.endpoint(), HASTY)) {
            assertThatThrownBy(() -> client.send(SERVICES))
                    .isInstanceOfSatisfying(
                            EngineException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNANSWERED))
                    .hasMessageContaining("no answer within 2000 ms from " + engine.endpoint());
            assertThat(hungUp.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void anEngineThatTakesTheCallAndSaysNothingIsGivenUp() throws Exception {
        Script mute = (request, in, out) -> {
            if (in.read() >= 0) {
                throw new IOException("the client said more than it was to say");
            }
        };
        try (ScriptedEngine engine = ScriptedEngine.onSocket(mute)) {
            assertThatThrownBy(() -> EngineClient.connect(engine.endpoint(), HASTY))
                    .hasMessageContaining("GET /_ping: no answer within 2000 ms");
        }
    }

    @Test
    void aClosedClientSaysSo() throws IOException {
        try (ScriptedEngine engine = ScriptedEngine.onSocket(saying(json("200 OK", "[]")))) {
            EngineClient client = EngineClient.connect(engine.endpoint(), PATIENT);
            client.close();
            assertThatThrownBy(() -> client.send(SERVICES)).hasMessageContaining("was closed");
        }
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        Script silent = (request, in, out) -> {
            if (ScriptedEngine.isPing(request)) {
                write(out, pong("1.41"));
            } else {
                asked.countDown();
                in.read();
            }
        };
        try (ScriptedEngine engine = ScriptedEngine.onSocket(silent);
                EngineClient client = EngineClient.connect(engine.endpoint(), PATIENT)) {
            Thread waiting = Thread.currentThread();
            new Thread(() -> {
                        try {
                            asked.await();
                            waiting.interrupt();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .start();
            assertThatThrownBy(() -> client.send(SERVICES)).hasMessageContaining("interrupted while waiting");
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
