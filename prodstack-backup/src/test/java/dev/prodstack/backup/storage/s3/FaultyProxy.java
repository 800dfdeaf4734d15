package dev.prodstack.backup.storage.s3;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands before an S3 server and lets go wrong what a test asks for. One exchange on each connection. */
public final class FaultyProxy implements S3Server, AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)\r?$");
    private static final Pattern CHUNKED = Pattern.compile("(?im)^transfer-encoding: *chunked\r?$");
    private static final Pattern CONNECTION = Pattern.compile("(?im)^connection:.*\r\n");

    private final S3Server server;
    private final ServerSocket door;
    private final List<Rule> rules = new ArrayList<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Message(String head, byte[] body) {}

    private static final class Rule {
        private final Predicate<String> line;
        private final Fault fault;
        private int left;

        Rule(Predicate<String> line, Fault fault, int left) {
            this.line = line;
            this.fault = fault;
            this.left = left;
        }
    }

    /** Stands before a server. */
    public FaultyProxy(S3Server server) throws IOException {
        this.server = server;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::serve);
    }

    /**
     * From now on, requests of a kind fail.
     *
     * @param begin what the request line begins with or contains, such as {@code GET} or {@code /data/}
     * @param times how often
     */
    public void fail(String begin, int times, Fault fault) {
        synchronized (rules) {
            rules.add(new Rule(line -> line.contains(begin), fault, times));
        }
    }

    /** No request fails any more. */
    public void heal() {
        synchronized (rules) {
            rules.clear();
        }
    }

    /** The request lines that arrived. */
    public List<String> heard() {
        return List.copyOf(heard);
    }

    @Override
    public String endpoint() {
        return "http://127.0.0.1:" + door.getLocalPort();
    }

    @Override
    public String accessKey() {
        return server.accessKey();
    }

    @Override
    public String secretKey() {
        return server.secretKey();
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket each : open) {
            each.close();
        }
    }

    private void serve() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                open.add(client);
                start(() -> exchange(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void exchange(Socket client) {
        try (client) {
            Message request = read(client.getInputStream(), false);
            String line = request.head().lines().findFirst().orElse("");
            heard.add(line);
            Optional<Fault> fault = next(line);
            if (fault.isEmpty()) {
                write(client, forward(request), message -> message);
                return;
            }
            play(client, request, fault.get());
        } catch (IOException e) {
            // The client or the server has gone, which is what some tests want.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private void play(Socket client, Message request, Fault fault) throws IOException, InterruptedException {
        if (fault instanceof Fault.Refuses refusal) {
            write(client, error(refusal, request.head().startsWith("HEAD")), message -> message);
        } else if (fault instanceof Fault.Truncates cut) {
            write(client, forward(request), body -> Arrays.copyOf(body, Math.min(body.length, cut.bytes())));
        } else if (fault instanceof Fault.Corrupts change) {
            write(client, forward(request), body -> changed(body, change.offset()));
        } else if (fault instanceof Fault.CorruptsUpload change) {
            Message other = new Message(request.head(), changed(request.body(), change.offset()));
            write(client, forward(other), message -> message);
        } else if (fault instanceof Fault.Slows slowness) {
            Message answer = forward(request);
            OutputStream out = client.getOutputStream();
            out.write(answer.head().getBytes(StandardCharsets.ISO_8859_1));
            for (int at = 0; at < answer.body().length; at += 65_536) {
                Thread.sleep(slowness.pause().toMillis());
                out.write(answer.body(), at, Math.min(65_536, answer.body().length - at));
            }
            out.flush();
        } else if (fault == Fault.Simple.LOSES_ANSWER) {
            forward(request);
        }
    }

    private Optional<Fault> next(String line) {
        synchronized (rules) {
            for (Rule rule : rules) {
                if (rule.left > 0 && rule.line.test(line)) {
                    rule.left--;
                    return Optional.of(rule.fault);
                }
            }
            return Optional.empty();
        }
    }

    private Message forward(Message request) throws IOException {
        URI target = URI.create(server.endpoint());
        try (Socket upstream = new Socket(target.getHost(), target.getPort())) {
            String head = CONNECTION.matcher(request.head()).replaceAll("");
            OutputStream out = upstream.getOutputStream();
            out.write(closing(head).getBytes(StandardCharsets.ISO_8859_1));
            out.write(request.body());
            out.flush();
            return read(upstream.getInputStream(), request.head().startsWith("HEAD"));
        }
    }

    private static Message error(Fault.Refuses refusal, boolean bare) {
        byte[] body = ("<?xml version=\"1.0\"?><Error><Code>" + refusal.code() + "</Code><Message>as the test wants"
                        + "</Message></Error>")
                .getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + refusal.status() + " Refused\r\nContent-Type: application/xml\r\nContent-Length: "
                + body.length + "\r\n\r\n";
        return new Message(head, bare ? new byte[0] : body);
    }

    private interface Change {
        byte[] of(byte[] body);
    }

    private static void write(Socket client, Message answer, Change change) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write(closing(CONNECTION.matcher(answer.head()).replaceAll("")).getBytes(StandardCharsets.ISO_8859_1));
        out.write(change.of(answer.body()));
        out.flush();
    }

    private static String closing(String head) {
        return head.replaceFirst("\r\n", "\r\nConnection: close\r\n");
    }

    private static byte[] changed(byte[] body, int offset) {
        byte[] other = body.clone();
        if (offset < other.length) {
            other[offset] ^= 0x10;
        }
        return other;
    }

    private static Message read(InputStream in, boolean bodiless) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int value = in.read();
            if (value < 0) {
                throw new EOFException("the connection ended within a head");
            }
            head.write(value);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        Matcher length = LENGTH.matcher(text);
        if (bodiless) {
            return new Message(text, new byte[0]);
        }
        if (length.find()) {
            return new Message(text, in.readNBytes(Integer.parseInt(length.group(1))));
        }
        boolean answer = text.startsWith("HTTP/");
        boolean full = answer && !text.startsWith("HTTP/1.1 204");
        boolean body = full || CHUNKED.matcher(text).find();
        return new Message(text, body ? in.readAllBytes() : new byte[0]);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "faulty-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
