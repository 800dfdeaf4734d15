package dev.prodstack.backup.redis;

import dev.prodstack.backup.server.Account;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A connection to a Redis server; the protocol is RESP 2. */
final class RedisConnection implements AutoCloseable {
    private static final int CONNECT_MILLIS = 20_000;
    /** A server that copies its memory to make an RDB file sends a line now and then. */
    private static final int READ_MILLIS = 120_000;

    private static final int BUFFER = 64 * 1024;

    private final RedisServer redis;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private RedisConnection(RedisServer redis, Socket socket) throws IOException {
        this.redis = redis;
        this.socket = socket;
        in = new BufferedInputStream(socket.getInputStream(), BUFFER);
        out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
    }

    /** Connects and logs in. */
    static RedisConnection open(RedisServer redis) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setSoTimeout(READ_MILLIS);
            socket.setKeepAlive(true);
            socket.connect(
                    new InetSocketAddress(redis.server().host(), redis.server().port()), CONNECT_MILLIS);
            RedisConnection connection = new RedisConnection(redis, socket);
            if (redis.account().isPresent()) {
                Account account = redis.account().get();
                connection.ask("log in as " + account.user(), "AUTH", account.user(), account.password());
            }
            return connection;
        } catch (RefusedException e) {
            socket.close();
            throw e;
        } catch (IOException e) {
            socket.close();
            throw new IOException(
                    "Redis at " + redis.server() + " cannot be reached: " + e.getMessage()
                            + ". See that it runs and can be reached from here.",
                    e);
        }
    }

    /** The server said no. */
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }
    }

    /** An answer: text, a number as text, bytes as text of one byte each, or a list of such. */
    Object ask(String doing, String... words) throws IOException {
        send(words);
        return answer(doing);
    }

    void send(String... words) throws IOException {
        List<byte[]> parts = new ArrayList<>();
        for (String word : words) {
            parts.add(word.getBytes(StandardCharsets.UTF_8));
        }
        send(parts);
    }

    void send(List<byte[]> words) throws IOException {
        out.write(("*" + words.size() + "\r\n").getBytes(StandardCharsets.US_ASCII));
        for (byte[] word : words) {
            out.write(("$" + word.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(word);
            out.write('\r');
            out.write('\n');
        }
        out.flush();
    }

    /** The answer to what was sent. */
    Object answer(String doing) throws IOException {
        String line = line();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+', ':' -> rest;
            case '$' -> rest.equals("-1") ? "" : bytes(Integer.parseInt(rest));
            case '*' -> {
                List<Object> list = new ArrayList<>();
                for (int i = 0; i < Integer.parseInt(rest); i++) {
                    list.add(answer(doing));
                }
                yield list;
            }
            case '-' -> throw refused(doing, rest);
            default ->
                throw new IOException("Redis at " + redis.server() + " answers \"" + line
                        + "\", which is not its protocol. See the port.");
        };
    }

    private RefusedException refused(String doing, String why) {
        String advice = why.startsWith("WRONGPASS") || why.startsWith("NOAUTH") || why.startsWith("ERR AUTH")
                ? " See that user and password file are right."
                : why.startsWith("NOPERM")
                        ? " Give the user the rights +psync +replconf +info (restores: ~* +@all)."
                        : "";
        return new RefusedException("Redis at " + redis.server() + ": cannot " + doing + ": " + why + "." + advice);
    }

    private byte[] bytes(int length) throws IOException {
        byte[] content = in.readNBytes(length);
        if (content.length < length || in.read() != '\r' || in.read() != '\n') {
            throw new EOFException("Redis at " + redis.server() + " broke off in the middle of an answer.");
        }
        return content;
    }

    /** A line without its end. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int one = in.read(); one != '\n'; one = in.read()) {
            if (one < 0) {
                throw new EOFException("Redis at " + redis.server() + " closed the connection. See its log.");
            }
            if (one != '\r') {
                line.append((char) one);
            }
        }
        return line.toString();
    }

    /** What follows as it is. */
    InputStream raw() {
        return in;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
