package dev.prodstack.swarm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/** Certificates that sign themselves, made by the JDK's keytool in a directory. */
final class Certificates {
    private static final char[] PASSWORD = "sesame".toCharArray();

    private final Path directory;

    Certificates(Path directory) {
        this.directory = directory;
    }

    /** How a private key is written. */
    enum KeyForm {
        PKCS8("PRIVATE KEY"),
        RSA("RSA PRIVATE KEY"),
        EC("EC PRIVATE KEY");

        private final String label;

        KeyForm(String label) {
            this.label = label;
        }
    }

    /** Makes a certificate for a host. */
    KeyStore make(String name, String algorithm, String host) throws Exception {
        Path file = directory.resolve(name + ".p12");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of("-genkeypair", "-storetype", "PKCS12", "-keystore", file.toString()));
        command.addAll(List.of("-alias", name, "-storepass", new String(PASSWORD), "-validity", "2"));
        command.addAll(List.of("-keyalg", algorithm, "-dname", "CN=" + name, "-ext", "san=dns:" + host));
        if (algorithm.equals("RSA")) {
            command.addAll(List.of("-keysize", "2048"));
        }
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    Path certificate(KeyStore store) throws GeneralSecurityException, IOException {
        String name = store.aliases().nextElement();
        return pem(name + "-cert.pem", "CERTIFICATE", store.getCertificate(name).getEncoded());
    }

    Path key(KeyStore store, KeyForm form) throws GeneralSecurityException, IOException {
        String name = store.aliases().nextElement();
        byte[] pkcs8 = store.getKey(name, PASSWORD).getEncoded();
        // Both inner forms are the last element of PKCS #8, and sequences themselves.
        int inner = switch (form) {
            case PKCS8 -> 0;
            case RSA -> 26;
            case EC -> indexOfLastSequence(pkcs8);
        };
        return pem(name + "-key.pem", form.label, Arrays.copyOfRange(pkcs8, inner, pkcs8.length));
    }

    private static int indexOfLastSequence(byte[] der) {
        int at = der.length - 1;
        while (der[at] != 0x30 || at + 2 + der[at + 1] != der.length) {
            at--;
        }
        return at;
    }

    private Path pem(String file, String label, byte[] content) throws IOException {
        String text = "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
                + "\n-----END " + label + "-----\n";
        return Files.writeString(directory.resolve(file), text);
    }

    /** A port that shows the server's certificate and, if there is a client to trust, asks for its. */
    static ServerSocket listen(KeyStore server, Optional<KeyStore> client) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(server, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                keys.getKeyManagers(), client.isPresent() ? trust(client.get()).getTrustManagers() : null, null);
        SSLServerSocket socket =
                (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0);
        socket.setNeedClientAuth(client.isPresent());
        return socket;
    }

    private static TrustManagerFactory trust(KeyStore client) throws GeneralSecurityException, IOException {
        Certificate certificate = client.getCertificate(client.aliases().nextElement());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, PASSWORD);
        trusted.setCertificateEntry("client", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        return trust;
    }
}
