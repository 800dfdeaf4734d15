package dev.prodstack.backup.storage.s3;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Ceph's S3 server with all that S3 has: versions, object lock, conditions. One monitor, one store that keeps all in
 * memory, one gateway, from Debian's packages {@code ceph-mon}, {@code ceph-osd} and {@code radosgw}. It runs once for
 * all tests.
 */
public final class Radosgw implements S3Server {
    private static final String ACCESS_KEY = "AKIATESTTESTTEST";
    private static final String SECRET_KEY = "c2VjcmV0IG9mIGEgdGVzdA";
    private static final int SECONDS = 60;

    private final Path directory;
    private final Path configuration;
    private final int port;
    private final String address;
    private final List<Process> running = new ArrayList<>();

    private Radosgw(String address) throws IOException {
        this.address = address;
        directory = Files.createTempDirectory("rgw");
        configuration = directory.resolve("ceph.conf");
        port = freePort();
    }

    /** The server, started by who asks first. */
    public static Radosgw running() {
        return Shared.SERVER;
    }

    /** One that listens on another address of this machine, for those who cannot reach its loopback device. */
    public static Radosgw at(String address) {
        return start(address);
    }

    @Override
    public String endpoint() {
        return "http://" + address + ":" + port;
    }

    @Override
    public String accessKey() {
        return ACCESS_KEY;
    }

    @Override
    public String secretKey() {
        return SECRET_KEY;
    }

    private static Radosgw start(String address) {
        try {
            Radosgw server = new Radosgw(address);
            Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
            server.bringUp();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void bringUp() throws IOException, InterruptedException {
        String cluster = UUID.randomUUID().toString();
        String store = UUID.randomUUID().toString();
        int monitor = freePort();
        Files.createDirectories(directory.resolve("mon"));
        Files.createDirectories(directory.resolve("osd"));
        Files.writeString(configuration, configuration(cluster, monitor));
        String keys = directory.resolve("keyring").toString();
        String map = directory.resolve("monmap").toString();
        run("ceph-authtool", "--create-keyring", keys, "--gen-key", "-n", "mon.", "--cap", "mon", "allow *");
        run(
                "ceph-authtool",
                keys,
                "--gen-key",
                "-n",
                "client.admin",
                "--cap",
                "mon",
                "allow *",
                "--cap",
                "osd",
                "allow *");
        run(
                "ceph-authtool",
                keys,
                "--gen-key",
                "-n",
                "osd.0",
                "--cap",
                "mon",
                "allow profile osd",
                "--cap",
                "osd",
                "allow *");
        run("monmaptool", "--create", "--fsid", cluster, "--addv", "a", "[v2:127.0.0.1:" + monitor + "]", map);
        run("ceph-mon", "--mkfs", "-i", "a", "--monmap", map, "--keyring", keys);
        daemon("ceph-mon", "-i", "a");
        run("ceph", "--connect-timeout", String.valueOf(SECONDS), "osd", "new", store, "0");
        run("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", store);
        daemon("ceph-osd", "-i", "0");
        run(
                "radosgw-admin",
                "user",
                "create",
                "--uid=test",
                "--display-name=test",
                "--access-key=" + ACCESS_KEY,
                "--secret-key=" + SECRET_KEY);
        Process gateway = daemon("radosgw", "-n", "client.admin");
        awaitAnswer(gateway);
    }

    /** Said, as Debian 13's server takes a path below its working directory. */
    private static Path classes() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            return folders.map(folder -> folder.resolve("rados-classes"))
                    .filter(Files::isDirectory)
                    .findFirst()
                    .orElse(Path.of("/usr/lib/rados-classes"));
        }
    }

    private String configuration(String cluster, int monitor) throws IOException {
        return """
                [global]
                fsid = %2$s
                mon initial members = a
                mon host = v2:127.0.0.1:%3$d
                ms bind msgr1 = false
                ms bind ipv6 = false
                public addr = 127.0.0.1
                cluster addr = 127.0.0.1
                auth allow insecure global id reclaim = false
                mon allow pool size one = true
                mon max pg per osd = 1000
                mon data avail warn = 0
                mon data avail crit = 0
                osd pool default size = 1
                osd pool default min size = 1
                osd pool default pg num = 1
                osd pool default pgp num = 1
                osd pool default pg autoscale mode = off
                osd crush chooseleaf type = 0
                osd objectstore = memstore
                osd class dir = %5$s
                osd class load list = *
                osd class default list = *
                memstore device bytes = 2147483648
                run dir = %1$s
                pid file = %1$s/$name.pid
                admin socket = %1$s/$name.asok
                log file = %1$s/$name.log
                mon cluster log file = %1$s/cluster.log
                mon data = %1$s/mon
                osd data = %1$s/osd
                osd journal = %1$s/osd/journal
                keyring = %1$s/keyring
                [client]
                rgw data = %1$s
                rgw frontends = beast endpoint=%6$s:%4$d
                rgw thread pool size = 32
                """.formatted(directory, cluster, monitor, port, classes(), address);
    }

    private void run(String... command) throws IOException, InterruptedException {
        Process process = launch(false, command);
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(command[0] + " did not end within " + SECONDS + " s" + said());
        }
        if (process.exitValue() != 0) {
            throw new IOException(command[0] + " ended with " + process.exitValue() + said());
        }
    }

    private Process daemon(String... command) throws IOException {
        Process process = launch(true, command);
        running.add(process);
        return process;
    }

    private Process launch(boolean daemon, String... command) throws IOException {
        List<String> line = new ArrayList<>(List.of(command));
        if (!command[0].equals("monmaptool") && !command[0].equals("ceph-authtool")) {
            line.addAll(1, List.of("-c", configuration.toString()));
        }
        if (daemon) {
            line.add("-f");
        }
        File output = directory.resolve("output").toFile();
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output))
                .start();
    }

    private String said() throws IOException {
        List<String> lines = Files.readAllLines(directory.resolve("output"));
        return ":\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }

    private void awaitAnswer(Process gateway) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (System.nanoTime() < deadline) {
            if (!gateway.isAlive()) {
                throw new IOException("radosgw ended with " + gateway.exitValue() + said());
            }
            try {
                HttpURLConnection connection =
                        (HttpURLConnection) URI.create(endpoint()).toURL().openConnection();
                if (connection.getResponseCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not yet.
            }
            Thread.sleep(100);
        }
        throw new IOException("radosgw did not answer within " + SECONDS + " s" + said());
    }

    private void stop() {
        running.forEach(Process::destroyForcibly);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Process process : running) {
                process.waitFor(5, TimeUnit.SECONDS);
            }
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            // What remains lies in the directory for temporary files.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static final class Shared {
        private static final Radosgw SERVER = start("127.0.0.1");
    }
}
