package dev.prodstack.swarm.engine;

import dev.prodstack.swarm.problem.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A Unix socket here that leads to an engine elsewhere: each connection made to it starts {@code ssh HOST docker system
 * dial-stdio}, as the Docker command line does, and what one says the other hears.
 */
final class SshForward implements AutoCloseable {
    private final List<String> command;
    private final Path directory;
    private final ServerSocketChannel server;
    private final Set<Process> processes = ConcurrentHashMap.newKeySet();

    private SshForward(List<String> command, Path directory, ServerSocketChannel server) {
        this.command = command;
        this.directory = directory;
        this.server = server;
    }

    /**
     * Starts to listen; nothing is connected yet.
     *
     * @param connect how long ssh may take to connect
     */
    static SshForward to(EngineAddress.Ssh address, Duration connect) {
        return running(command(address, connect));
    }

    static SshForward running(List<String> command) {
        try {
            // The directory is ours alone, so that nobody else finds the socket in it.
            Path directory = Files.createTempDirectory("prodstack-ssh");
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(directory.resolve("engine.sock")));
            SshForward forward = new SshForward(command, directory, server);
            start("prodstack-ssh", forward::accept);
            return forward;
        } catch (IOException e) {
            throw EngineException.address("no socket for ssh: " + e, "see whether the temporary directory is full", e);
        }
    }

    static List<String> command(EngineAddress.Ssh address, Duration connect) {
        List<String> command =
                new ArrayList<>(List.of("ssh", "-o", "ConnectTimeout=" + Math.max(1, connect.toSeconds()), "-T"));
        address.user().ifPresent(user -> command.addAll(List.of("-l", user)));
        address.port().ifPresent(port -> command.addAll(List.of("-p", Integer.toString(port))));
        command.addAll(List.of("--", address.host(), "docker"));
        // ssh hands the words to a shell on the other side.
        address.socket().ifPresent(path -> command.addAll(List.of("--host", "'unix://" + quoted(path) + "'")));
        command.addAll(List.of("system", "dial-stdio"));
        return command;
    }

    private static String quoted(String text) {
        return text.replace("'", "'\\''");
    }

    Path socket() {
        return directory.resolve("engine.sock");
    }

    /** The last thing that ssh complained about. */
    Optional<String> complaint() {
        try {
            List<String> lines = Files.readAllLines(errors());
            return lines.isEmpty() ? Optional.empty() : Optional.of(lines.get(lines.size() - 1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Path errors() {
        return directory.resolve("ssh.err");
    }

    private void accept() {
        while (true) {
            try {
                connect(server.accept());
            } catch (IOException e) {
                return;
            }
        }
    }

    private void connect(SocketChannel here) throws IOException {
        Process ssh;
        try {
            ssh = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(errors().toFile()))
                    .start();
        } catch (IOException e) {
            Files.writeString(errors(), e.getMessage() + "\n");
            here.close();
            return;
        }
        processes.add(ssh);
        InputStream fromHere = Channels.newInputStream(here);
        OutputStream toHere = new ChannelOutput(here);
        start("prodstack-ssh-out", () -> pump(fromHere, ssh.getOutputStream()));
        start("prodstack-ssh-in", () -> {
            pump(ssh.getInputStream(), toHere);
            ssh.destroy();
            processes.remove(ssh);
        });
    }

    /** Copies until either end is closed, then closes both: what one side ends is over for the other. */
    private static void pump(InputStream from, OutputStream to) {
        byte[] buffer = new byte[16 * 1024];
        try (from;
                to) {
            for (int length = from.read(buffer); length >= 0; length = from.read(buffer)) {
                to.write(buffer, 0, length);
                to.flush();
            }
        } catch (IOException e) {
            // The connection is over; whoever reads from it sees that.
        }
    }

    /**
     * Writes to a channel while another thread reads from it, which the streams of {@link Channels} do not allow before
     * Java 19.
     */
    private static final class ChannelOutput extends OutputStream {
        private final SocketChannel channel;

        ChannelOutput(SocketChannel channel) {
            this.channel = channel;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] content, int offset, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(content, offset, length);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
            processes.forEach(Process::destroy);
            Files.deleteIfExists(socket());
            Files.deleteIfExists(errors());
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            // What is left is an empty directory for temporary files.
        }
    }
}
