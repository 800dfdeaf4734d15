package dev.prodstack.autoscale.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** A real server from Debian's packages, as a process of the test's. */
final class Server implements AutoCloseable {
    private static final int SERVER_ERROR = 500;

    private final Process process;
    private final Path log;

    private Server(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Where a program is; the test is skipped where it is not installed. */
    static String program(String path, String debianPackage) {
        assumeThat(Path.of(path))
                .as("needs %s: apt-get install %s", path, debianPackage)
                .isExecutable();
        return path;
    }

    static Server start(Path directory, Map<String, String> environment, List<String> command) throws IOException {
        Path log = Files.createTempFile(directory, "server", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return new Server(builder.start(), log);
    }

    /** Waits until an address answers with a status below 500. */
    void awaitAnswer(String address) throws InterruptedException {
        OkHttpClient client = new OkHttpClient();
        Request request = new Request.Builder().url(address).build();
        for (long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2); System.nanoTime() < end; Thread.sleep(100)) {
            assertThat(process.isAlive()).as(this::said).isTrue();
            try (Response answer = client.newCall(request).execute()) {
                if (answer.code() < SERVER_ERROR) {
                    return;
                }
            } catch (IOException e) {
                // Not yet.
            }
        }
        throw new AssertionError(address + " does not answer; the server said: " + said());
    }

    private String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** A port nobody has. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
