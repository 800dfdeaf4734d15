package dev.prodstack.swarm.engine;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An engine in this process that puts on the wire exactly what a test tells it to. */
public final class ScriptedEngine implements AutoCloseable {
    private final EngineAddress address;
    private final Door door;
    private final Script script;
    private final Queue<Heard> heard = new ConcurrentLinkedQueue<>();
    private final Thread doorkeeper;
    private volatile boolean closed;

    /** What a client asked for, its body decoded from chunks. */
    public record Heard(String line, Map<String, String> headers, String body) {}

    /** Answers a request; an exception closes the connection. */
    public interface Script {
        void answer(Heard request, InputStream in, OutputStream out) throws Exception;
    }

    private record Caller(InputStream in, OutputStream out) {}

    private interface Door extends AutoCloseable {
        Caller open() throws IOException;

        @Override
        void close() throws IOException;
    }

    private ScriptedEngine(EngineAddress address, Door door, Script script) {
        this.address = address;
        this.door = door;
        this.script = script;
        doorkeeper = start(() -> {
            while (!closed) {
                Caller caller = door.open();
                if (closed) {
                    caller.out().close();
                } else {
                    start(() -> converse(caller));
                }
            }
        });
    }

    /** One that listens on a Unix socket. */
    public static ScriptedEngine onSocket(Script script) throws IOException {
        Path socket = Files.createTempDirectory("engine").resolve("docker.sock");
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Door door = new Door() {
            @Override
            public Caller open() throws IOException {
                var channel = server.accept();
                return new Caller(Channels.newInputStream(channel), Channels.newOutputStream(channel));
            }

            @Override
            public void close() throws IOException {
                server.close();
                Files.deleteIfExists(socket);
                Files.deleteIfExists(socket.resolveSibling(""));
            }
        };
        return new ScriptedEngine(new EngineAddress.LocalSocket(socket), door, script);
    }

    /** One that listens on a port of the loopback interface. */
    public static ScriptedEngine onPort(Script script) throws IOException {
        return onPort(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()), Optional.empty(), script);
    }

    /** One that listens on a port that is open already. */
    public static ScriptedEngine onPort(ServerSocket server, Optional<TlsFiles> tls, Script script) {
        Door door = new Door() {
            @Override
            public Caller open() throws IOException {
                var socket = server.accept();
                return new Caller(socket.getInputStream(), socket.getOutputStream());
            }

            @Override
            public void close() throws IOException {
                server.close();
            }
        };
        return new ScriptedEngine(new EngineAddress.Network("localhost", server.getLocalPort(), "", tls), door, script);
    }

    /** A script that answers the ping, and everything else with the given text, which is put on the wire as it is. */
    public static Script saying(String answer) {
        return (request, in, out) -> write(out, isPing(request) ? pong("1.41") : answer);
    }

    public static boolean isPing(Heard request) {
        return request.line().equals("GET /_ping HTTP/1.1");
    }

    public static String pong(String apiVersion) {
        return http("200 OK", "text/plain", "OK", "Api-Version: " + apiVersion);
    }

    public static String json(String status, String body) {
        return http(status, "application/json", body);
    }

    public static String http(String status, String contentType, String body, String... headers) {
        return "HTTP/1.1 " + status + "\r\n"
                + "Content-Type: " + contentType + "\r\n"
                + "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n"
                + List.of(headers).stream().map(header -> header + "\r\n").reduce("", String::concat)
                + "\r\n" + body;
    }

    public static String chunkedHead() {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    }

    public static String chunk(String content) {
        return Integer.toHexString(content.getBytes(StandardCharsets.UTF_8).length) + "\r\n" + content + "\r\n";
    }

    public static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    public EngineAddress address() {
        return address;
    }

    public EngineEndpoint endpoint() {
        return new EngineEndpoint(address, "a test");
    }

    /** What was asked so far, but for pings. */
    public List<Heard> heard() {
        return heard.stream().filter(request -> !isPing(request)).toList();
    }

    private void converse(Caller caller) throws Exception {
        try (InputStream in = caller.in();
                OutputStream out = caller.out()) {
            for (Optional<Heard> request = read(in); request.isPresent(); request = read(in)) {
                heard.add(request.get());
                script.answer(request.get(), in, out);
            }
        }
    }

    private static Optional<Heard> read(InputStream in) throws IOException {
        String line = line(in);
        if (line.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> headers = new TreeMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        return Optional.of(new Heard(line, headers, body(in, headers)));
    }

    private static String body(InputStream in, Map<String, String> headers) throws IOException {
        if (headers.containsKey("content-length")) {
            return utf8(in.readNBytes(Integer.parseInt(headers.get("content-length"))));
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (headers.containsKey("transfer-encoding")) {
            int length;
            do {
                length = Integer.parseInt(line(in), 16);
                body.writeBytes(in.readNBytes(length));
                line(in);
            } while (length > 0);
        }
        return utf8(body.toByteArray());
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0 && line.size() > 0) {
                throw new EOFException();
            }
            if (b < 0) {
                return "";
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return utf8(line.toByteArray());
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private interface Work {
        void run() throws Exception;
    }

    private static Thread start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (Exception e) {
                        // The client went away, or the script wants the connection closed: both are part of tests.
                    }
                },
                "scripted-engine");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Whoever calls afterwards is not let in: a door that closes while somebody waits at it lets one more pass. */
    @Override
    public void close() throws IOException {
        closed = true;
        door.close();
        try {
            doorkeeper.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
