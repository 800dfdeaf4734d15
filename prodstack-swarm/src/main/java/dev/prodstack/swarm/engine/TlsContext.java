package dev.prodstack.swarm.engine;

import dev.prodstack.swarm.problem.EngineException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Makes a TLS context of PEM files. Certificates are always verified, as is the host name. */
public final class TlsContext {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN ((?:\\w+ )?)PRIVATE KEY-----([^-]*)-----END \\1PRIVATE KEY-----");
    private static final char[] NO_PASSWORD = {};

    private TlsContext() {}

    /**
     * Makes a context.
     *
     * @throws EngineException if a file cannot be read or is not what it should be
     */
    public static SSLContext of(TlsFiles files) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(identity(files.identity()), NO_PASSWORD);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(
                    files.authority().isPresent() ? authority(files.authority().get()) : null);
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw EngineException.address("no TLS with " + files + ": " + e.getMessage(), "correct the files", e);
        }
    }

    private static KeyStore authority(Path file) throws GeneralSecurityException {
        KeyStore store = emptyStore();
        int number = 0;
        for (Certificate certificate : certificates(file)) {
            store.setCertificateEntry("authority-" + number++, certificate);
        }
        return store;
    }

    private static @Nullable KeyStore identity(Optional<TlsFiles.Identity> files) throws GeneralSecurityException {
        if (files.isEmpty()) {
            return null;
        }
        List<Certificate> chain = certificates(files.get().certificate());
        PrivateKey key = key(files.get().key(), chain.get(0).getPublicKey());
        KeyStore store = emptyStore();
        store.setKeyEntry("identity", key, NO_PASSWORD, chain.toArray(new Certificate[0]));
        return store;
    }

    private static List<Certificate> certificates(Path file) {
        List<Certificate> found;
        try {
            found = List.copyOf(CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(bytes(file))));
        } catch (CertificateException e) {
            throw EngineException.address(file + " is no PEM certificate: " + e.getMessage(), "replace it", e);
        }
        if (found.isEmpty()) {
            throw EngineException.address(file + " has no certificate in it", "replace it");
        }
        return found;
    }

    private static PrivateKey key(Path file, PublicKey counterpart) {
        Matcher pem = KEY.matcher(new String(bytes(file), StandardCharsets.US_ASCII));
        if (!pem.find()) {
            throw EngineException.address(
                    file + " has no private key that could be read",
                    "an encrypted one is decrypted with: openssl pkey -in " + file + " -out key.pem");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(pem.group(2));
            byte[] pkcs8 = pem.group(1).isEmpty() ? der : PrivateKeyInfo.of(der, counterpart);
            return KeyFactory.getInstance(counterpart.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw EngineException.address(
                    file + " has no private key that goes with the certificate: " + e.getMessage(),
                    "convert it with: openssl pkey -in " + file + " -out key.pem",
                    e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, NO_PASSWORD);
        } catch (IOException e) {
            throw new IllegalStateException("nothing is read from anywhere", e);
        }
        return store;
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw EngineException.address(file + " cannot be read: " + e, "correct the path or its permissions", e);
        }
    }
}
