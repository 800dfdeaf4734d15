package dev.prodstack.backup.storage.s3;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** S3Proxy, a server in Java that keeps objects in memory. It runs once for all tests, as a program of its own. */
public final class S3Proxy implements S3Server {
    private static final Pattern READY = Pattern.compile("ServerConnector.*\\{127\\.0\\.0\\.1:(\\d+)}");
    private static final Path JAR = Path.of("target/servers/s3proxy.jar");

    private final int port;

    private S3Proxy(int port) {
        this.port = port;
    }

    /** The server, started by who asks first. */
    public static S3Proxy running() {
        return Shared.SERVER;
    }

    @Override
    public String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    /** The port on loopback. */
    public int port() {
        return port;
    }

    @Override
    public String accessKey() {
        return "local-identity";
    }

    @Override
    public String secretKey() {
        return "local-credential";
    }

    private static S3Proxy start() {
        try {
            Path directory = Files.createTempDirectory("s3proxy");
            Path settings = Files.writeString(directory.resolve("s3proxy.conf"), """
                    s3proxy.authorization=aws-v2-or-v4
                    s3proxy.endpoint=http://127.0.0.1:0
                    s3proxy.identity=local-identity
                    s3proxy.credential=local-credential
                    jclouds.provider=transient-nio2
                    jclouds.identity=unused
                    jclouds.credential=unused
                    """);
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            Process process = new ProcessBuilder(
                            java,
                            "-Xmx512m",
                            "-XX:+UseSerialGC",
                            "-jar",
                            JAR.toString(),
                            "--properties",
                            settings.toString())
                    .redirectErrorStream(true)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process, settings)));
            return new S3Proxy(port(process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int port(Process process) throws IOException {
        BufferedReader output = process.inputReader();
        Deque<String> last = new ArrayDeque<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher ready = READY.matcher(line);
            if (ready.find()) {
                drain(output);
                return Integer.parseInt(ready.group(1));
            }
            last.addLast(line);
            if (last.size() > 20) {
                last.removeFirst();
            }
        }
        throw new IOException("S3Proxy did not start:\n" + String.join("\n", last));
    }

    /** A program whose output nobody reads stops once the pipe is full. */
    private static void drain(BufferedReader output) {
        Thread reader = new Thread(
                () -> {
                    try {
                        while (output.readLine() != null) {}
                    } catch (IOException e) {
                        // The program has ended.
                    }
                },
                "s3proxy-output");
        reader.setDaemon(true);
        reader.start();
    }

    private static void stop(Process process, Path settings) {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Files.deleteIfExists(settings);
            Files.deleteIfExists(settings.getParent());
        } catch (InterruptedException | IOException e) {
            process.destroyForcibly();
        }
    }

    private static final class Shared {
        private static final S3Proxy SERVER = start();
    }
}
