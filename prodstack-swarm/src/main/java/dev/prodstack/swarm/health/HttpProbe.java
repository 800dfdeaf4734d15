package dev.prodstack.swarm.health;

import dev.prodstack.swarm.engine.TlsContext;
import dev.prodstack.swarm.engine.TlsFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * One HTTP/1.0 request over a connection of its own. The JDK's client cannot connect to another address than the one
 * that the certificate is for, which is what probing a single node behind a name takes.
 */
final class HttpProbe {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})[^\\r\\n]*");
    private static final int MOST_BYTES = 16 << 20;

    private final HealthQuery query;
    private final SSLContext tls;

    /** Prepares for the trust and patience of a query. */
    HttpProbe(HealthQuery query) {
        this.query = query;
        this.tls = context(query.trust());
    }

    /** What came back. */
    record Answer(int status, String body) {}

    /**
     * Asks.
     *
     * @throws IOException if there is no connection, no trust, or no whole answer in time
     */
    Answer get(URI address) throws IOException {
        boolean secure = "https".equals(address.getScheme());
        int port = address.getPort() >= 0 ? address.getPort() : secure ? 443 : 80;
        int millis = Math.toIntExact(query.patience().toMillis());
        long end = System.nanoTime() + query.patience().toNanos();
        String where = query.resolved().getOrDefault(address.getHost(), address.getHost());
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(where, port), millis);
            socket.setSoTimeout(millis);
            try (Socket spoken = secure ? secured(socket, address.getHost(), port) : socket) {
                spoken.getOutputStream().write(request(address).getBytes(StandardCharsets.US_ASCII));
                return answer(bytes(spoken.getInputStream(), end));
            }
        }
    }

    private static String request(URI address) {
        String path = Optional.ofNullable(address.getRawPath())
                .filter(its -> !its.isEmpty())
                .orElse("/");
        String query =
                Optional.ofNullable(address.getRawQuery()).map(its -> "?" + its).orElse("");
        String host = address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort());
        return "GET " + path + query + " HTTP/1.0\r\nHost: " + host
                + "\r\nUser-Agent: prodstack\r\nAccept: */*\r\nConnection: close\r\n\r\n";
    }

    private Socket secured(Socket socket, String host, int port) throws IOException {
        SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, host, port, true);
        if (!(query.trust() instanceof Trust.Anybody)) {
            SSLParameters parameters = secured.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secured.setSSLParameters(parameters);
        }
        secured.startHandshake();
        return secured;
    }

    private static byte[] bytes(InputStream in, long end) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] some = new byte[8192];
        for (int n = in.read(some); n >= 0; n = in.read(some)) {
            all.write(some, 0, n);
            if (all.size() > MOST_BYTES) {
                throw new IOException("an answer of more than " + MOST_BYTES + " bytes");
            }
            if (System.nanoTime() - end > 0) {
                throw new SocketTimeoutException("the answer does not end");
            }
        }
        return all.toByteArray();
    }

    private static Answer answer(byte[] bytes) throws IOException {
        String text = new String(bytes, StandardCharsets.UTF_8);
        Matcher status = STATUS.matcher(text);
        if (!status.lookingAt()) {
            throw new IOException("what answers does not speak HTTP");
        }
        int body = text.indexOf("\r\n\r\n");
        return new Answer(Integer.parseInt(status.group(1)), body < 0 ? "" : text.substring(body + 4));
    }

    private static SSLContext context(Trust trust) {
        if (trust instanceof Trust.Authority authority) {
            return TlsContext.of(new TlsFiles(Optional.of(authority.file()), Optional.empty()));
        }
        if (trust instanceof Trust.Anybody) {
            try {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, new TrustManager[] {new Credulous()}, null);
                return context;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has TLS", e);
            }
        }
        return TlsContext.of(TlsFiles.NONE);
    }
}
