package dev.prodstack.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A way to an engine's socket that a test can shut: connections through it break, and nobody is let in. */
final class EngineDoor implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;

    private final Path socket;
    private final InetSocketAddress address;
    private final Queue<SocketChannel> passing = new ConcurrentLinkedQueue<>();
    private ServerSocketChannel door;

    EngineDoor(Path socket) throws IOException {
        this.socket = socket;
        door = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        address = (InetSocketAddress) door.getLocalAddress();
        letIn(door);
    }

    /** What a client is told. */
    String host() {
        return "tcp://127.0.0.1:" + address.getPort();
    }

    void shut() throws IOException {
        door.close();
        for (SocketChannel channel = passing.poll(); channel != null; channel = passing.poll()) {
            channel.close();
        }
    }

    void open() throws IOException {
        door = ServerSocketChannel.open();
        door.bind(address);
        letIn(door);
    }

    private void letIn(ServerSocketChannel open) {
        begin(() -> {
            while (open.isOpen()) {
                SocketChannel client = open.accept();
                SocketChannel engine = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                passing.add(client);
                passing.add(engine);
                begin(() -> pass(client, engine));
                begin(() -> pass(engine, client));
            }
        });
    }

    private static void pass(SocketChannel from, SocketChannel to) throws IOException {
        try (from;
                to) {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
        }
    }

    /** Work that ends with its connection. */
    private interface Passage {
        void run() throws IOException;
    }

    private static void begin(Passage passage) {
        Thread thread = new Thread(
                () -> {
                    try {
                        passage.run();
                    } catch (IOException e) {
                        // The connection or the door is closed.
                    }
                },
                "engine door");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        shut();
    }
}
