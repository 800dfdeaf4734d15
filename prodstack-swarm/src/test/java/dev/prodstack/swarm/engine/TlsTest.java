package dev.prodstack.swarm.engine;

import static dev.prodstack.swarm.engine.ScriptedEngine.pong;
import static dev.prodstack.swarm.engine.ScriptedEngine.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.swarm.engine.Certificates.KeyForm;
import dev.prodstack.swarm.engine.ScriptedEngine.Script;
import dev.prodstack.swarm.problem.EngineException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class TlsTest {
    private static final Deadlines PATIENT = new Deadlines(Duration.ofSeconds(20), Duration.ofSeconds(20));
    private static final Script ANSWERING = (request, in, out) -> write(out, pong("1.41"));

    @TempDir
    private static Path directory;

    private static Certificates certificates;
    private static KeyStore server;
    private static KeyStore stranger;
    private static KeyStore rsa;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = new Certificates(directory);
        server = certificates.make("server", "EC", "localhost");
        stranger = certificates.make("stranger", "EC", "elsewhere.example.com");
        rsa = certificates.make("rsa", "RSA", "client");
    }

    @ParameterizedTest
    @CsvSource({"RSA, PKCS8", "RSA, RSA", "EC, PKCS8", "EC, EC"})
    void bothSidesProveWhoTheyAre(String algorithm, KeyForm form) throws Exception {
        KeyStore client = algorithm.equals("EC") ? stranger : rsa;
        TlsFiles files = new TlsFiles(
                Optional.of(certificates.certificate(server)),
                Optional.of(new TlsFiles.Identity(certificates.certificate(client), certificates.key(client, form))));
        try (ScriptedEngine engine = ScriptedEngine.onPort(
                        Certificates.listen(server, Optional.of(client)), Optional.of(files), ANSWERING);
                EngineClient connected = EngineClient.connect(engine.endpoint(), PATIENT)) {
            assertThat(connected.version()).hasToString("1.41");
        }
    }

    @Test
    void anEngineThatAsksWhoIsThereRefusesTheNameless() throws Exception {
        TlsFiles files = new TlsFiles(Optional.of(certificates.certificate(server)), Optional.empty());
        try (ScriptedEngine engine = ScriptedEngine.onPort(
                Certificates.listen(server, Optional.of(stranger)), Optional.of(files), ANSWERING)) {
            assertThatThrownBy(() -> EngineClient.connect(engine.endpoint(), PATIENT))
                    .isInstanceOf(EngineException.class);
        }
    }

    @Test
    void anEngineSignedBySomebodyElseIsNotSpokenTo() throws Exception {
        TlsFiles files = new TlsFiles(Optional.of(certificates.certificate(stranger)), Optional.empty());
        assertRefused(server, files, "no engine at https://localhost:");
    }

    @Test
    void anEngineThatNoAuthorityOfThePlatformSignedIsNotSpokenTo() throws Exception {
        assertRefused(server, TlsFiles.NONE, "no engine at https://localhost:");
    }

    @Test
    void anEngineOfAnotherNameIsNotSpokenTo() throws Exception {
        TlsFiles files = new TlsFiles(Optional.of(certificates.certificate(stranger)), Optional.empty());
        assertRefused(stranger, files, "localhost");
    }

    private static void assertRefused(KeyStore shown, TlsFiles files, String expected) throws Exception {
        try (ScriptedEngine engine =
                ScriptedEngine.onPort(Certificates.listen(shown, Optional.empty()), Optional.of(files), ANSWERING)) {
            assertThatThrownBy(() -> EngineClient.connect(engine.endpoint(), PATIENT))
                    .isInstanceOfSatisfying(
                            EngineException.class,
                            e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.UNREACHABLE))
                    .hasMessageContaining(expected)
                    .hasMessageContaining("compare ca.pem, cert.pem and key.pem");
            assertThat(engine.heard()).isEmpty();
        }
    }

    @Test
    void anEngineWithTlsIsNotSpokenToWithoutIt() throws Exception {
        try (ScriptedEngine engine =
                ScriptedEngine.onPort(Certificates.listen(server, Optional.empty()), Optional.empty(), ANSWERING)) {
            assertThatThrownBy(() -> EngineClient.connect(engine.endpoint(), PATIENT))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("whether it wants TLS: DOCKER_TLS_VERIFY");
        }
    }

    @Test
    void anEngineWithoutTlsIsNotSpokenToWithIt() throws Exception {
        TlsFiles files = new TlsFiles(Optional.of(certificates.certificate(server)), Optional.empty());
        try (ServerSocket plain = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> refuseHttps(plain));
            EngineAddress address =
                    new EngineAddress.Network("localhost", plain.getLocalPort(), "", Optional.of(files));
            assertThatThrownBy(() -> EngineClient.connect(new EngineEndpoint(address, "a test"), PATIENT))
                    .isInstanceOfSatisfying(
                            EngineException.class,
                            e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.UNREACHABLE));
            answered.get(20, TimeUnit.SECONDS);
        }
    }

    private static void refuseHttps(ServerSocket plain) {
        try (Socket caller = plain.accept()) {
            caller.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            caller.shutdownOutput();
            caller.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            missing | cannot be read
            empty   | no certificate in it
            broken  | is no PEM certificate
            """)
    void saysWhatIsWrongWithACertificate(String kind, String expected) throws IOException {
        Path file = directory.resolve("ca.pem");
        switch (kind) {
            case "empty" -> Files.writeString(file, "");
            case "broken" -> Files.writeString(file, "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
            default -> assertThat(file).doesNotExist();
        }
        TlsFiles files = new TlsFiles(Optional.of(file), Optional.empty());

        assertThatThrownBy(() -> TlsContext.of(files))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -----BEGIN ENCRYPTED PRIVATE KEY-----AAAA-----END ENCRYPTED PRIVATE KEY----- | that goes with the certificate
            -----BEGIN RSA PRIVATE KEY-----AAAA-----END RSA PRIVATE KEY-----             | that goes with the certificate
            -----BEGIN PRIVATE KEY-----A-----END PRIVATE KEY-----                        | that goes with the certificate
            no key                                                                       | that could be read
            """)
    void saysWhatIsWrongWithAKey(String text, String expected) throws Exception {
        Path key = Files.writeString(directory.resolve("bad.pem"), text);
        TlsFiles files = new TlsFiles(
                Optional.empty(), Optional.of(new TlsFiles.Identity(certificates.certificate(server), key)));

        assertThatThrownBy(() -> TlsContext.of(files))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(key + " has no private key " + expected)
                .hasMessageContaining("openssl pkey");
    }
}
