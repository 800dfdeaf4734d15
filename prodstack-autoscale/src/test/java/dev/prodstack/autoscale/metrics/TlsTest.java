package dev.prodstack.autoscale.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.autoscale.decision.Measurement;
import dev.prodstack.autoscale.metrics.ScriptedServer.Said;
import dev.prodstack.core.scaling.MetricSources;
import dev.prodstack.core.scaling.MetricSources.Credentials;
import dev.prodstack.core.scaling.MetricSources.Endpoint;
import dev.prodstack.core.scaling.Signal;
import dev.prodstack.core.scaling.Signal.Reading;
import dev.prodstack.core.value.HttpAddress;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TlsTest {
    private static final String PASSWORD = "sesame";
    private static final Question QUESTION = new Question("shop_web", new Signal.Query("up", Reading.VALUE), List.of());

    @TempDir
    private Path directory;

    @Test
    void onlyWhoseCertificateIsTrustedIsBelieved() throws Exception {
        KeyStore ours = certificate("ours");
        Path trusted = pem("ours", ours);
        Path other = pem("other", certificate("other"));
        try (ScriptedServer server = ScriptedServer.secure(
                context(ours),
                asked ->
                        Said.ok("{\"status\": \"success\", \"data\": {\"resultType\": \"vector\", \"result\": []}}"))) {
            assertThat(read(server, Optional.of(trusted))).isEqualTo(new Measurement.Total(List.of()));
            for (Optional<Path> file : List.of(Optional.of(other), Optional.<Path>empty())) {
                assertThat(read(server, file))
                        .isInstanceOfSatisfying(
                                Measurement.Failed.class,
                                failed -> assertThat(failed.why())
                                        .contains("cannot be reached")
                                        .contains("certification path"));
            }
        }
    }

    @Test
    void aFileWithoutCertificatesIsNamed() throws Exception {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "");
        assertThatThrownBy(() -> TrustedCertificates.of(empty.toString()))
                .hasMessage(empty + " has no certificate; expected PEM");
        assertThatThrownBy(() ->
                        TrustedCertificates.of(directory.resolve("none.pem").toString()))
                .hasMessageContaining("none.pem cannot be read");
    }

    private static Measurement read(ScriptedServer server, Optional<Path> caFile) {
        Endpoint endpoint =
                new Endpoint(HttpAddress.parse(server.url()), Credentials.None.NONE, caFile.map(Path::toString));
        MetricSources sources = new MetricSources(Duration.ofSeconds(15), Optional.of(endpoint), Optional.empty());
        Patience patience = new Patience(Duration.ofSeconds(10), Duration.ofSeconds(5), 1);
        try (MetricReader reader = MetricReader.of(sources, new Secrets(Secrets.MOUNTED), patience)) {
            return reader.read(List.of(QUESTION), Instant.now())
                    .values()
                    .iterator()
                    .next();
        }
    }

    /** A certificate for localhost that signs itself, made by the JDK's keytool. */
    private KeyStore certificate(String name) throws Exception {
        Path file = directory.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-alias",
                        name,
                        "-storepass",
                        PASSWORD,
                        "-validity",
                        "2",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:localhost")
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private Path pem(String name, KeyStore store) throws Exception {
        String text = Base64.getMimeEncoder()
                .encodeToString(store.getCertificate(name).getEncoded());
        return Files.writeString(
                directory.resolve(name + ".pem"),
                "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n");
    }

    private static SSLContext context(KeyStore store) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
