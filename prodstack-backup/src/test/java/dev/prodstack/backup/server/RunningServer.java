package dev.prodstack.backup.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real server from Debian's packages, as a process of the test's. */
public final class RunningServer implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final Path log;

    private RunningServer(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Where a program is; the test is skipped where it is not installed. */
    public static String program(String path, String debianPackage) {
        assumeThat(Path.of(path))
                .as("needs %s: apt-get install %s", path, debianPackage)
                .isExecutable();
        return path;
    }

    /** Starts one. */
    public static RunningServer start(Path directory, Map<String, String> environment, List<String> command)
            throws IOException {
        Path log = Files.createTempFile(directory, "server", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return new RunningServer(builder.start(), log);
    }

    /** Waits until it listens on a port of this machine. */
    public void awaitPort(int port) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        for (; System.nanoTime() < end; Thread.sleep(50)) {
            assertThat(process.isAlive()).as(this::said).isTrue();
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                return;
            } catch (IOException e) {
                // Not yet.
            }
        }
        throw new AssertionError("Nothing listens on " + port + "; the server said: " + said());
    }

    /** What it wrote. */
    public String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** A port nobody has. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it at once, without a chance to write anything. */
    public void kill() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
    }

    /** Ends it, and what it started. */
    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        children.forEach(ProcessHandle::destroy);
        process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
    }
}
