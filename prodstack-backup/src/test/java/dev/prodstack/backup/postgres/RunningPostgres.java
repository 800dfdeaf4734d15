package dev.prodstack.backup.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.prodstack.backup.server.Account;
import dev.prodstack.backup.server.RunningServer;
import dev.prodstack.backup.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real PostgreSQL on loopback, with passwords. */
public final class RunningPostgres implements AutoCloseable {
    static final String PASSWORD = "pass:word\\with 'marks'";

    private final Path data;
    private final Path log;
    private final Path programs;
    private final Postgres postgres;

    private RunningPostgres(Path home, Path data, Path programs, int port) throws IOException {
        this.data = data;
        this.programs = programs;
        log = home.resolve("log-" + port);
        Path password = Files.writeString(home.resolve("password-" + port), PASSWORD + "\n");
        postgres = Postgres.at(new Server("127.0.0.1", port), new Account("postgres", password));
    }

    /** A new one in a folder of the test's. */
    public static RunningPostgres create(Path home, String... settings) throws Exception {
        RunningPostgres server = over(home, home.resolve("data"), settings);
        Path password = Files.writeString(home.resolve("init-password"), PASSWORD);
        server.asItself(
                server.programs + "/initdb",
                "-D",
                server.data.toString(),
                "-U",
                "postgres",
                "-A",
                "scram-sha-256",
                "--pwfile=" + password,
                "--data-checksums",
                "--no-sync",
                "-E",
                "UTF8",
                "--locale=C.UTF-8");
        StringBuilder lines = new StringBuilder("\nlisten_addresses = '127.0.0.1'\nport = "
                + server.postgres.server().port() + "\nunix_socket_directories = ''\nfsync = off\n");
        for (String setting : settings) {
            lines.append(setting).append('\n');
        }
        Files.writeString(server.data.resolve("postgresql.conf"), lines, StandardOpenOption.APPEND);
        server.start();
        return server;
    }

    /** One over a data directory that is there; not started. */
    static RunningPostgres over(Path home, Path data, String... settings) throws Exception {
        Path programs = Postgres.at(new Server("x", 1), new Account("x", home))
                .programs()
                .orElse(Path.of("/none"));
        assumeThat(programs.resolve("initdb"))
                .as("needs PostgreSQL: apt-get install postgresql")
                .isExecutable();
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
        for (Path above = home.getParent();
                above != null && above.startsWith("/tmp") && above.getNameCount() > 1;
                above = above.getParent()) {
            Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return new RunningPostgres(home, data, programs, RunningServer.freePort());
    }

    /** As its own user, as it does not run as root. */
    String asItself(String... command) throws Exception {
        List<String> words = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            words.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        words.addAll(List.of(command));
        Path output = Files.createTempFile("prodstack-", ".out");
        try {
            Process process = new ProcessBuilder(words)
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            String said = Files.readString(output);
            assertThat(process.exitValue()).as(() -> said + written()).isZero();
            return said;
        } finally {
            Files.delete(output);
        }
    }

    void start() throws Exception {
        asItself(
                programs + "/pg_ctl",
                "-D",
                data.toString(),
                "-w",
                "-t",
                "60",
                "-l",
                log.toString(),
                "-o",
                "-p " + postgres.server().port(),
                "start");
    }

    /** Starts it and waits until it takes writes. */
    void startAndRecover() throws Exception {
        start();
        while (ask("postgres", "SELECT pg_is_in_recovery()").equals("t")) {
            Thread.sleep(50);
        }
    }

    void stop(String how) throws Exception {
        asItself(programs + "/pg_ctl", "-D", data.toString(), "-m", how, "-w", "stop");
    }

    String written() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Where it is, and who may do everything there. */
    public Postgres postgres() {
        return postgres;
    }

    Path data() {
        return data;
    }

    Path programs() {
        return programs;
    }

    /** Runs statements in a database. */
    public void execute(String database, String... statements) throws Exception {
        try (Connection connection = postgres.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = public");
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first field of the first row; empty if there is none. */
    public String ask(String database, String query) throws Exception {
        try (Connection connection = postgres.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = public");
            try (ResultSet row = statement.executeQuery(query)) {
                return row.next() ? String.valueOf(row.getString(1)) : "";
            }
        }
    }

    @Override
    public void close() {
        if (Files.exists(data.resolve("postmaster.pid"))) {
            try {
                stop("immediate");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
