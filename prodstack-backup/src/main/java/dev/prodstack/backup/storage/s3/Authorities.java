package dev.prodstack.backup.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whose certificates are trusted. */
final class Authorities {
    private Authorities() {}

    /**
     * What trusts the authorities in a file, and those that Java trusts.
     *
     * @throws IOException if the file has no certificates
     */
    static TrustManager[] besidesJavasOwn(Path file) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (X509Certificate certificate : javasOwn().getAcceptedIssuers()) {
                store.setCertificateEntry("java-" + store.size(), certificate);
            }
            int before = store.size();
            try (InputStream in = Files.newInputStream(file)) {
                for (Certificate certificate :
                        CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                    store.setCertificateEntry("file-" + store.size(), certificate);
                }
            }
            if (store.size() == before) {
                throw new IOException("no certificate in it");
            }
            return new TrustManager[] {trusting(store)};
        } catch (GeneralSecurityException | IOException e) {
            throw new IOException(
                    file + " is no file of certificates: " + e.getMessage() + ". Give one in PEM form.", e);
        }
    }

    private static X509TrustManager javasOwn() throws GeneralSecurityException {
        return trusting(null);
    }

    private static X509TrustManager trusting(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return Stream.of(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("this Java has no trust manager for X.509"));
    }
}
