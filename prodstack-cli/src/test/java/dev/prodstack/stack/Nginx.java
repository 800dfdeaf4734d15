package dev.prodstack.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * nginx with the stack's configuration, on this machine: free ports in place of 80, 443, 8081 and of those of the
 * services, a name server of the test's in place of Swarm's, a certificate of its own.
 */
final class Nginx implements AutoCloseable {
    private final Path directory;
    private final Path configuration;
    private final Process process;
    private final int http = freePort();
    private final int https = freePort();
    private final int inside = freePort();
    private final int services = freePort();

    /**
     * Starts it.
     *
     * @param directory where it may write
     * @param dns the port of the name server
     */
    Nginx(Path directory, int dns) throws Exception {
        this.directory = directory;
        configuration = directory.resolve("nginx.conf");
        makeCertificate(directory);
        Files.writeString(configuration, adapted(StackFiles.text("nginx/nginx.prod.conf"), dns));
        process = new ProcessBuilder(command("-g", "daemon off;"))
                .redirectOutput(log().toFile())
                .redirectError(directory.resolve("errors.log").toFile())
                .start();
        awaitStart();
    }

    /** A request to the port for plain HTTP. */
    HttpRequest.Builder http(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + path));
    }

    /** A request to the port for TLS. */
    HttpRequest.Builder https(String path) {
        return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + https + path));
    }

    /** A request to the port that is not published. */
    HttpRequest.Builder inside(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + inside + path));
    }

    /** The port of every service behind it. */
    int services() {
        return services;
    }

    /** Its access log, a JSON object a line. */
    Path log() {
        return directory.resolve("access.log");
    }

    /** What it says of its configuration. */
    Programs.Ended check() {
        return Programs.run(command("-t"));
    }

    /** A client that trusts its certificate and follows no redirect. */
    HttpClient client() throws Exception {
        return HttpClient.newBuilder().sslContext(trust()).build();
    }

    X509Certificate certificate() throws Exception {
        return Trust.certificate(directory.resolve("tls_certificate"));
    }

    private SSLContext trust() throws Exception {
        return Trust.in(directory.resolve("tls_certificate"));
    }

    /** What it answers to these very bytes, over TLS, within a while. */
    String raw(String request) throws Exception {
        try (Socket socket = trust().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), https)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            StringBuilder answer = new StringBuilder();
            byte[] some = new byte[8192];
            while (!answer.toString().contains("\r\n\r\n{")) {
                int length = socket.getInputStream().read(some);
                assertThat(length).as(() -> "more than " + answer).isPositive();
                answer.append(new String(some, 0, length, StandardCharsets.US_ASCII));
            }
            return answer.toString();
        }
    }

    /** What OpenSSL makes of a handshake with it. */
    Programs.Ended tls(String... options) {
        return Programs.run(Stream.concat(
                        Stream.of(Programs.find("openssl", "openssl"), "s_client", "-connect", "127.0.0.1:" + https),
                        Arrays.stream(options))
                .toList());
    }

    /** Starts another one where nobody else is, and asks it from an address of the Internet (RFC 5737). */
    Programs.Ended askFromAPublicAddress(String path) {
        assumeThat(Files.isWritable(Path.of("/proc/sys/net/ipv4/ip_forward")))
                .as("needs root, for a network of its own")
                .isTrue();
        String script = """
                ip link set lo up && ip address add 203.0.113.7/32 dev lo || exit
                %s -g 'daemon off;' >/dev/null 2>&1 &
                nginx=$!
                curl --silent --retry 50 --retry-delay 0 --retry-connrefused --retry-max-time 30 http://203.0.113.7:%d%s
                kill $nginx
                wait $nginx
                """.formatted(String.join(" ", command()), inside, path);
        return Programs.run(Programs.find("unshare", "util-linux"), "--net", "sh", "-c", script);
    }

    private List<String> command(String... arguments) {
        return Stream.concat(
                        Stream.of(
                                Programs.find("nginx", "nginx"),
                                "-p",
                                directory.toString(),
                                "-c",
                                configuration.toString()),
                        Arrays.stream(arguments))
                .toList();
    }

    private String adapted(String text, int dns) {
        String here = text.replace("listen 80 ", "listen 127.0.0.1:" + http + " ")
                .replace("listen 443 ", "listen 127.0.0.1:" + https + " ")
                .replace("listen 8081;", "listen " + inside + ";")
                .replace("/run/secrets/", directory + "/")
                .replace("pid /tmp/nginx.pid;", "pid " + directory + "/nginx.pid;")
                .replace("resolver 127.0.0.11 ", "resolver 127.0.0.1:" + dns + " ")
                .replaceAll("(tasks\\.[a-z-]+):[0-9]+;", "$1:" + services + ";")
                .replaceFirst(
                        "(?m)^http \\{$",
                        "http {\n    client_body_temp_path " + directory + "/body;\n    proxy_temp_path " + directory
                                + "/proxy;");
        // Debian 12 has nginx 1.22, which says the same in another place.
        return isOlder()
                ? here.replace("http2 on;", "").replace(" ssl default_server;", " ssl http2 default_server;")
                : here;
    }

    private static boolean isOlder() {
        return Programs.run(Programs.find("nginx", "nginx"), "-v")
                .output()
                .matches("(?s).*nginx/1\\.(1\\d|2[0-4])\\..*");
    }

    private static void makeCertificate(Path directory) {
        assertThat(Programs.run(
                                Programs.find("openssl", "openssl"),
                                "req",
                                "-x509",
                                "-newkey",
                                "rsa:2048",
                                "-nodes",
                                "-days",
                                "2",
                                "-subj",
                                "/CN=localhost",
                                "-addext",
                                "subjectAltName=DNS:localhost,IP:127.0.0.1",
                                "-keyout",
                                directory.resolve("tls_key").toString(),
                                "-out",
                                directory.resolve("tls_certificate").toString())
                        .code())
                .isZero();
    }

    private void awaitStart() throws Exception {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30); System.nanoTime() < end; Thread.sleep(20)) {
            assertThat(process.isAlive())
                    .as(() -> "nginx runs; it said: " + check().output())
                    .isTrue();
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), https), 1000);
                return;
            } catch (IOException e) {
                // Not yet.
            }
        }
        throw new AssertionError("nginx does not listen");
    }

    /** A port nobody has. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }
}
