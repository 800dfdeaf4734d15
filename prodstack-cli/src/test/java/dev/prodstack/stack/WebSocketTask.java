package dev.prodstack.stack;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Takes one WebSocket connection (RFC 6455) and sends back the first short text it gets. */
final class WebSocketTask implements AutoCloseable {
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int MASK_LENGTH = 4;
    private static final int TEXT = 0x81;

    private final ServerSocket listening;

    WebSocketTask(String address, int port) throws IOException {
        listening = new ServerSocket(port, 10, InetAddress.getByName(address));
    }

    /** From now on, the one connection. */
    void start() {
        Thread thread = new Thread(this::serve, "websocket");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() {
        try (Socket socket = listening.accept()) {
            BufferedReader request =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII), 1);
            String key = "";
            for (String line = request.readLine(); line != null && !line.isEmpty(); line = request.readLine()) {
                key = line.startsWith("Sec-WebSocket-Key: ") ? line.substring(line.indexOf(' ') + 1) : key;
            }
            socket.getOutputStream()
                    .write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                    + "Sec-WebSocket-Accept: " + accept(key) + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            echo(socket);
        } catch (IOException e) {
            if (!listening.isClosed()) {
                throw new IllegalStateException("the WebSocket failed", e);
            }
        }
    }

    private static void echo(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] head = in.readNBytes(2);
        byte[] mask = in.readNBytes(MASK_LENGTH);
        byte[] text = in.readNBytes(head[1] & 0x7F);
        for (int i = 0; i < text.length; i++) {
            text[i] ^= mask[i % MASK_LENGTH];
        }
        socket.getOutputStream().write(new byte[] {(byte) TEXT, (byte) text.length});
        socket.getOutputStream().write(text);
        // Until the other side has had enough.
        if (in.read() < 0) {
            socket.close();
        }
    }

    private static String accept(String key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder().encodeToString(sha1.digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
